import { type Database, preparedQuery } from '@worldloom/db'
import type { ChangeSubjectKind, HistoryItem } from '@worldloom/schema'
import { sql } from 'kysely'

/** A world's changes, as its members see them: without the values that were replaced. */
export function selectItems(db: Database, worldId: string) {
  return db
    .selectFrom('changes')
    .where('worldId', '=', worldId)
    .select([
      'position',
      'action',
      'subjectKind as kind',
      'subjectId',
      'subjectName',
      'version',
      'actorId as userId',
      'actorName as userName',
      'viaChat',
      'requestId',
      'changedAt',
      sql<string[]>`array(select jsonb_object_keys(previous))`.as('fields'),
    ])
}

type ItemRow = Awaited<ReturnType<ReturnType<typeof selectItems>['execute']>>[number]

export function toItem({ position, kind, ...item }: ItemRow): HistoryItem {
  return { ...item, position: Number(position), kind: kind as ChangeSubjectKind } // as recordChanges writes it
}

const itemsAfter = preparedQuery((db, given: { worldId: string; after: number; limit: number }) =>
  selectItems(db, given.worldId)
    .where('position', '>', sql<string>`${given.after}::bigint`)
    .orderBy('position')
    .limit(sql<number>`${given.limit}::int`),
)

/**
 * The first changes after a position, in order.
 *
 * @returns undefined if there is a change after the position, but the log does not have it any more
 */
export async function readItemsAfter(
  db: Database,
  worldId: string,
  after: number,
  limit: number,
): Promise<HistoryItem[] | undefined> {
  const items = (await itemsAfter(db, { worldId, after, limit })).map(toItem)
  const [first] = items
  return first && first.position !== after + 1 ? undefined : items
}

/** The position of the latest change to each of some worlds: 0 before the first. */
export async function readHeads(db: Database, worldIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('changeHeads')
    .select(['worldId', 'position'])
    .where('worldId', '=', sql<string>`any(${worldIds}::uuid[])`)
    .execute()
  return new Map(rows.map(({ worldId, position }) => [worldId, Number(position)]))
}
