import type { KnownPrincipal } from '@worldloom/auth'
import { type Database, decodeCursor, idKey, isAfter, toPage } from '@worldloom/db'
import { type ChangeSet, type changeSetListInput, NotFoundError } from '@worldloom/schema'
import { sql } from 'kysely'
import type { z } from 'zod'
import { requireMember } from '../changes/history.ts'
import { notFoundAs } from '../notFoundAs.ts'
import { selectChangeSets } from './select.ts'

/**
 * The change sets of a world, the latest first, a page at a time. For members of the world, as they name people.
 *
 * @throws {NotFoundError | BadCursorError}
 */
export async function listChangeSets(
  db: Database,
  principal: KnownPrincipal,
  { worldId, status, limit, cursor }: z.output<typeof changeSetListInput>,
): Promise<{ items: ChangeSet[]; nextCursor: string | null }> {
  await requireMember(db, principal, worldId)
  const list = JSON.stringify(['changeSets', worldId, status])
  let query = selectChangeSets(db)
    .where('changeSets.worldId', '=', worldId)
    .orderBy('changeSets.id', 'desc')
    .limit(limit + 1)
  if (status) query = query.where('changeSets.status', '=', status)
  if (cursor) {
    const id = sql`change_sets.id`
    query = query.where(isAfter({ ...idKey, expression: id }, id, 'desc', decodeCursor(list, cursor, idKey)))
  }
  const rows = await query.execute()
  return toPage(
    list,
    rows.map((row) => ({ ...row, sortKey: row.id })),
    limit,
  )
}

/** How many wait for a decision. @throws {NotFoundError} for anybody but members of the world */
export async function countChangeSets(
  db: Database,
  principal: KnownPrincipal,
  worldId: string,
): Promise<{ pending: number }> {
  await requireMember(db, principal, worldId)
  return await db
    .selectFrom('changeSets')
    .where('worldId', '=', worldId)
    .where('status', '=', 'pending')
    .select(sql<number>`count(*)::int`.as('pending'))
    .executeTakeFirstOrThrow()
}

/** @throws {NotFoundError} also for anybody but members of its world */
export async function findChangeSet(db: Database, principal: KnownPrincipal, id: string): Promise<ChangeSet> {
  const found = await selectChangeSets(db).where('changeSets.id', '=', id).executeTakeFirst()
  if (!found) throw new NotFoundError('change set')
  await requireMember(db, principal, found.worldId).catch(notFoundAs('change set'))
  return found
}
