import type { Database } from '@worldloom/db'
import { createSecretToken, hashSecretToken, isSecretToken } from './secretToken.ts'

/** Lifetime of each kind, in seconds. */
const lifetimes = {
  signUp: 86_400,
  emailVerification: 86_400,
  passwordReset: 3600,
  accountLink: 300,
  /** Of a browser that has given the first factor and is to give the second. */
  secondFactor: 600,
  /** Challenges of passkeys. */
  passkeyCreation: 300,
  passkeySignIn: 300,
  passkeyConfirmation: 300,
} as const

export type TokenPurpose = keyof typeof lifetimes

/** What a token stands for. */
export interface OneTimeValues {
  readonly userId?: string
  readonly email?: string
  readonly payload?: Readonly<Record<string, unknown>>
}

/** Creates a token for one use. Only its hash is stored. */
export async function createOneTimeToken(db: Database, purpose: TokenPurpose, values: OneTimeValues): Promise<string> {
  const token = createSecretToken()
  await db
    .insertInto('oneTimeTokens')
    .values({
      tokenHash: hashSecretToken(token),
      purpose,
      userId: values.userId ?? null,
      email: values.email ?? null,
      payload: values.payload ? JSON.stringify(values.payload) : null,
      expiresAt: new Date(Date.now() + lifetimes[purpose] * 1000),
    })
    .execute()
  return token
}

/** Consumes a token. @returns undefined if it is unknown, used, expired or for another purpose */
export async function takeOneTimeToken(db: Database, purposes: readonly TokenPurpose[], token: string) {
  if (!isSecretToken(token)) return undefined
  return await db
    .deleteFrom('oneTimeTokens')
    .where('tokenHash', '=', hashSecretToken(token))
    .where('purpose', 'in', purposes)
    .where('expiresAt', '>', new Date())
    .returning(['purpose', 'userId', 'email', 'payload'])
    .executeTakeFirst()
}

/** What a token stands for, without consuming it. @returns undefined as {@link takeOneTimeToken} */
export async function findOneTimeToken(db: Database, purpose: TokenPurpose, token: string) {
  if (!isSecretToken(token)) return undefined
  return await db
    .selectFrom('oneTimeTokens')
    .where('tokenHash', '=', hashSecretToken(token))
    .where('purpose', '=', purpose)
    .where('expiresAt', '>', new Date())
    .select(['userId', 'payload'])
    .executeTakeFirst()
}

export async function deleteExpiredTokens(db: Database): Promise<void> {
  await db.deleteFrom('oneTimeTokens').where('expiresAt', '<', new Date()).execute()
}
