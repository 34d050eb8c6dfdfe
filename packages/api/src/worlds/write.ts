import { type Actor, recordEvent } from '@worldloom/auth'
import type { Database, DatabaseHandle } from '@worldloom/db'
import {
  ChangedError,
  NotFoundError,
  RoleTooLowError,
  type WorldRole,
  type worldCreateInput,
  worldRoles,
  type worldUpdateInput,
} from '@worldloom/schema'
import { sql } from 'kysely'
import type { z } from 'zod'
import { findWorldById } from './read.ts'
import { worldColumns } from './select.ts'

/**
 * Makes a world and its maker the owner, in one statement.
 *
 * @throws a unique violation of worlds_name_key, which becomes a TakenError
 */
export async function createWorld(db: Database, userId: string, input: z.output<typeof worldCreateInput>) {
  const { displayName, ...fields } = input
  const world = await db
    .with('worlds', (cte) =>
      cte
        .insertInto('worlds')
        .values({ ...fields, displayName: displayName || fields.name, ownerId: userId })
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
 * Changes what is given, if the version is still the current one.
 *
 * @throws {NotFoundError | RoleTooLowError | ChangedError}
 */
export async function updateWorld(db: Database, userId: string, input: z.output<typeof worldUpdateInput>) {
  const { id, version, displayName, ...changes } = input
  const needed = changes.visibility === undefined ? 'editor' : 'owner'
  const updated = await db
    .updateTable('worlds')
    .from('worldMembers')
    .set((eb) => ({
      ...changes,
      displayName: displayName || displayNameAfter(changes.name, displayName === ''),
      // The trigger raises it; here so that an update of nothing is still a statement.
      version: eb.ref('worlds.version'),
    }))
    .whereRef('worldMembers.worldId', '=', 'worlds.id')
    .where('worldMembers.userId', '=', userId)
    .where('worldMembers.role', '>=', needed)
    .where('worlds.id', '=', id)
    .where('worlds.version', '=', version)
    .where('worlds.deletedAt', 'is', null)
    .returning([...worldColumns, 'worldMembers.role'])
    .executeTakeFirst()
  return updated ?? (await refuse(db, userId, id, needed))
}

/** A display name that was the name, or was emptied, goes with the name. */
function displayNameAfter(name: string | undefined, emptied: boolean) {
  const next = name === undefined ? sql<string>`worlds.name` : sql<string>`${name}`
  return emptied
    ? next
    : sql<string>`case when worlds.display_name = worlds.name then ${next} else worlds.display_name end`
}

/** Puts a world into the trash, if the version is still the current one. @throws as {@link updateWorld} */
export async function deleteWorld(
  db: DatabaseHandle['db'],
  actor: Actor,
  userId: string,
  { id, version }: { id: string; version: number },
): Promise<{ id: string }> {
  return await db.transaction().execute(async (trx) => {
    const deleted = await trx
      .updateTable('worlds')
      .from('worldMembers')
      .set({ deletedAt: new Date() })
      .whereRef('worldMembers.worldId', '=', 'worlds.id')
      .where('worldMembers.userId', '=', userId)
      .where('worldMembers.role', '=', 'owner')
      .where('worlds.id', '=', id)
      .where('worlds.version', '=', version)
      .where('worlds.deletedAt', 'is', null)
      .returning(['worlds.id', 'worlds.displayName'])
      .executeTakeFirst()
    if (!deleted) return await refuse(trx, userId, id, 'owner')
    await recordEvent(trx, actor, { action: 'world.delete', subject: { kind: 'world', id, name: deleted.displayName } })
    return { id }
  })
}

/**
 * Takes a world of one's own out of the trash.
 *
 * @throws {NotFoundError}, or a unique violation where its name was taken meanwhile
 */
export async function restoreWorld(db: DatabaseHandle['db'], actor: Actor, userId: string, id: string) {
  return await db.transaction().execute(async (trx) => {
    const restored = await trx
      .updateTable('worlds')
      .from('worldMembers')
      .set({ deletedAt: null })
      .whereRef('worldMembers.worldId', '=', 'worlds.id')
      .where('worldMembers.userId', '=', userId)
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

/** Says why a write found nothing to change. */
async function refuse(db: Database, userId: string, id: string, needed: WorldRole): Promise<never> {
  const current = await findWorldById(db, userId, id)
  if (!current.role || worldRoles.indexOf(current.role) < worldRoles.indexOf(needed)) throw new RoleTooLowError(needed)
  throw new ChangedError('world', current)
}
