import { type Database, inTransaction } from '@worldloom/db'
import {
  BadInputError,
  ConflictError,
  NotFoundError,
  type passkeyAddInput,
  type SecondFactors,
  type SecondFactorWays,
  type TotpSetup,
} from '@worldloom/schema'
import type { z } from 'zod'
import { type Actor, type Origin, recordEvent } from '../audit.ts'
import { deviceName } from '../deviceName.ts'
import { findUserGrants, holdsPasskey, holdsRecoveryCode, holdsSecondFactor, holdsTotp } from '../grants.ts'
import { letters } from '../mail/letters.ts'
import type { Post } from '../mail/mailer.ts'
import { requireWayToSignIn } from '../oauth/accounts.ts'
import type { SessionPrincipal } from '../principal.ts'
import type { RateLimiting } from '../rateLimits.ts'
import { type Holdings, refuseBeyond } from '../roles.ts'
import type { SealedText } from '../sealedText.ts'
import { revokeAllSessions, revokeOtherSessions } from '../sessions.ts'
import { lockUser } from '../users.ts'
import { countedTry } from './countedTry.ts'
import { allowsPasskeys, savePasskey } from './passkeys.ts'
import { countRecoveryCodes, createRecoveryCodes, takeRecoveryCode } from './recoveryCodes.ts'
import { beginTotp, takeTotpCode } from './totp.ts'

export interface SecondFactorDependencies {
  readonly db: Database
  readonly mailer: Post
  readonly publicUrl: string
  /** Encrypts secrets of authenticator apps. */
  readonly sealed: SealedText
  /** The roles that require a second factor. */
  readonly requiredFor: readonly string[]
}

/** What somebody can give besides a first way of signing in. @throws {NotFoundError} */
export async function findSecondFactorWays(db: Database, userId: string): Promise<SecondFactorWays> {
  return await db
    .selectFrom('users')
    .where('id', '=', userId)
    .select((eb) => [
      holdsPasskey(eb).as('passkey'),
      holdsTotp(eb).as('totp'),
      holdsRecoveryCode(eb).as('recoveryCode'),
    ])
    .executeTakeFirstOrThrow(() => new NotFoundError('user'))
}

/** Whether somebody is asked for a second factor. @throws {NotFoundError} */
export async function hasSecondFactor(db: Database, userId: string): Promise<boolean> {
  const { held } = await db
    .selectFrom('users')
    .where('id', '=', userId)
    .select((eb) => holdsSecondFactor(eb).as('held'))
    .executeTakeFirstOrThrow(() => new NotFoundError('user'))
  return held
}

export async function listSecondFactors(
  { db, publicUrl, requiredFor }: SecondFactorDependencies,
  { user, roles, needsSecondFactor = false }: SessionPrincipal,
): Promise<SecondFactors> {
  const [passkeys, totp, recoveryCodes] = await Promise.all([
    db
      .selectFrom('passkeys')
      .select(['id', 'name', 'isBackedUp', 'createdAt', 'lastUsedAt'])
      .where('userId', '=', user.id)
      .orderBy('createdAt')
      .execute(),
    db.selectFrom('totpSecrets').select('confirmedAt').where('userId', '=', user.id).executeTakeFirst(),
    countRecoveryCodes(db, user.id),
  ])
  return {
    passkeys,
    totpSince: totp?.confirmedAt ?? null,
    recoveryCodes,
    isRequired: needsSecondFactor || roles.some((role) => requiredFor.includes(role)),
    hasPasskeys: allowsPasskeys(publicUrl),
  }
}

/**
 * Adds a passkey.
 *
 * @returns the recovery codes, if it is the first second factor: the only time that they are shown
 * @throws {BadInputError}
 */
export async function addPasskey(
  deps: SecondFactorDependencies,
  principal: SessionPrincipal,
  actor: Actor & Pick<Origin, 'userAgent'>,
  { created, name }: z.output<typeof passkeyAddInput>,
): Promise<{ recoveryCodes: string[] | null }> {
  return await inTransaction(deps.db, async (trx) => {
    await lockUser(trx, principal.user.id)
    const known = name ?? deviceName(actor.userAgent ?? null)
    const owner = { userId: principal.user.id, sessionId: principal.sessionId }
    await savePasskey(trx, deps.publicUrl, owner, created, known)
    return await added(trx, deps, principal, actor, 'passkey', known)
  })
}

/** @throws {NotFoundError} */
export async function renamePasskey(
  db: Database,
  userId: string,
  { id, name }: { readonly id: string; readonly name: string },
): Promise<{ id: string; name: string }> {
  return await db
    .updateTable('passkeys')
    .set({ name })
    .where('id', '=', id)
    .where('userId', '=', userId)
    .returning(['id', 'name'])
    .executeTakeFirstOrThrow(() => new NotFoundError('passkey'))
}

/**
 * @param usable the ids of the providers that can be signed in with here, and `password`
 * @throws {NotFoundError}
 * @throws {ConflictError} if it is the last way to sign in, or the last of a second factor that is required
 */
export async function removePasskey(
  deps: SecondFactorDependencies,
  principal: SessionPrincipal,
  actor: Actor,
  usable: readonly string[],
  id: string,
): Promise<{ id: string }> {
  const userId = principal.user.id
  return await inTransaction(deps.db, async (trx) => {
    await lockUser(trx, userId)
    const { name } = await trx
      .deleteFrom('passkeys')
      .where('id', '=', id)
      .where('userId', '=', userId)
      .returning('name')
      .executeTakeFirstOrThrow(() => new NotFoundError('passkey'))
    await requireWayToSignIn(trx, userId, usable)
    await removed(trx, deps, principal, actor, 'passkey', name)
    return { id }
  })
}

/** @throws {ConflictError} if codes are asked for already */
export async function setUpTotp(
  { db, sealed }: SecondFactorDependencies,
  { user }: SessionPrincipal,
): Promise<TotpSetup> {
  return await beginTotp(db, sealed, { id: user.id, name: user.email ?? user.displayName })
}

/**
 * Asks for codes of the authenticator app from now on.
 *
 * @returns the recovery codes, if it is the first second factor: the only time that they are shown
 * @throws {BadInputError} for a code that is not the app's
 */
export async function confirmTotp(
  deps: SecondFactorDependencies,
  principal: SessionPrincipal,
  actor: Actor,
  code: string,
): Promise<{ recoveryCodes: string[] | null }> {
  return await inTransaction(deps.db, async (trx) => {
    await lockUser(trx, principal.user.id)
    if (!(await takeTotpCode(trx, deps.sealed, principal.user.id, code, 'begun'))) throw wrongCode()
    return await added(trx, deps, principal, actor, 'totp')
  })
}

/** @throws {NotFoundError | ConflictError} as {@link removePasskey} */
export async function removeTotp(
  deps: SecondFactorDependencies,
  principal: SessionPrincipal,
  actor: Actor,
): Promise<{ removed: true }> {
  return await inTransaction(deps.db, async (trx) => {
    await lockUser(trx, principal.user.id)
    await trx
      .deleteFrom('totpSecrets')
      .where('userId', '=', principal.user.id)
      .where('confirmedAt', 'is not', null)
      .returning('userId')
      .executeTakeFirstOrThrow(() => new NotFoundError('authenticator app'))
    await removed(trx, deps, principal, actor, 'totp')
    return { removed: true }
  })
}

/** Makes new recovery codes; the old ones are void. @throws {ConflictError} without a second factor */
export async function replaceRecoveryCodes(
  { db }: SecondFactorDependencies,
  principal: SessionPrincipal,
  actor: Actor,
): Promise<{ recoveryCodes: string[] }> {
  return await inTransaction(db, async (trx) => {
    if (!(await hasSecondFactor(trx, principal.user.id))) {
      throw new ConflictError('Recovery codes go with a second factor. Add one first.')
    }
    const recoveryCodes = await createRecoveryCodes(trx, principal.user.id)
    await recordEvent(trx, actor, { action: 'recoveryCodes.create', subject: subjectOf(principal) })
    return { recoveryCodes }
  })
}

/**
 * Takes a code of an authenticator app, or a recovery code. Each try counts.
 *
 * @throws {RateLimitedError}
 * @throws {BadInputError} if it is wrong or was used before
 */
export async function takeSecondFactorCode(
  { db, sealed, mailer, rateLimits }: SecondFactorDependencies & { readonly rateLimits: RateLimiting },
  user: { readonly userId: string; readonly displayName: string },
  actor: Actor,
  code: string,
): Promise<void> {
  const { userId } = user
  const subject = { kind: 'user', id: userId, name: user.displayName }
  await countedTry(rateLimits, { ipAddress: actor.ipAddress, userId }, async () => {
    if (await takeTotpCode(db, sealed, userId, code)) return
    if (!(await takeRecoveryCode(db, userId, code))) {
      const details = { reason: 'wrong code' }
      await recordEvent(db, actor, { action: 'secondFactor.check', outcome: 'failure', subject, details })
      throw wrongCode()
    }
    const left = await countRecoveryCodes(db, userId)
    await recordEvent(db, actor, { action: 'recoveryCode.use', subject, details: { left } })
    await mailTo(db, mailer, userId, (to) => letters.recoveryCodeUsed(to, left))
  })
}

/**
 * Takes all second factors away from somebody who has lost them, and ends their sessions.
 *
 * @param holdings the permissions of whoever does it; undefined for the operator
 * @throws {NotFoundError | ExceedsOwnError}
 */
export async function resetSecondFactors(
  db: Database,
  mailer: Post | undefined,
  actor: Actor,
  holdings: Holdings | undefined,
  userId: string,
): Promise<{ id: string }> {
  return await inTransaction(db, async (trx) => {
    const { displayName } = await lockUser(trx, userId)
    if (holdings) refuseBeyond(holdings, [...(await findUserGrants(trx, userId)).permissions])
    await trx.deleteFrom('passkeys').where('userId', '=', userId).execute()
    await trx.deleteFrom('totpSecrets').where('userId', '=', userId).execute()
    await trx.deleteFrom('recoveryCodes').where('userId', '=', userId).execute()
    await revokeAllSessions(trx, userId)
    await recordEvent(trx, actor, {
      action: 'secondFactor.reset',
      subject: { kind: 'user', id: userId, name: displayName },
    })
    if (mailer) await mailTo(trx, mailer, userId, (to) => letters.secondFactorsReset(to))
    return { id: userId }
  })
}

/** Notes that whoever a session belongs to has shown again who they are. */
export async function confirmSession(db: Database, sessionId: string): Promise<void> {
  await db.updateTable('sessions').set({ confirmedAt: new Date() }).where('id', '=', sessionId).execute()
}

type Kind = 'passkey' | 'totp'

/** What follows when a second factor was added: recovery codes with the first, and every other session ends. */
async function added(
  trx: Database,
  { mailer }: SecondFactorDependencies,
  principal: SessionPrincipal,
  actor: Actor,
  kind: Kind,
  name?: string,
): Promise<{ recoveryCodes: string[] | null }> {
  const { user, sessionId } = principal
  const hasCodes = (await countRecoveryCodes(trx, user.id)) > 0
  const recoveryCodes = hasCodes ? null : await createRecoveryCodes(trx, user.id)
  // Rule 11: others may have signed in without it, and the cookie of this one gets another token.
  await revokeOtherSessions(trx, user.id, sessionId)
  await trx.updateTable('sessions').set({ renewDue: true }).where('id', '=', sessionId).execute()
  const details = { kind, ...(name && { name }) }
  await recordEvent(trx, actor, { action: 'secondFactor.add', subject: subjectOf(principal), details })
  await mailTo(trx, mailer, user.id, (to) => letters.secondFactorAdded(to, kind))
  return { recoveryCodes }
}

async function removed(
  trx: Database,
  { mailer, requiredFor }: SecondFactorDependencies,
  principal: SessionPrincipal,
  actor: Actor,
  kind: Kind,
  name?: string,
): Promise<void> {
  const { user, roles } = principal
  if (!(await hasSecondFactor(trx, user.id))) {
    if (roles.some((role) => requiredFor.includes(role))) {
      throw new ConflictError('Your role requires a second factor. Add another one first.')
    }
    await trx.deleteFrom('recoveryCodes').where('userId', '=', user.id).execute()
  }
  const details = { kind, ...(name && { name }) }
  await recordEvent(trx, actor, { action: 'secondFactor.remove', subject: subjectOf(principal), details })
  await mailTo(trx, mailer, user.id, (to) => letters.secondFactorRemoved(to, kind))
}

function subjectOf({ user }: SessionPrincipal) {
  return { kind: 'user', id: user.id, name: user.displayName }
}

function wrongCode(): BadInputError {
  return new BadInputError({ code: ['Is wrong, or was used already'] })
}

/** Writes to the address that somebody has proved, if any. */
async function mailTo(
  db: Database,
  mailer: Post,
  userId: string,
  write: (to: string) => Parameters<Post['send']>[1],
): Promise<void> {
  const user = await db
    .selectFrom('users')
    .select('email')
    .where('id', '=', userId)
    .where('emailVerified', '=', true)
    .executeTakeFirst()
  if (user?.email) await mailer.send(db, write(user.email))
}
