import type { Database } from '@worldloom/db'
import { hashSecretToken, isSecretToken } from '../secretToken.ts'
import { SignInError } from './errors.ts'

const attemptSeconds = 10 * 60

export interface Attempt {
  readonly provider: string
  /** PKCE (RFC 7636); it never leaves the server. */
  readonly codeVerifier: string
  readonly nonce: string
  readonly redirect: string
  /** The user to link the account to; null to sign in with it. */
  readonly linkUserId: string | null
}

/** Stores a sign-in in progress, bound to the browser that started it. */
export async function saveAttempt(db: Database, state: string, browserSecret: string, attempt: Attempt): Promise<void> {
  await db.deleteFrom('oauthAttempts').where('expiresAt', '<', new Date()).execute()
  await db
    .insertInto('oauthAttempts')
    .values({
      ...attempt,
      stateHash: hashSecretToken(state),
      browserHash: hashSecretToken(browserSecret),
      expiresAt: new Date(Date.now() + attemptSeconds * 1000),
    })
    .execute()
}

/**
 * Consumes an attempt: it can be used once, whatever the outcome.
 *
 * @throws {SignInError} `expired` without the cookie, with another state, for another provider, too late or again
 */
export async function takeAttempt(
  db: Database,
  provider: string,
  state: string | null,
  browserSecret: string | undefined,
): Promise<Attempt> {
  if (!browserSecret || !isSecretToken(browserSecret)) throw new SignInError('expired', 'the state cookie is missing')
  if (!state) throw new SignInError('expired', 'the callback has no state')
  const attempt = await db
    .deleteFrom('oauthAttempts')
    .where('stateHash', '=', hashSecretToken(state))
    .where('browserHash', '=', hashSecretToken(browserSecret))
    .where('provider', '=', provider)
    .returning(['provider', 'codeVerifier', 'nonce', 'redirect', 'linkUserId', 'expiresAt'])
    .executeTakeFirst()
  if (!attempt) throw new SignInError('expired', 'the state is unknown, already used, or of another browser')
  if (attempt.expiresAt <= new Date()) throw new SignInError('expired', 'the state is too old')
  return attempt
}
