import { type Actor, type KnownPrincipal, recordEvent } from '@worldloom/auth'
import type { Database, DatabaseHandle } from '@worldloom/db'
import {
  ChangedError,
  ConflictError,
  NotFoundError,
  type WorldRole,
  type worldCreateInput,
  type worldUpdateInput,
} from '@worldloom/schema'
import { sql } from 'kysely'
import type { z } from 'zod'
import { displayNameAfter } from '../displayName.ts'
import { requireReach } from '../reach.ts'
import { requireRole } from './authorize.ts'
import { findWorldById } from './read.ts'
import { worldColumns } from './select.ts'

/**
 * Creates a world and makes its creator the owner, in one statement.
 *
 * @throws a unique violation of worlds_name_key, which becomes a TakenError
 */
export async function createWorld(db: Database, principal: KnownPrincipal, input: z.output<typeof worldCreateInput>) {
  refuseLimited(principal)
  const { displayName, ...fields } = input
  const world = await db
    .with('worlds', (cte) =>
      cte
        .insertInto('worlds')
        .values({ ...fields, displayName: displayName || fields.name, ownerId: principal.user.id })
        .returning(worldColumns),
    )
    .with('member', (cte) =>
      cte
        .insertInto('worldMembers')
        .columns(['worldId', 'userId', 'role'])
        .expression((eb) =>
          eb
            .selectFrom('worlds')
            .select(['worlds.id', 'worlds.ownerId', sql<WorldRole>`'owner'::world_role`.as('role')]),
        ),
    )
    .selectFrom('worlds')
    .select(worldColumns)
    .executeTakeFirstOrThrow()
  return { ...world, role: 'owner' satisfies WorldRole as WorldRole | null }
}

/**
 * Changes the given fields, if the version is still current.
 *
 * @throws {NotFoundError | RoleTooLowError | ChangedError}
 */
export async function updateWorld(db: Database, principal: KnownPrincipal, input: z.output<typeof worldUpdateInput>) {
  const { id, version, displayName, ...changes } = input
  requireReach(principal, id)
  const needed = changes.visibility === undefined ? 'editor' : 'owner'
  const updated = await db
    .updateTable('worlds')
    .from('worldMembers')
    .set((eb) => ({
      ...changes,
      displayName: displayName || displayNameAfter('worlds', changes.name, displayName === ''),
      // The trigger increments it; set here so that an update without fields is still a statement.
      version: eb.ref('worlds.version'),
    }))
    .whereRef('worldMembers.worldId', '=', 'worlds.id')
    .where('worldMembers.userId', '=', principal.user.id)
    .where('worldMembers.role', '>=', needed)
    .where('worlds.id', '=', id)
    .where('worlds.version', '=', version)
    .where('worlds.deletedAt', 'is', null)
    .returning([...worldColumns, 'worldMembers.role'])
    .executeTakeFirst()
  return updated ?? (await refuse(db, principal, id, needed))
}

/** Moves a world to the trash, if the version is still current. @throws as {@link updateWorld} */
export async function deleteWorld(
  db: DatabaseHandle['db'],
  actor: Actor,
  principal: KnownPrincipal,
  { id, version }: { id: string; version: number },
): Promise<{ id: string }> {
  requireReach(principal, id)
  return await db.transaction().execute(async (trx) => {
    const deleted = await trx
      .updateTable('worlds')
      .from('worldMembers')
      .set({ deletedAt: new Date() })
      .whereRef('worldMembers.worldId', '=', 'worlds.id')
      .where('worldMembers.userId', '=', principal.user.id)
      .where('worldMembers.role', '=', 'owner')
      .where('worlds.id', '=', id)
      .where('worlds.version', '=', version)
      .where('worlds.deletedAt', 'is', null)
      .returning(['worlds.id', 'worlds.displayName'])
      .executeTakeFirst()
    if (!deleted) return await refuse(trx, principal, id, 'owner')
    await recordEvent(trx, actor, { action: 'world.delete', subject: { kind: 'world', id, name: deleted.displayName } })
    return { id }
  })
}

/**
 * Restores one of the caller's own worlds from the trash.
 *
 * @throws {NotFoundError}, or a unique violation if its name has been taken meanwhile
 */
export async function restoreWorld(db: DatabaseHandle['db'], actor: Actor, principal: KnownPrincipal, id: string) {
  requireReach(principal, id)
  return await db.transaction().execute(async (trx) => {
    const restored = await trx
      .updateTable('worlds')
      .from('worldMembers')
      .set({ deletedAt: null })
      .whereRef('worldMembers.worldId', '=', 'worlds.id')
      .where('worldMembers.userId', '=', principal.user.id)
      .where('worldMembers.role', '=', 'owner')
      .where('worlds.id', '=', id)
      .where('worlds.deletedAt', 'is not', null)
      .returning([...worldColumns, 'worldMembers.role'])
      .executeTakeFirstOrThrow(() => new NotFoundError('world'))
    const subject = { kind: 'world', id, name: restored.displayName }
    await recordEvent(trx, actor, { action: 'world.restore', subject })
    return restored
  })
}

/** Finds out why a write matched no row. */
async function refuse(db: Database, principal: KnownPrincipal, id: string, needed: WorldRole): Promise<never> {
  const current = await findWorldById(db, principal, id)
  requireRole(current.role, needed)
  throw new ChangedError('world', current)
}

/** A key that is limited to some worlds could not see the one it creates. @throws {ConflictError} */
function refuseLimited(principal: KnownPrincipal): void {
  if (principal.kind === 'apiKey' && principal.worldIds) {
    throw new ConflictError('This API key is limited to certain worlds and cannot create others.')
  }
}
