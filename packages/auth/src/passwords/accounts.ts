import { assignRole, type Database } from '@worldloom/db'
import type { emailVerifyInput, passwordChangeInput, passwordResetInput, passwordSignUpInput } from '@worldloom/schema'
import { ConflictError, NotFoundError, SignInAgainError, TakenError, WrongPasswordError } from '@worldloom/schema'
import type { z } from 'zod'
import { type Actor, recordEvent } from '../audit.ts'
import { letters } from '../mail/letters.ts'
import { checkAdmission, createUser, isListed } from '../oauth/provisioning.ts'
import { createOneTimeToken, takeOneTimeToken } from '../oneTimeTokens.ts'
import type { SessionPrincipal } from '../principal.ts'
import { addressKey } from '../rateLimits.ts'
import { revokeAllSessions } from '../sessions.ts'
import { refuseCommonPassword } from './common.ts'
import { findCredential, saveCredential, saveProvedCredential } from './credentials.ts'
import { hashPassword, verifyPassword } from './hashing.ts'
import type { Attempting, PasswordDependencies } from './signIn.ts'

interface NewPerson {
  readonly email: string
  readonly firstName: string
  readonly lastName: string
  readonly hash: string
}

/**
 * Makes an account. Where mails can be sent it begins with one: the account is made once the address is proved,
 * and the answer is the same whether it is taken. Where none can, it is made at once, with the address unproved.
 *
 * @returns the user, where it was made at once
 * @throws {BadInputError | RateLimitedError}
 * @throws {TakenError} only where no mail can be sent
 * @throws {SignInError} `not_allowed`
 */
export async function signUp(
  deps: PasswordDependencies,
  input: z.output<typeof passwordSignUpInput>,
  { device, requestId }: Attempting,
): Promise<{ userId: string } | undefined> {
  const { db, mailer, publicUrl, rateLimits } = deps
  const { email, firstName, lastName } = input
  await refuseCommonPassword(input.password, [email, firstName, lastName])
  const address = addressKey(device.ipAddress)
  await rateLimits.consume('signUpAddress', address)
  checkAdmission(deps.admission, { email, emailVerified: mailer.delivers, provider: 'password' })
  const hash = await hashPassword(input.password)
  const actor: Actor = { kind: 'anonymous', ipAddress: device.ipAddress, requestId }
  if (!mailer.delivers) {
    if (await isTaken(db, email)) throw new TakenError('account', 'email')
    return await db.transaction().execute(async (trx) => {
      const user = await insertPerson(trx, deps, actor, { email, firstName, lastName, hash }, false)
      const token = await createOneTimeToken(trx, 'emailVerification', { userId: user.userId, email })
      mailer.send(letters.verifyEmail(email, `${publicUrl}/verify-email?token=${token}`))
      return user
    })
  }
  await rateLimits.consume('mailAccount', email.toLowerCase())
  if (await isTaken(db, email)) mailer.send(letters.alreadyHere(email, `${publicUrl}/sign-in`))
  else {
    const token = await createOneTimeToken(db, 'signUp', { email, payload: { firstName, lastName, hash } })
    mailer.send(letters.verifyEmail(email, `${publicUrl}/verify-email?token=${token}`))
  }
  return undefined
}

/**
 * Proves an address by the link that was mailed there.
 *
 * @returns whose it is; signed up just now, or before
 * @throws {NotFoundError} where the link is unknown, used or too old
 * @throws {TakenError} where somebody else proved the address meanwhile
 */
export async function verifyEmail(
  deps: PasswordDependencies,
  { token }: z.output<typeof emailVerifyInput>,
  { device, requestId }: Attempting,
): Promise<{ userId: string; isNew: boolean }> {
  await deps.rateLimits.consume('linkAddress', addressKey(device.ipAddress))
  return await deps.db.transaction().execute(async (trx) => {
    const taken = await takeOneTimeToken(trx, ['signUp', 'emailVerification'], token)
    if (!taken?.email) throw new NotFoundError('link')
    const actor: Actor = { kind: 'anonymous', ipAddress: device.ipAddress, requestId }
    if (taken.purpose === 'signUp') {
      if (await isTaken(trx, taken.email)) throw new TakenError('account', 'email')
      const payload = taken.payload as unknown as Omit<NewPerson, 'email'> // as signUp wrote it
      const person = { email: taken.email, ...payload }
      return { ...(await insertPerson(trx, deps, actor, person, true)), isNew: true }
    }
    const userId = taken.userId ?? ''
    await proveEmail(trx, deps, { ...actor, userId }, taken.email)
    return { userId, isNew: false }
  })
}

/** Mails a link to prove one's address. @throws {ConflictError | RateLimitedError} */
export async function requestVerification(deps: PasswordDependencies, { user }: SessionPrincipal): Promise<void> {
  if (!user.email || user.emailVerified) throw new ConflictError('There is no address to confirm.')
  await deps.rateLimits.consume('mailAccount', user.email.toLowerCase())
  const token = await createOneTimeToken(deps.db, 'emailVerification', { userId: user.id, email: user.email })
  deps.mailer.send(letters.verifyEmail(user.email, `${deps.publicUrl}/verify-email?token=${token}`))
}

/**
 * Mails a link to set a new password, to whoever has that address. Says nothing of whether anybody has, and takes
 * as long either way.
 *
 * @throws {RateLimitedError}
 */
export async function requestPasswordReset(
  deps: PasswordDependencies,
  email: string,
  { device, requestId }: Attempting,
): Promise<void> {
  await deps.rateLimits.consume('mailAddress', addressKey(device.ipAddress))
  await deps.rateLimits.consume('mailAccount', email.toLowerCase())
  void sendReset(deps, email, { kind: 'anonymous', ipAddress: device.ipAddress, requestId }).catch((error) =>
    deps.mailer.failed(error),
  )
}

async function sendReset({ db, mailer, publicUrl }: PasswordDependencies, email: string, actor: Actor): Promise<void> {
  const user = await findResettable(db, email)
  if (!user) return
  const token = await createOneTimeToken(db, 'passwordReset', { userId: user.id, email: user.email })
  await recordEvent(db, actor, {
    action: 'password.requestReset',
    subject: { kind: 'user', id: user.id, name: user.displayName },
  })
  mailer.send(letters.resetPassword(user.email, `${publicUrl}/reset-password?token=${token}`))
}

/**
 * Sets a new password by the link that was mailed, which proves the address too, and ends every session.
 *
 * @throws {NotFoundError} where the link is unknown, used or too old
 * @throws {BadInputError | RateLimitedError}
 */
export async function resetPassword(
  deps: PasswordDependencies,
  input: z.output<typeof passwordResetInput>,
  { device, requestId }: Attempting,
): Promise<void> {
  await deps.rateLimits.consume('linkAddress', addressKey(device.ipAddress))
  await refuseCommonPassword(input.password, [])
  const hash = await hashPassword(input.password)
  const email = await deps.db.transaction().execute(async (trx) => {
    const taken = await takeOneTimeToken(trx, ['passwordReset'], input.token)
    if (!taken?.email || !taken.userId) throw new NotFoundError('link')
    const actor: Actor = { kind: 'anonymous', userId: taken.userId, ipAddress: device.ipAddress, requestId }
    await saveProvedCredential(trx, taken.userId, taken.email, hash)
    await proveEmail(trx, deps, actor, taken.email)
    await revokeAllSessions(trx, taken.userId)
    // Other links that were mailed are not needed any more.
    await trx
      .deleteFrom('oneTimeTokens')
      .where('userId', '=', taken.userId)
      .where('purpose', '=', 'passwordReset')
      .execute()
    await recordEvent(trx, actor, { action: 'password.reset', subject: { kind: 'user', id: taken.userId } })
    return taken.email
  })
  deps.mailer.send(letters.passwordChanged(email))
}

/** Without a password to ask for, only somebody who signed in this many milliseconds ago may set one. */
const freshMilliseconds = 15 * 60_000

/**
 * Changes one's password, for which the old one is asked, and ends every session, also this one: the caller
 * starts a new one.
 *
 * @throws {WrongPasswordError | SignInAgainError | ConflictError | BadInputError | RateLimitedError}
 */
export async function changePassword(
  deps: PasswordDependencies,
  actor: Actor,
  { user, sessionId }: SessionPrincipal,
  input: z.output<typeof passwordChangeInput>,
): Promise<void> {
  const { db, rateLimits } = deps
  await refuseCommonPassword(input.newPassword, [user.email ?? '', user.displayName], 'newPassword')
  const current = await db
    .selectFrom('passwordCredentials')
    .select(['hash', 'email'])
    .where('userId', '=', user.id)
    .executeTakeFirst()
  const email = current?.email ?? (user.emailVerified ? user.email : undefined)
  if (!email) throw new ConflictError('Confirm your e-mail address first: it is what you would sign in with.')
  if (current) {
    // Counted apart from sign-ins: nobody but who is signed in can use these tries up.
    const key = `change\n${user.id}`
    await rateLimits.consume('passwordAccount', key)
    if (!(await verifyPassword(current.hash, input.currentPassword ?? ''))) {
      throw new WrongPasswordError('The current password is wrong.')
    }
    await rateLimits.giveBack('passwordAccount', key)
  } else if (!(await isFresh(db, sessionId))) throw new SignInAgainError()
  const hash = await hashPassword(input.newPassword)
  await db.transaction().execute(async (trx) => {
    if (current) await saveCredential(trx, user.id, email, hash)
    else await saveProvedCredential(trx, user.id, email, hash)
    await revokeAllSessions(trx, user.id)
    await recordEvent(trx, actor, {
      action: 'password.change',
      subject: { kind: 'user', id: user.id, name: user.displayName },
    })
  })
  deps.mailer.send(letters.passwordChanged(email))
}

/**
 * Makes an account for somebody, whose address whoever runs this vouches for.
 *
 * @throws {BadInputError | TakenError}
 */
export async function createUserWithPassword(
  db: Database,
  actor: Actor,
  person: {
    email: string
    displayName: string
    firstName?: string
    lastName?: string
    password?: string
    role: string
  },
): Promise<{ id: string }> {
  const { email, displayName, firstName = null, lastName = null, password, role } = person
  if (password !== undefined) await refuseCommonPassword(password, [email, displayName])
  const { id } = await db
    .insertInto('users')
    .values({ email, emailVerified: true, displayName, firstName, lastName })
    .returning('id')
    .executeTakeFirstOrThrow()
  await assignRole(db, id, role)
  if (password !== undefined) await saveCredential(db, id, email, await hashPassword(password))
  await recordEvent(db, actor, {
    action: 'user.create',
    subject: { kind: 'user', id, name: displayName },
    details: { role },
  })
  return { id }
}

async function insertPerson(
  db: Database,
  deps: PasswordDependencies,
  actor: Actor,
  { email, firstName, lastName, hash }: NewPerson,
  emailVerified: boolean,
): Promise<{ userId: string }> {
  const displayName = `${firstName} ${lastName}`
  const { id } = await createUser(db, deps.admission, { email, emailVerified, firstName, lastName, displayName })
  await saveCredential(db, id, email, hash)
  await recordEvent(
    db,
    { ...actor, userId: id, name: displayName },
    { action: 'signUp', subject: { kind: 'user', id, name: displayName }, details: { provider: 'password' } },
  )
  return { userId: id }
}

/** Marks an address as proved, which can make its owner an administrator. */
async function proveEmail(db: Database, deps: PasswordDependencies, actor: Actor, email: string): Promise<void> {
  const proved = await db
    .updateTable('users')
    .set({ emailVerified: true })
    .where('id', '=', actor.userId ?? '')
    .where('email', '=', email)
    .where('emailVerified', '=', false)
    .returning(['id', 'displayName'])
    .executeTakeFirst()
  if (!proved) return
  if (isListed(deps.admission.bootstrapAdminEmails, email)) await assignRole(db, proved.id, 'admin')
  await recordEvent(db, actor, {
    action: 'email.verify',
    subject: { kind: 'user', id: proved.id, name: proved.displayName },
  })
}

/** Whether somebody signs in with that address, or has proved it. */
async function isTaken(db: Database, email: string): Promise<boolean> {
  return (await findCredential(db, email)) !== undefined || (await findByProvedEmail(db, email)) !== undefined
}

async function findByProvedEmail(db: Database, email: string) {
  return await db
    .selectFrom('users')
    .select(['id', 'email', 'displayName', 'isActive'])
    .where(({ eb, fn }) => eb(fn('lower', ['email']), '=', email.toLowerCase()))
    .where('emailVerified', '=', true)
    .executeTakeFirst()
}

/** Who may set a password by a mail to that address: who signs in with it, or has proved it. */
async function findResettable(db: Database, email: string) {
  const proved = await findByProvedEmail(db, email)
  if (proved) return proved.isActive ? { ...proved, email: proved.email ?? email } : undefined
  const credential = await findCredential(db, email)
  if (!credential?.isActive) return undefined
  return { id: credential.userId, email: credential.email, displayName: credential.displayName }
}

async function isFresh(db: Database, sessionId: string): Promise<boolean> {
  const session = await db
    .selectFrom('sessions')
    .select('id')
    .where('id', '=', sessionId)
    .where('createdAt', '>', new Date(Date.now() - freshMilliseconds))
    .executeTakeFirst()
  return session !== undefined
}
