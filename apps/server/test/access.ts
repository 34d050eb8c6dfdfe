import { createUserWithPassword, operator } from '@worldloom/auth'
import { createWorldloomClient, isWorldloomError, readError, type WorldloomClient } from '@worldloom/client'
import type { Database } from '@worldloom/db'
import type { Browser } from './browser.ts'
import type { TestWorldloom } from './worldloom.ts'

const password = 'four unrelated words here'
let count = 0

export interface Person {
  readonly id: string
  readonly email: string
  /** Signed in with a password. */
  readonly browser: Browser
  /** Who a browser is signed in as. */
  readonly client: WorldloomClient
}

/** A new signed-in user with a role. */
export async function person(worldloom: TestWorldloom, db: Database, role: string): Promise<Person> {
  count++
  const email = `${role}-${count}@example.com`
  const { id } = await createUserWithPassword(db, operator, { email, displayName: `${role} ${count}`, password, role })
  const browser = worldloom.browser()
  const response = await browser.open('/auth/password/sign-in', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  if (response.status !== 204) throw new Error(`signing in was answered with ${response.status}`)
  return { id, email, browser, client: browser.client }
}

export async function accessToken({ browser }: Person): Promise<string> {
  const response = await browser.open('/auth/token', { method: 'POST' })
  const { access_token: token } = (await response.json()) as { access_token: string } // RFC 6749 §5.1
  return token
}

/** The API as called by a program with a key. */
export function withKey(worldloom: { readonly url: string }, apiKey: string): WorldloomClient {
  return createWorldloomClient({ url: worldloom.url, apiKey })
}

/** The kind of a call's refusal; undefined if it succeeds. */
export async function refusal(call: Promise<unknown>): Promise<string | undefined> {
  try {
    await call
    return undefined
  } catch (error) {
    if (!isWorldloomError(error)) throw error
    return readError(error).reason?.kind ?? error.message
  }
}
