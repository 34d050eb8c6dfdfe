import type { Database } from '@worldloom/db'
import { z } from 'zod'
import { createOneTimeToken, findOneTimeToken, takeOneTimeToken } from '../oneTimeTokens.ts'

/** Who has given the first factor and is to give the second. */
export interface PendingSignIn {
  readonly userId: string
  readonly displayName: string
  /** How they began: a provider's id, or `password`. */
  readonly provider: string
}

const payload = z.object({ provider: z.string() })

/** Notes that somebody has given the first factor. @returns a token for the browser, good for ten minutes */
export async function awaitSecondFactor(db: Database, userId: string, provider: string): Promise<string> {
  return await createOneTimeToken(db, 'secondFactor', { userId, payload: { provider } })
}

/** @returns undefined if the token is unknown or too old, or if whoever it is of may not sign in any more */
export async function findPendingSignIn(db: Database, token: string): Promise<PendingSignIn | undefined> {
  const found = await findOneTimeToken(db, 'secondFactor', token)
  if (!found?.userId) return undefined
  const user = await db
    .selectFrom('users')
    .select(['id', 'displayName'])
    .where('id', '=', found.userId)
    .where('isActive', '=', true)
    .executeTakeFirst()
  return user && { userId: user.id, displayName: user.displayName, ...payload.parse(found.payload) }
}

/** Consumes it, once the second factor was given. @returns whether nobody else has */
export async function takePendingSignIn(db: Database, token: string): Promise<boolean> {
  return (await takeOneTimeToken(db, ['secondFactor'], token)) !== undefined
}
