import type { Database, DatabaseHandle } from '@worldloom/db'
import {
  ChangedError,
  ConflictError,
  NotFoundError,
  type profileUpdateInput,
  type userCreateInput,
  type userUpdateInput,
} from '@worldloom/schema'
import type { z } from 'zod'
import { type Actor, recordEvent } from './audit.ts'
import { findUserGrants } from './grants.ts'
import { createUserWithPassword } from './passwords/signUp.ts'
import { findRole, type Holdings, refuseBeyond } from './roles.ts'
import { revokeAllSessions } from './sessions.ts'

/**
 * Grants somebody a role.
 *
 * @param holdings the permissions of whoever grants it; undefined for the operator
 * @throws {NotFoundError | ExceedsOwnError}
 */
export async function giveRole(
  db: DatabaseHandle['db'],
  actor: Actor,
  holdings: Holdings | undefined,
  { userId, role }: { userId: string; role: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { roleId, user } = await resolve(trx, holdings, userId, role)
    const given = await trx
      .insertInto('userRoles')
      .values({ userId, roleId })
      .onConflict((conflict) => conflict.doNothing())
      .returning('userId')
      .executeTakeFirst()
    if (given) {
      await recordEvent(trx, actor, {
        action: 'user.assignRole',
        subject: { kind: 'user', id: userId, name: user.displayName },
        details: { role },
      })
    }
  })
}

/**
 * Revokes somebody's role.
 *
 * @throws {NotFoundError | ExceedsOwnError}
 * @throws the database's refusal to lose the last administrator, which becomes a LastAdminError
 */
export async function takeRole(
  db: DatabaseHandle['db'],
  actor: Actor,
  holdings: Holdings | undefined,
  { userId, role }: { userId: string; role: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { roleId, user } = await resolve(trx, holdings, userId, role)
    const taken = await trx
      .deleteFrom('userRoles')
      .where('userId', '=', userId)
      .where('roleId', '=', roleId)
      .returning('userId')
      .executeTakeFirst()
    if (!taken) throw new ConflictError(`${user.displayName} does not have the role ${role}.`)
    await recordEvent(trx, actor, {
      action: 'user.removeRole',
      subject: { kind: 'user', id: userId, name: user.displayName },
      details: { role },
    })
  })
}

/**
 * Activates or deactivates somebody. Deactivating ends all their sessions, and their tokens and keys stop working.
 *
 * @throws {NotFoundError | ExceedsOwnError}
 * @throws the database's refusal to lose the last administrator, which becomes a LastAdminError
 */
export async function setUserActive(
  db: DatabaseHandle['db'],
  actor: Actor,
  holdings: Holdings | undefined,
  userId: string,
  isActive: boolean,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const user = await lockUser(trx, userId)
    if (holdings) refuseBeyond(holdings, [...(await findUserGrants(trx, userId)).permissions])
    if (user.isActive === isActive) return
    await trx.updateTable('users').set({ isActive }).where('id', '=', userId).execute()
    if (!isActive) await revokeAllSessions(trx, userId)
    await recordEvent(trx, actor, {
      action: isActive ? 'user.activate' : 'user.deactivate',
      subject: { kind: 'user', id: userId, name: user.displayName },
    })
  })
}

/**
 * Updates a person's own profile, if the version is still current.
 *
 * @throws {ChangedError}
 */
export async function updateProfile(
  db: DatabaseHandle['db'],
  actor: Actor,
  userId: string,
  { version, firstName, lastName, displayName }: z.output<typeof profileUpdateInput>,
) {
  return await db.transaction().execute(async (trx) => {
    const updated = await trx
      .updateTable('users')
      .set({ firstName, lastName, displayName: displayName || `${firstName} ${lastName}` })
      .where('id', '=', userId)
      .where('version', '=', version)
      .returning(['id', 'email', 'emailVerified', 'displayName', 'firstName', 'lastName', 'version'])
      .executeTakeFirst()
    if (!updated) throw new ChangedError('profile', (await findUserGrants(trx, userId)).user)
    await recordEvent(trx, actor, {
      action: 'profile.update',
      subject: { kind: 'user', id: userId, name: updated.displayName },
    })
    return updated
  })
}

/**
 * Creates an account for somebody else, whose address the creator vouches for.
 *
 * @throws {NotFoundError | ExceedsOwnError} for the role
 * @throws {BadInputError} for a common password
 * @throws {TakenError}
 */
export async function createUserFor(
  db: DatabaseHandle['db'],
  actor: Actor,
  holdings: Holdings,
  { displayName, password, ...person }: z.output<typeof userCreateInput>,
): Promise<{ id: string }> {
  return await db.transaction().execute(async (trx) => {
    refuseBeyond(holdings, (await findRole(trx, person.role)).permissions)
    return await createUserWithPassword(trx, actor, {
      ...person,
      displayName: displayName || `${person.firstName} ${person.lastName}`,
      ...(password !== undefined && { password }),
    })
  })
}

/**
 * Updates somebody's names, if the version is still current. @throws {NotFoundError | ExceedsOwnError | ConflictError}
 */
export async function updateUser(
  db: DatabaseHandle['db'],
  actor: Actor,
  holdings: Holdings,
  { id, version, firstName, lastName, displayName }: z.output<typeof userUpdateInput>,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const user = await lockUser(trx, id)
    refuseBeyond(holdings, [...(await findUserGrants(trx, id)).permissions])
    if (user.version !== version) throw new ChangedError('user', (await findUserGrants(trx, id)).user)
    const names = { firstName, lastName, displayName: displayName || `${firstName} ${lastName}` }
    await trx.updateTable('users').set(names).where('id', '=', id).execute()
    await recordEvent(trx, actor, { action: 'user.update', subject: { kind: 'user', id, name: names.displayName } })
  })
}

/**
 * Deletes an account for good. What people made stays, so the account must not own anything.
 *
 * @throws {NotFoundError | ExceedsOwnError | ConflictError}
 * @throws the database's refusal to lose the last administrator, which becomes a LastAdminError
 */
export async function deleteUser(
  db: DatabaseHandle['db'],
  actor: Actor,
  holdings: Holdings,
  id: string,
): Promise<{ id: string }> {
  return await db.transaction().execute(async (trx) => {
    const user = await lockUser(trx, id)
    refuseBeyond(holdings, [...(await findUserGrants(trx, id)).permissions])
    const owned = await trx
      .selectFrom('worlds')
      .select('id')
      .where('ownerId', '=', id)
      .union(trx.selectFrom('entities').select('id').where('ownerId', '=', id))
      .limit(1)
      .executeTakeFirst()
    if (owned) {
      throw new ConflictError(
        `${user.displayName} has made worlds or parts of them, also in the trash. Deactivate the account instead: what they made stays.`,
      )
    }
    // One by one, so that the trigger sees the last administrator go.
    await trx.deleteFrom('userRoles').where('userId', '=', id).execute()
    await trx.deleteFrom('users').where('id', '=', id).execute()
    await recordEvent(trx, actor, { action: 'user.delete', subject: { kind: 'user', id, name: user.displayName } })
    return { id }
  })
}

async function resolve(db: Database, holdings: Holdings | undefined, userId: string, role: string) {
  const user = await lockUser(db, userId)
  const { permissions } = await findRole(db, role)
  if (holdings) refuseBeyond(holdings, permissions)
  // Locked, so that it is not deleted meanwhile.
  const { id: roleId } = await db
    .selectFrom('roles')
    .select('id')
    .where('name', '=', role)
    .forKeyShare()
    .executeTakeFirstOrThrow(() => new NotFoundError('role'))
  return { roleId, user }
}

/** Locks a user until the transaction ends. @throws {NotFoundError} */
export async function lockUser(db: Database, id: string) {
  return await db
    .selectFrom('users')
    .select(['id', 'displayName', 'isActive', 'version'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow(() => new NotFoundError('user'))
}
