import type { DatabaseHandle } from '@worldloom/db'
import { RateLimitedError, WrongPasswordError } from '@worldloom/schema'
import { type Origin, recordEvent } from '../audit.ts'
import type { Post } from '../mail/mailer.ts'
import { SignInError } from '../oauth/errors.ts'
import { type AdmissionPolicy, checkAdmission } from '../oauth/provisioning.ts'
import { addressKey, type RateLimiting } from '../rateLimits.ts'
import type { SessionTimeouts } from '../sessions.ts'
import { findCredential, saveCredential } from './credentials.ts'
import { hashPassword, needsRehash, verifyPassword } from './hashing.ts'

export interface PasswordDependencies {
  readonly db: DatabaseHandle['db']
  readonly timeouts: SessionTimeouts
  readonly admission: AdmissionPolicy
  readonly rateLimits: RateLimiting
  readonly mailer: Post
  /** The origin of links in mails. */
  readonly publicUrl: string
}

/**
 * Checks an address and a password. Nothing reveals whether the address is known, not even the time it takes.
 *
 * @throws {WrongPasswordError | RateLimitedError}
 * @throws {SignInError} `deactivated` or `not_allowed`, with the right password only
 */
export async function checkPassword(
  deps: PasswordDependencies,
  given: { email: string; password: string },
  origin: Origin,
): Promise<{ userId: string; displayName: string }> {
  const { db, rateLimits } = deps
  // No address contains NUL, and PostgreSQL cannot store it.
  const email = given.email.trim().toWellFormed().replaceAll('\0', '\ufffd').normalize('NFC')
  const address = addressKey(origin.ipAddress)
  // Counted before the password is checked, so that simultaneous attempts count too; given back if it is right.
  await rateLimits.consume('passwordAddress', address)
  const account = await consumeAccount(deps, email, origin.ipAddress)
  const credential = await findCredential(db, email)
  const isRight = await verifyPassword(credential?.hash, given.password)
  if (!credential || !isRight) {
    await recordEvent(
      db,
      { kind: 'anonymous', ...origin },
      {
        action: 'signIn',
        outcome: 'failure',
        ...(credential && { subject: { kind: 'user', id: credential.userId, name: credential.displayName } }),
        details: { provider: 'password', reason: 'wrong e-mail or password' },
      },
    )
    throw new WrongPasswordError()
  }
  await Promise.all([rateLimits.giveBack('passwordAddress', address), rateLimits.giveBack('passwordAccount', account)])
  const { userId, displayName, emailVerified } = credential
  if (!credential.isActive) throw new SignInError('deactivated', `user ${userId} is deactivated`)
  checkAdmission(deps.admission, { email: credential.email, emailVerified, provider: 'password' })
  if (needsRehash(credential.hash))
    await saveCredential(db, userId, credential.email, await hashPassword(given.password))
  return { userId, displayName }
}

/**
 * Counts an attempt for an account and returns the key it was counted under. When strangers have used up the account's
 * attempts, an IP address where it is signed in has attempts of its own.
 */
async function consumeAccount(
  deps: PasswordDependencies,
  email: string,
  ipAddress: string | undefined,
): Promise<string> {
  const key = email.toLowerCase()
  try {
    await deps.rateLimits.consume('passwordAccount', key)
    return key
  } catch (error) {
    if (!(error instanceof RateLimitedError) || !(await isKnownAddress(deps, email, ipAddress))) throw error
    const ownKey = `${key}\n${addressKey(ipAddress)}`
    await deps.rateLimits.consume('passwordAccount', ownKey)
    return ownKey
  }
}

async function isKnownAddress(
  { db }: PasswordDependencies,
  email: string,
  ipAddress: string | undefined,
): Promise<boolean> {
  if (!ipAddress) return false
  const session = await db
    .selectFrom('sessions')
    .innerJoin('passwordCredentials', 'passwordCredentials.userId', 'sessions.userId')
    .select('sessions.id')
    .where(({ eb, fn }) => eb(fn('lower', ['passwordCredentials.email']), '=', email.toLowerCase()))
    .where('sessions.ipAddress', '=', ipAddress)
    .limit(1)
    .executeTakeFirst()
  return session !== undefined
}
