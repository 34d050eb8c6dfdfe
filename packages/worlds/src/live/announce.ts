import type { Database } from '@worldloom/db'
import { sql } from 'kysely'

/** Says that a world has changes to be read. The payload is the world's id. */
export const worldChannel = 'world_changed'

/** For how many milliseconds announcements are gathered. */
const gathering = 10

/** Says that something was proposed in a world, or decided. The payload is the world's id. */
export const proposalsChannel = 'world_proposals'

type Channel = typeof worldChannel | typeof proposalsChannel

/** The worlds to be announced next, by channel, by pool. */
const waiting = new WeakMap<Database, Record<Channel, Set<string>>>()

/**
 * Notifies every process that there is more to read in a world's change log, or of what is proposed in it: after that is committed,
 * and once for all of a moment. Within transactions, `NOTIFY` would have all commits to the database wait for each other.
 *
 * If this process ends before, or the connection fails, readers find out when they next look for themselves
 * ({@link LiveWorlds}).
 */
export function announce(db: Database, channel: Channel, worldId: string): void {
  const known = waiting.get(db)
  if (known) {
    known[channel].add(worldId)
    return
  }
  const worldIds = { [worldChannel]: new Set<string>(), [proposalsChannel]: new Set<string>() }
  worldIds[channel].add(worldId)
  waiting.set(db, worldIds)
  setTimeout(() => {
    waiting.delete(db)
    // PostgreSQL commits a notification like a change. Nothing is to be kept, so nothing waits for the disk.
    sql`select set_config('synchronous_commit', 'off', true), pg_notify(channel, id)
      from (
        select ${worldChannel}, unnest(${[...worldIds[worldChannel]]}::text[])
        union all
        select ${proposalsChannel}, unnest(${[...worldIds[proposalsChannel]]}::text[])
      ) as announced (channel, id)`
      .execute(db)
      // Not lost, only later: see above.
      .catch(() => undefined)
  }, gathering)
}
