import type { Database, DB } from '@worldloom/db'
import type { ExpressionBuilder } from 'kysely'

/** What a list shows of a world; `body` is left to `byId`, `deletedAt` to the trash. */
export const worldSummaryColumns = [
  'worlds.id',
  'worlds.ownerId',
  'worlds.name',
  'worlds.displayName',
  'worlds.description',
  'worlds.visibility',
  'worlds.version',
  'worlds.createdAt',
  'worlds.updatedAt',
] as const

export const worldColumns = [...worldSummaryColumns, 'worlds.body'] as const

/**
 * Worlds with the reader's role in them, in use, that the reader may see: authorised and read in one
 * statement. Somebody else's private world is simply not among them.
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

/** Members may read, and everybody where the world is not private. */
export function isReadable(eb: ExpressionBuilder<DB, 'worlds' | 'worldMembers'>) {
  return eb.or([eb('worldMembers.role', 'is not', null), eb('worlds.visibility', '!=', 'private')])
}
