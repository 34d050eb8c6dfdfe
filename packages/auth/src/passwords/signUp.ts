import { assignRole, type Database, inTransaction } from '@worldloom/db'
import {
  ConflictError,
  type emailVerifyInput,
  NotFoundError,
  type passwordSignUpInput,
  TakenError,
} from '@worldloom/schema'
import type { z } from 'zod'
import { type Actor, type Origin, recordEvent } from '../audit.ts'
import { letters } from '../mail/letters.ts'
import { checkAdmission, createUser } from '../oauth/provisioning.ts'
import { createOneTimeToken, type OneTimeValues, takeOneTimeToken } from '../oneTimeTokens.ts'
import type { SessionPrincipal } from '../principal.ts'
import { addressKey } from '../rateLimits.ts'
import { refuseCommonPassword } from './common.ts'
import { findCredential, saveCredential } from './credentials.ts'
import { hashPassword } from './hashing.ts'
import { findByProvedEmail, proveEmail } from './provedEmail.ts'
import type { PasswordDependencies } from './signIn.ts'

interface NewPerson {
  readonly email: string
  readonly firstName: string
  readonly lastName: string
  readonly hash: string
}

/**
 * Creates an account. If mail can be sent, the account is created once the address is proved, and the answer is the
 * same whether or not the address is taken. Otherwise it is created at once, with the address unproved.
 *
 * @returns the user, if created at once
 * @throws {BadInputError | RateLimitedError}
 * @throws {TakenError} only if no mail can be sent
 * @throws {SignInError} `not_allowed`
 */
export async function signUp(
  deps: PasswordDependencies,
  input: z.output<typeof passwordSignUpInput>,
  origin: Origin,
): Promise<{ userId: string } | undefined> {
  const { db, mailer, rateLimits } = deps
  const { email, firstName, lastName } = input
  await refuseCommonPassword(input.password, [email, firstName, lastName])
  const address = addressKey(origin.ipAddress)
  await rateLimits.consume('signUpAddress', address)
  checkAdmission(deps.admission, { email, emailVerified: mailer.delivers, provider: 'password' })
  const hash = await hashPassword(input.password)
  const actor: Actor = { kind: 'anonymous', ...origin }
  if (!mailer.delivers) {
    if (await isTaken(db, email)) throw new TakenError('account', 'email')
    return await inTransaction(db, async (trx) => {
      const user = await insertPerson(trx, deps, actor, { email, firstName, lastName, hash }, false)
      await mailVerification(trx, deps, 'emailVerification', { userId: user.userId, email })
      return user
    })
  }
  await rateLimits.consume('mailAccount', email.toLowerCase())
  if (await isTaken(db, email)) await mailer.send(db, letters.alreadyHere(email, `${deps.publicUrl}/sign-in`))
  else await mailVerification(db, deps, 'signUp', { email, payload: { firstName, lastName, hash } })
  return undefined
}

/**
 * Proves an address by a link that was mailed to it.
 *
 * @returns its user, whether just created or already there
 * @throws {NotFoundError} if the link is unknown, used or expired
 * @throws {TakenError} if somebody else has proved the address meanwhile
 */
export async function verifyEmail(
  deps: PasswordDependencies,
  { token }: z.output<typeof emailVerifyInput>,
  origin: Origin,
): Promise<{ userId: string; isNew: boolean }> {
  await deps.rateLimits.consume('linkAddress', addressKey(origin.ipAddress))
  return await deps.db.transaction().execute(async (trx) => {
    const taken = await takeOneTimeToken(trx, ['signUp', 'emailVerification'], token)
    if (!taken?.email) throw new NotFoundError('link')
    const actor: Actor = { kind: 'anonymous', ...origin }
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
  if (!user.email || user.emailVerified) throw new ConflictError('There is no e-mail address to confirm.')
  await deps.rateLimits.consume('mailAccount', user.email.toLowerCase())
  await mailVerification(deps.db, deps, 'emailVerification', { userId: user.id, email: user.email })
}

async function mailVerification(
  db: Database,
  { mailer, publicUrl }: PasswordDependencies,
  purpose: 'signUp' | 'emailVerification',
  values: OneTimeValues & { readonly email: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const token = await createOneTimeToken(trx, purpose, values)
    await mailer.send(trx, letters.verifyEmail(values.email, `${publicUrl}/verify-email?token=${token}`))
  })
}

/**
 * Creates an account for somebody whose address the operator vouches for.
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

/** Whether somebody signs in with that address, or has proved it. */
async function isTaken(db: Database, email: string): Promise<boolean> {
  return (await findCredential(db, email)) !== undefined || (await findByProvedEmail(db, email)) !== undefined
}
