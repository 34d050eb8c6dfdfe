import type { Database } from '@worldloom/db'
import { sql } from 'kysely'

/** Says that a world has changes to be read. The payload is the world's id. */
export const worldChannel = 'world_changed'

/** For how many milliseconds announcements are gathered. */
const gathering = 10

/** The worlds to be announced next, by pool. */
const waiting = new WeakMap<Database, Set<string>>()

/**
 * Notifies every process that there is more to read in a world's change log: after the change is committed, and once for
 * all changes of a moment. Within transactions, `NOTIFY` would have all commits to the database wait for each other.
 *
 * If this process ends before, or the connection fails, readers find the changes when they next look for themselves
 * ({@link LiveWorlds}).
 */
export function announceWorld(db: Database, worldId: string): void {
  const known = waiting.get(db)
  if (known) {
    known.add(worldId)
    return
  }
  const worldIds = new Set([worldId])
  waiting.set(db, worldIds)
  setTimeout(() => {
    waiting.delete(db)
    // PostgreSQL commits a notification like a change. Nothing is to be kept, so nothing waits for the disk.
    sql`select set_config('synchronous_commit', 'off', true), pg_notify(${worldChannel}, id)
      from unnest(${[...worldIds]}::text[]) as id`
      .execute(db)
      // Not lost, only later: see above.
      .catch(() => undefined)
  }, gathering)
}
