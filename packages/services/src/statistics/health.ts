import type { Database } from '@worldloom/db'
import { type Health, lastDays } from '@worldloom/schema'
import { sql } from 'kysely'
import { cumulative, type DayCount, dayOf, toSeries } from './series.ts'

/** Storage, the database, and what works in the background. */
export async function readHealth(db: Database, days: number): Promise<Health> {
  const shown = lastDays(days)
  const from = new Date(`${shown[0]}T00:00:00Z`)
  const [storage, database, jobs] = await Promise.all([
    readStorage(db, shown, from),
    readDatabase(db),
    readJobs(db, shown, from),
  ])
  return { storage, database, jobs }
}

async function readStorage(db: Database, shown: readonly string[], from: Date): Promise<Health['storage']> {
  const [added, totals, tables] = await Promise.all([
    sql<DayCount>`
      select ${dayOf(sql`entities.created_at`)} as day, 'Bytes' as name, sum(images.byte_size)::float8 as count
      from images join entities on entities.id = images.id
      where images.byte_size is not null and entities.created_at >= ${from} group by 1`.execute(db),
    sql<{ databaseBytes: number; imageBytes: number; imageCount: number; before: number }>`
      select pg_database_size(current_database())::float8 as "databaseBytes",
        coalesce(sum(byte_size), 0)::float8 as "imageBytes", count(byte_size)::int as "imageCount",
        coalesce(sum(byte_size) filter (where entities.created_at < ${from}), 0)::float8 as before
      from images join entities on entities.id = images.id`.execute(db),
    // Partitions are counted with their table.
    sql<Health['storage']['tables'][number]>`
      select coalesce(pg_partition_root(oid)::regclass::text, relname) as name,
        sum(pg_total_relation_size(oid))::float8 as bytes, sum(greatest(reltuples, 0))::float8 as rows
      from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
      group by 1 order by bytes desc limit 12`.execute(db),
  ])
  const { before = 0, databaseBytes = 0, imageBytes = 0, imageCount = 0 } = totals.rows[0] ?? {}
  return {
    images: cumulative(toSeries(shown, added.rows, ['Bytes']), before),
    ...{ databaseBytes, imageBytes, imageCount },
    tables: tables.rows,
  }
}

async function readDatabase(db: Database): Promise<Health['database']> {
  const { rows } = await sql<Health['database']>`
    select current_setting('server_version') as version, pg_postmaster_start_time() as "startedAt",
      (select count(*)::int from pg_stat_activity where datname = current_database()) as connections,
      current_setting('max_connections')::int as "maxConnections",
      coalesce(blks_hit::float8 / nullif(blks_hit + blks_read, 0), 1) as "cacheHits",
      (
        select coalesce(extract(epoch from max(now() - xact_start)), 0)::float8
        from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
      ) as "longestTransaction",
      deadlocks::int
    from pg_stat_database where datname = current_database()`.execute(db)
  const [found] = rows
  if (!found) throw new Error('the database says nothing of itself')
  return found
}

async function readJobs(db: Database, shown: readonly string[], from: Date): Promise<Health['jobs']> {
  const [deliveries, counts] = await Promise.all([
    // webhook_deliveries_at_idx
    sql<DayCount>`
      select ${dayOf(sql`at`)} as day, case when status between 200 and 299 then 'Arrived' else 'Failed' end as name,
        count(*)::int as count
      from webhook_deliveries where at >= ${from} group by 1, 2`.execute(db),
    sql<Omit<Health['jobs'], 'deliveries'>>`
      select (select count(*)::int from webhooks where failures > 0 or off_because in ('failures', 'gone')) as "failingWebhooks",
        (select count(*)::int from degree_changes) as "waitingDegrees",
        (
          select count(*)::int from search_documents join worlds on worlds.id = search_documents.world_id
          where search_documents.language <> worlds.language
        ) as "waitingDocuments",
        (select count(*)::int from messages where status = 'streaming') as "runningAnswers",
        (
          select max(substring(pg_get_expr(relpartbound, oid) from 'TO \\(''([0-9-]+)'))
          from pg_class where relispartition and pg_partition_root(oid) = 'changes'::regclass and relkind = 'r'
        ) as "changesUntil"`.execute(db),
  ])
  const [found] = counts.rows
  if (!found) throw new Error('the counts of jobs are missing')
  return { deliveries: toSeries(shown, deliveries.rows, ['Arrived', 'Failed']), ...found }
}
