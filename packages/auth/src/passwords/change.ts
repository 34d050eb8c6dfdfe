import { type Database, type DatabaseHandle, inTransaction } from '@worldloom/db'
import {
  ConflictError,
  NotFoundError,
  type passwordChangeInput,
  type passwordResetInput,
  SignInAgainError,
  WrongPasswordError,
} from '@worldloom/schema'
import type { z } from 'zod'
import { isFresh } from '../access.ts'
import { type Actor, type Origin, recordEvent } from '../audit.ts'
import { letters } from '../mail/letters.ts'
import { createOneTimeToken, takeOneTimeToken } from '../oneTimeTokens.ts'
import type { SessionPrincipal } from '../principal.ts'
import { addressKey } from '../rateLimits.ts'
import { revokeAllSessions } from '../sessions.ts'
import { refuseCommonPassword } from './common.ts'
import { findCredential, saveCredential, saveProvedCredential } from './credentials.ts'
import { hashPassword, verifyPassword } from './hashing.ts'
import { findByProvedEmail, proveEmail } from './provedEmail.ts'
import type { PasswordDependencies } from './signIn.ts'

/**
 * Mails a link to set a new password. Does not reveal whether anybody has the address, and takes as long either way.
 *
 * @throws {RateLimitedError}
 */
export async function requestPasswordReset(deps: PasswordDependencies, email: string, origin: Origin): Promise<void> {
  await deps.rateLimits.consume('mailAddress', addressKey(origin.ipAddress))
  await deps.rateLimits.consume('mailAccount', email.toLowerCase())
  void sendReset(deps, email, { kind: 'anonymous', ...origin }).catch((error) => deps.mailer.failed(error))
}

async function sendReset({ db, mailer, publicUrl }: PasswordDependencies, email: string, actor: Actor): Promise<void> {
  const user = await findResettable(db, email)
  if (!user) return
  await inTransaction(db, async (trx) => {
    const token = await createOneTimeToken(trx, 'passwordReset', { userId: user.id, email: user.email })
    await recordEvent(trx, actor, {
      action: 'password.requestReset',
      subject: { kind: 'user', id: user.id, name: user.displayName },
    })
    await mailer.send(trx, letters.resetPassword(user.email, `${publicUrl}/reset-password?token=${token}`))
  })
}

/**
 * Sets a new password by a mailed link, which also proves the address, and ends every session.
 *
 * @throws {NotFoundError} if the link is unknown, used or expired
 * @throws {BadInputError | RateLimitedError}
 */
export async function resetPassword(
  deps: PasswordDependencies,
  input: z.output<typeof passwordResetInput>,
  origin: Origin,
): Promise<void> {
  await deps.rateLimits.consume('linkAddress', addressKey(origin.ipAddress))
  await refuseCommonPassword(input.password, [])
  const hash = await hashPassword(input.password)
  await inTransaction(deps.db, async (trx) => {
    const taken = await takeOneTimeToken(trx, ['passwordReset'], input.token)
    if (!taken?.email || !taken.userId) throw new NotFoundError('link')
    const actor: Actor = { kind: 'anonymous', userId: taken.userId, ...origin }
    await saveProvedCredential(trx, taken.userId, taken.email, hash)
    await proveEmail(trx, deps, actor, taken.email)
    await revokeAllSessions(trx, taken.userId)
    // Other links that were mailed are void from now on.
    await trx
      .deleteFrom('oneTimeTokens')
      .where('userId', '=', taken.userId)
      .where('purpose', '=', 'passwordReset')
      .execute()
    await recordEvent(trx, actor, { action: 'password.reset', subject: { kind: 'user', id: taken.userId } })
    await deps.mailer.send(trx, letters.passwordChanged(taken.email))
  })
}

/**
 * Changes a password, given the old one, and ends every session, including the current one. The caller starts a new
 * one.
 *
 * @throws {WrongPasswordError | SignInAgainError | ConflictError | BadInputError | RateLimitedError}
 */
export async function changePassword(
  deps: PasswordDependencies,
  actor: Actor,
  principal: SessionPrincipal,
  input: z.output<typeof passwordChangeInput>,
): Promise<void> {
  const { db, rateLimits } = deps
  const { user } = principal
  await refuseCommonPassword(input.newPassword, [user.email ?? '', user.displayName], 'newPassword')
  const current = await db
    .selectFrom('passwordCredentials')
    .select(['hash', 'email'])
    .where('userId', '=', user.id)
    .executeTakeFirst()
  const email = current?.email ?? (user.emailVerified ? user.email : undefined)
  if (!email) throw new ConflictError('Confirm your e-mail address first: it is what you would sign in with.')
  if (current) {
    // Counted apart from sign-ins: only the signed-in user can use up these attempts.
    const key = `change\n${user.id}`
    await rateLimits.consume('passwordAccount', key)
    if (!(await verifyPassword(current.hash, input.currentPassword ?? ''))) {
      throw new WrongPasswordError('The current password is wrong.')
    }
    await rateLimits.giveBack('passwordAccount', key)
  } else if (!isFresh(principal)) throw new SignInAgainError()
  const hash = await hashPassword(input.newPassword)
  await inTransaction(db, async (trx) => {
    if (current) await saveCredential(trx, user.id, email, hash)
    else await saveProvedCredential(trx, user.id, email, hash)
    await revokeAllSessions(trx, user.id)
    await recordEvent(trx, actor, {
      action: 'password.change',
      subject: { kind: 'user', id: user.id, name: user.displayName },
    })
    await deps.mailer.send(trx, letters.passwordChanged(email))
  })
}

/**
 * Sets somebody's password on the operator's behalf, and ends all their sessions.
 *
 * @throws {BadInputError}
 */
export async function setPassword(
  db: DatabaseHandle['db'],
  actor: Actor,
  person: { readonly id: string; readonly email: string; readonly displayName: string },
  password: string,
): Promise<void> {
  await refuseCommonPassword(password, [person.email, person.displayName])
  const hash = await hashPassword(password)
  await db.transaction().execute(async (trx) => {
    await saveProvedCredential(trx, person.id, person.email, hash)
    await revokeAllSessions(trx, person.id)
    await recordEvent(trx, actor, {
      action: 'password.reset',
      subject: { kind: 'user', id: person.id, name: person.displayName },
    })
  })
}

/** Who may set a password by mail to an address: whoever signs in with it, or has proved it. */
async function findResettable(db: Database, email: string) {
  const proved = await findByProvedEmail(db, email)
  if (proved) return proved.isActive ? { ...proved, email: proved.email ?? email } : undefined
  const credential = await findCredential(db, email)
  if (!credential?.isActive) return undefined
  return { id: credential.userId, email: credential.email, displayName: credential.displayName }
}
