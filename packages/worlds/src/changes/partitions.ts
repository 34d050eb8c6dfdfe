import type { Database } from '@worldloom/db'
import { sql } from 'kysely'

/** How many months ahead the change log has partitions. Changes later than that go to the default one until it is split. */
const monthsAhead = 2

/** Makes the change log's partitions of this month and the next ones. To be run at the start and now and then. */
export async function ensureChangePartitions(db: Database): Promise<void> {
  for (let month = 0; month <= monthsAhead; month++) {
    await sql`select ensure_changes_partition((now() + make_interval(months => ${month}))::date)`.execute(db)
  }
}

/**
 * Drops the months of the change log that are over for longer than it is kept.
 *
 * @param retention seconds
 * @returns the names of the partitions dropped
 */
export async function dropOldChangePartitions(db: Database, retention: number): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select child.relname as name
    from pg_inherits join pg_class child on child.oid = inhrelid
    where inhparent = 'changes'::regclass
      and child.relname ~ '^changes_[0-9]{4}_[0-9]{2}$'
      and to_date(right(child.relname, 7), 'YYYY_MM') + interval '1 month' < now() - make_interval(secs => ${retention})
    order by child.relname`.execute(db)
  for (const { name } of rows) await sql`drop table ${sql.id(name)}`.execute(db)
  return rows.map(({ name }) => name)
}
