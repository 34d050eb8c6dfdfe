import type { KnownPrincipal } from '@worldloom/auth'
import { type Database, decodeCursor, isAfter, timeKey, toPage } from '@worldloom/db'
import { type EntityKind, entityKinds, type worldTrashInput } from '@worldloom/schema'
import { sql } from 'kysely'
import type { z } from 'zod'
import { requireRole } from './authorize.ts'
import { findWorldById } from './read.ts'

/** How many entries of each kind a world has, and the most recently updated ones. @throws {NotFoundError} */
export async function overviewWorld(db: Database, principal: KnownPrincipal, id: string) {
  await findWorldById(db, principal, id)
  const [counted, recent, members] = await Promise.all([
    db.selectFrom('entityCounts').select(['kind', 'count']).where('worldId', '=', id).execute(),
    db
      // entities_changed_idx
      .selectFrom('entities')
      .select(['id', 'kind', 'name', 'displayName', 'updatedAt'])
      .where('worldId', '=', id)
      .where('deletedAt', 'is', null)
      .orderBy('updatedAt', 'desc')
      .orderBy('id', 'desc')
      .limit(8)
      .execute(),
    db
      .selectFrom('worldMembers')
      .select(sql<number>`count(*)::int`.as('count'))
      .where('worldId', '=', id)
      .executeTakeFirstOrThrow(),
  ])
  const counts = Object.fromEntries(
    entityKinds.map((kind) => [kind, counted.find((row) => row.kind === kind)?.count ?? 0]),
  ) as Record<EntityKind, number> // all of them, one by one
  return { counts, recent, members: members.count }
}

const deletedKey = timeKey(sql`entities.deleted_at`)

/** The trash of a world, most recent first. What went there with an entry is counted with it. */
export async function listTrash(
  db: Database,
  principal: KnownPrincipal,
  { id, limit, cursor }: z.output<typeof worldTrashInput>,
) {
  const { role } = await findWorldById(db, principal, id)
  requireRole(role, 'editor')
  const list = JSON.stringify(['trash', id])
  let query = db
    // entities_trash_idx
    .selectFrom('entities')
    .select(['entities.id', 'entities.kind', 'entities.name', 'entities.displayName', 'entities.deletedAt'])
    .select((eb) => [
      deletedKey.text.as('sortKey'),
      eb
        .selectFrom('entities as along')
        .whereRef('along.deletedWith', '=', 'entities.id')
        .select(sql<number>`count(*)::int`.as('count'))
        .as('along'),
    ])
    .where('entities.worldId', '=', id)
    .where('entities.deletedAt', 'is not', null)
    .where('entities.deletedWith', 'is', null)
    .orderBy('entities.deletedAt', 'desc')
    .orderBy('entities.id', 'desc')
    .limit(limit + 1)
  if (cursor) query = query.where(isAfter(deletedKey, sql`entities.id`, 'desc', decodeCursor(list, cursor, deletedKey)))
  return toPage(list, await query.$narrowType<{ deletedAt: Date; along: number }>().execute(), limit)
}
