import type { Database } from '@worldloom/db'
import { sql } from 'kysely'

/** How many proposals wait for a decision in a world. */
export interface Proposals {
  readonly pending: number
}

/** How many proposals wait for a decision in each of some worlds. Those where none does are not in it. */
export async function readPending(db: Database, worldIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('changeSets')
    .where('status', '=', 'pending')
    .where('worldId', '=', sql<string>`any(${worldIds}::uuid[])`)
    .groupBy('worldId')
    .select(['worldId', sql<number>`count(*)::int`.as('pending')])
    .execute()
  return new Map(rows.map(({ worldId, pending }) => [worldId, pending]))
}
