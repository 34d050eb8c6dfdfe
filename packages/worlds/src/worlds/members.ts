import { type KnownPrincipal, recordEvent } from '@worldloom/auth'
import { type Database, inTransaction } from '@worldloom/db'
import {
  BadInputError,
  type ChangeAction,
  ConflictError,
  LastOwnerError,
  type memberRemoveInput,
  type memberUpdateInput,
  NotFoundError,
  type WorldRole,
  type worldTransferInput,
} from '@worldloom/schema'
import { sql } from 'kysely'
import type { z } from 'zod'
import { type Change, changeOf, recordChanges } from '../changes/record.ts'
import type { Writer } from '../writer.ts'
import { requireWorldRole } from './authorize.ts'
import { findWorldById } from './read.ts'
import { worldChange } from './write.ts'

/** The members of a world, for its members. Only the owner sees addresses. @throws {NotFoundError | RoleTooLowError} */
export async function listMembers(db: Database, principal: KnownPrincipal, worldId: string) {
  const { role } = await findWorldById(db, principal, worldId)
  // Readers of a public world are not members, and can't see who is.
  if (!role) throw new NotFoundError('list of members')
  const items = await db
    .selectFrom('worldMembers')
    .innerJoin('users', 'users.id', 'worldMembers.userId')
    .where('worldMembers.worldId', '=', worldId)
    .select(['worldMembers.userId', 'users.displayName', 'worldMembers.role', 'worldMembers.createdAt'])
    .select((role === 'owner' ? sql<string | null>`users.email` : sql<string | null>`null::text`).as('email'))
    .orderBy('worldMembers.role', 'desc')
    .orderBy(sql`lower(users.display_name)`)
    .execute()
  return { items }
}

/** Changes a member's role. @throws {NotFoundError | RoleTooLowError | LastOwnerError} */
export async function updateMember(
  db: Database,
  { actor, principal }: Writer,
  { worldId, userId, role }: z.output<typeof memberUpdateInput>,
) {
  return await inTransaction(db, async (trx) => {
    await requireWorldRole(trx, principal, worldId, 'owner')
    const member = await lockMember(trx, worldId, userId)
    if (member.role === 'owner') throw new LastOwnerError()
    await setRole(trx, worldId, userId, role)
    await recordEvent(trx, actor, { action: 'member.update', subject: subjectOf(member), details: { worldId, role } })
    await recordChanges(trx, actor, worldId, [memberChange('update', member)])
    return await listMembers(trx, principal, worldId)
  })
}

/** Removes a member. @throws {NotFoundError | RoleTooLowError | LastOwnerError} */
export async function removeMember(
  db: Database,
  { actor, principal }: Writer,
  { worldId, userId }: z.output<typeof memberRemoveInput>,
) {
  return await inTransaction(db, async (trx) => {
    await requireWorldRole(trx, principal, worldId, 'owner')
    const member = await lockMember(trx, worldId, userId)
    await deleteMember(trx, worldId, member)
    await recordEvent(trx, actor, { action: 'member.remove', subject: subjectOf(member), details: { worldId } })
    await recordChanges(trx, actor, worldId, [memberChange('delete', member)])
    return await listMembers(trx, principal, worldId)
  })
}

/**
 * Gives somebody the role that they had before it was changed or taken from them.
 *
 * @throws {NotFoundError} if their account is gone
 * @throws {RoleTooLowError}
 * @throws {ConflictError} for the owner's role, and for people who have another role by now
 */
export async function putMember(
  db: Database,
  { actor, principal }: Writer,
  { worldId, userId, role }: { readonly worldId: string; readonly userId: string; readonly role: WorldRole },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    await requireWorldRole(trx, principal, worldId, 'owner')
    if (role === 'owner') throw new ConflictError('Who owns a world is changed by transferring it.')
    const user = await trx
      .selectFrom('users')
      .where('id', '=', userId)
      .where('isActive', '=', true)
      .select('displayName')
      .executeTakeFirstOrThrow(() => new NotFoundError('user'))
    const member = await trx
      .selectFrom('worldMembers')
      .where('worldId', '=', worldId)
      .where('userId', '=', userId)
      .select(['userId', 'role'])
      .forUpdate()
      .executeTakeFirst()
    if (member?.role === 'owner') throw new ConflictError('They own the world by now.')
    if (member) await setRole(trx, worldId, userId, role)
    else await trx.insertInto('worldMembers').values({ worldId, userId, role }).execute()
    const { displayName } = user
    const subject = { kind: 'user', id: userId, name: displayName }
    await recordEvent(trx, actor, { action: 'member.update', subject, details: { worldId, role } })
    await recordChanges(trx, actor, worldId, [
      memberChange(member ? 'update' : 'create', { userId, displayName, role: member?.role ?? role }),
    ])
  })
}

/** Ends the caller's own membership. @throws {NotFoundError | LastOwnerError} */
export async function leaveWorld(db: Database, { actor, principal }: Writer, worldId: string): Promise<{ id: string }> {
  return await inTransaction(db, async (trx) => {
    const { role } = await findWorldById(trx, principal, worldId)
    if (!role) throw new NotFoundError('membership')
    const member = await lockMember(trx, worldId, principal.user.id)
    await deleteMember(trx, worldId, member)
    await recordEvent(trx, actor, { action: 'member.leave', subject: { kind: 'world', id: worldId } })
    await recordChanges(trx, actor, worldId, [memberChange('delete', member)])
    return { id: worldId }
  })
}

/**
 * Makes a member the owner. The previous owner becomes an editor.
 *
 * @throws {NotFoundError | RoleTooLowError | BadInputError}
 * @throws a unique violation of worlds_name_key if the new owner has a world of that name
 */
export async function transferWorld(
  db: Database,
  { actor, principal }: Writer,
  { id, userId }: z.output<typeof worldTransferInput>,
) {
  return await inTransaction(db, async (trx) => {
    const world = await requireWorldRole(trx, principal, id, 'owner')
    // The second of two concurrent transfers finds that the caller is no longer the owner.
    const { ownerId } = await trx
      .selectFrom('worlds')
      .select('ownerId')
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirstOrThrow()
    await requireWorldRole(trx, principal, id, 'owner')
    if (userId === ownerId) throw new BadInputError({ userId: ['Already owns the world'] })
    const member = await lockMember(trx, id, userId)
    const owner = await lockMember(trx, id, ownerId)
    await setRole(trx, id, userId, 'owner')
    await setRole(trx, id, ownerId, 'editor')
    const transferred = await trx
      .updateTable('worlds')
      .set({ ownerId: userId })
      .where('id', '=', id)
      .returning(['id', 'displayName', 'version'])
      .executeTakeFirstOrThrow()
    await recordEvent(trx, actor, {
      action: 'world.transfer',
      subject: { kind: 'world', id, name: world.displayName },
      details: { to: member.displayName, userId },
    })
    await recordChanges(trx, actor, id, [
      worldChange('update', transferred, { ownerId }),
      memberChange('update', member),
      memberChange('update', owner),
    ])
    return await findWorldById(trx, principal, id)
  })
}

interface Member {
  readonly userId: string
  readonly displayName: string
  readonly role: WorldRole
}

async function lockMember(trx: Database, worldId: string, userId: string): Promise<Member> {
  return await trx
    .selectFrom('worldMembers')
    .innerJoin('users', 'users.id', 'worldMembers.userId')
    .where('worldMembers.worldId', '=', worldId)
    .where('worldMembers.userId', '=', userId)
    .select(['worldMembers.userId', 'users.displayName', 'worldMembers.role'])
    .forUpdate('worldMembers')
    .executeTakeFirstOrThrow(() => new NotFoundError('member'))
}

async function setRole(trx: Database, worldId: string, userId: string, role: WorldRole): Promise<void> {
  await trx
    .updateTable('worldMembers')
    .set({ role })
    .where('worldId', '=', worldId)
    .where('userId', '=', userId)
    .execute()
}

/** @throws {LastOwnerError} also thrown by the database, against concurrent changes */
async function deleteMember(trx: Database, worldId: string, { userId, role }: Member): Promise<void> {
  if (role === 'owner') throw new LastOwnerError()
  await trx.deleteFrom('worldMembers').where('worldId', '=', worldId).where('userId', '=', userId).execute()
}

/** What was done to a member, who is given as they were before the change. */
export function memberChange(action: ChangeAction, { userId, displayName, role }: Member): Change {
  const member = { id: userId, kind: 'member', displayName, version: null } as const
  return changeOf(action, member, action === 'create' ? undefined : { role })
}

function subjectOf({ userId, displayName }: Member) {
  return { kind: 'user', id: userId, name: displayName }
}
