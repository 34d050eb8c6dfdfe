import type { Database } from '@worldloom/db'

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
    .where(({ eb, or }) => or([eb('worldMembers.role', 'is not', null), eb('worlds.visibility', '!=', 'private')]))
    .select('worldMembers.role')
}
