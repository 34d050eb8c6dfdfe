import type { Database, DB } from '@worldloom/db'
import type { Calendar } from '@worldloom/schema'
import { type ExpressionBuilder, sql } from 'kysely'

/** The columns of a world in lists: without `body`, which `byId` has, and `deletedAt`, which the trash has. */
export const worldSummaryColumns = [
  'worlds.id',
  'worlds.ownerId',
  'worlds.name',
  'worlds.displayName',
  'worlds.description',
  'worlds.visibility',
  'worlds.language',
  'worlds.version',
  'worlds.createdAt',
  'worlds.updatedAt',
] as const

export const worldColumns = [
  ...worldSummaryColumns,
  'worlds.body',
  // As updateWorld has checked it.
  sql<Calendar | null>`worlds.calendar`.as('calendar'),
] as const

/**
 * Worlds that the reader may see and that are not deleted, with the reader's role: authorised and read in one
 * statement. Other people's private worlds are not among them.
 */
export function selectReadableWorlds(db: Database, userId: string) {
  return db
    .selectFrom('worlds')
    .leftJoin('worldMembers', (join) =>
      join.onRef('worldMembers.worldId', '=', 'worlds.id').on('worldMembers.userId', '=', userId),
    )
    .where('worlds.deletedAt', 'is', null)
    .where(isReadable)
    .select('worldMembers.role')
}

/** Members may read, and everybody if the world is not private. */
export function isReadable(eb: ExpressionBuilder<DB, 'worlds' | 'worldMembers'>) {
  return eb.or([eb('worldMembers.role', 'is not', null), eb('worlds.visibility', '!=', 'private')])
}
