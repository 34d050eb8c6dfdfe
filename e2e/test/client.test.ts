import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSession } from '@worldloom/auth'
import { createWorldloomClient, isWorldloomError, type RouterOutputs, readError } from '@worldloom/client'
import { createDatabase } from '@worldloom/db'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { startTestWorldloom } from '../src/worldloom.ts'

const worldloom = await startTestWorldloom()
const cookie = await signIn()

/** A session's cookie. */
async function signIn(): Promise<string> {
  const { db, close } = createDatabase(worldloom.database.url)
  const { id } = await db.selectFrom('users').select('id').where('email', 'like', 'mira@%').executeTakeFirstOrThrow()
  const device = { ipAddress: undefined, userAgent: 'a test' }
  const session = await createSession(db, { idle: 3600, absolute: 3600 }, { userId: id, provider: 'local', device })
  await close()
  return `worldloom_session=${session.token}`
}

async function failureOf(call: Promise<unknown>) {
  try {
    await call
  } catch (error) {
    expect(isWorldloomError(error)).toBe(true)
    return readError(error)
  }
  throw new Error('it was answered')
}

describe('the client, in plain Node', () => {
  test('calls procedures with exact types', async () => {
    const client = createWorldloomClient({ url: worldloom.url, headers: { cookie } })
    const world = await client.world.create.mutate({ name: 'From Node' })
    expectTypeOf(world).toEqualTypeOf<RouterOutputs['world']['create']>()
    expectTypeOf(world.createdAt).toEqualTypeOf<string>()
    expectTypeOf(world.visibility).toEqualTypeOf<'private' | 'unlisted' | 'public'>()
    // @ts-expect-error a world has no such field
    expect(world.nothing).toBeUndefined()
    // @ts-expect-error nor does its input
    await failureOf(client.world.create.mutate({ nam: 'x' }))
    expect(await client.world.byId.query({ id: world.id })).toEqual(world)
  })

  test('a failure has a sentence, a status and a typed reason', async () => {
    const client = createWorldloomClient({ url: worldloom.url, headers: { cookie } })
    await client.world.create.mutate({ name: 'Twice' })
    const failure = await failureOf(client.world.create.mutate({ name: 'TWICE' }))
    expect(failure).toMatchObject({ status: 409, reason: { kind: 'taken', field: 'name' }, isTemporary: false })
    expect(failure.requestId).toMatch(/^[\w-]{36}$/)
    if (failure.reason?.kind === 'taken') expectTypeOf(failure.reason.field).toEqualTypeOf<string>()
  })

  test('a key or a token goes in its header, and counts; one that is none is refused with its own reason', async () => {
    const browser = createWorldloomClient({ url: worldloom.url, headers: { cookie } })
    const { key } = await browser.apiKey.create.mutate({ name: 'Client', permissions: ['world:read'] })
    const minted = await fetch(`${worldloom.url}/auth/token`, { method: 'POST', headers: { cookie } })
    const { access_token: token } = (await minted.json()) as { access_token: string } // RFC 6749 §5.1
    const seen: (string | null)[][] = []
    const fetchAndSee: typeof fetch = (input, init) => {
      const headers = new Headers(init?.headers)
      seen.push([headers.get('x-api-key'), headers.get('authorization')])
      return fetch(input, init)
    }
    const byKey = createWorldloomClient({ url: worldloom.url, apiKey: key, fetch: fetchAndSee })
    const byToken = createWorldloomClient({ url: `${worldloom.url}/`, token: async () => token, fetch: fetchAndSee })
    expect((await byKey.examples.apiKeyOnly.query()).message).toContain('Mira Castellan')
    expect((await byToken.examples.bearerOnly.query()).message).toContain('Mira Castellan')
    expect(seen).toEqual([
      [key, null],
      [null, `Bearer ${token}`],
    ])
    for (const bad of [{ apiKey: 'wl_key' }, { token: 'fresh' }]) {
      const client = createWorldloomClient({ url: worldloom.url, ...bad })
      expect(await failureOf(client.me.get.query())).toMatchObject({
        status: 401,
        reason: { kind: 'invalidCredential' },
      })
    }
    expect(() => createWorldloomClient({ url: worldloom.url, apiKey: 'a', token: 'b' })).toThrow('not both')
  })

  test('calls of one tick travel together', async () => {
    const urls: string[] = []
    const client = createWorldloomClient({
      url: worldloom.url,
      headers: { cookie },
      fetch: (input, init) => {
        urls.push(String(input))
        return fetch(input, init)
      },
    })
    await Promise.all([client.me.get.query(), client.world.list.query({}), client.session.list.query()])
    expect(urls).toHaveLength(1)
  })

  test('a call can be aborted, and gives up by itself in the end', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1')
    await new Promise((resolve) => silent.once('listening', resolve))
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}` // TCP, so not a pipe's name
    const abort = new AbortController()
    const aborted = createWorldloomClient({ url }).me.get.query(undefined, { signal: abort.signal })
    abort.abort()
    await expect(aborted).rejects.toThrow(/abort/i)
    const failure = await failureOf(createWorldloomClient({ url, timeout: 100 }).me.get.query())
    expect(failure).toMatchObject({ status: undefined, isTemporary: true })
    silent.closeAllConnections()
    silent.close()
  })

  test('a server that is not there is a sentence', async () => {
    const failure = await failureOf(createWorldloomClient({ url: 'http://127.0.0.1:1' }).me.get.query())
    expect(failure).toMatchObject({ isTemporary: true, message: expect.stringContaining('cannot be reached') })
  })
})
