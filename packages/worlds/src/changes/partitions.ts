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
