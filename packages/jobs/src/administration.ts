import { type Database, decodeCursor, isAfter, type SortKey, timeKey, toPage } from '@worldloom/db'
import type { JobState, jobListInput } from '@worldloom/schema'
import { sql } from 'kysely'
import type { z } from 'zod'

/** The states of pg-boss, as we call them. */
const stateOf = sql<JobState>`case state when 'created' then 'waiting' when 'retry' then 'retrying' when 'active' then 'running'
  when 'completed' then 'done' else state::text end`

/** Queues of pg-boss itself. */
const own = sql`name not like '\\_\\_pgboss\\_\\_%'`

/** How many there are of each job, by state. */
export async function jobCounts(db: Database) {
  const { rows } = await sql<{
    name: string
    waiting: number
    retrying: number
    running: number
    done: number
    failed: number
    lastDoneAt: Date | null
    schedule: string | null
  }>`
    select queue.name, coalesce(counted.waiting, 0) as waiting, coalesce(counted.retrying, 0) as retrying,
      coalesce(counted.running, 0) as running, coalesce(counted.done, 0) as done, coalesce(counted.failed, 0) as failed,
      counted."lastDoneAt", (select cron from pgboss.schedule where schedule.name = queue.name) as schedule
    from pgboss.queue left join lateral (
      select
        count(*) filter (where state = 'created')::int as waiting, count(*) filter (where state = 'retry')::int as retrying,
        count(*) filter (where state = 'active')::int as running, count(*) filter (where state = 'completed')::int as done,
        count(*) filter (where state = 'failed')::int as failed,
        max(completed_on) filter (where state = 'completed') as "lastDoneAt"
      from pgboss.job where job.name = queue.name
    ) counted on true
    where ${own} order by queue.name`.execute(db)
  return { items: rows }
}

const createdKey: SortKey = timeKey(sql`date_trunc('milliseconds', created_on)`)

export type JobList = Awaited<ReturnType<typeof listJobs>>

/** Jobs, the latest first. What they were created with is not shown: it may be private. @throws {BadCursorError} */
export async function listJobs(db: Database, input: z.output<typeof jobListInput>) {
  const { limit, cursor, direction: _, ...filters } = input
  const list = `jobs:${JSON.stringify(filters)}`
  const after = cursor ? isAfter(createdKey, sql`id`, 'desc', decodeCursor(list, cursor, createdKey)) : sql`true`
  const { rows } = await sql<{
    id: string
    name: string
    state: JobState
    attempts: number
    mostAttempts: number
    createdAt: Date
    dueAt: Date
    startedAt: Date | null
    finishedAt: Date | null
    failure: string | null
    result: Record<string, number | string[]> | null
    sortKey: string
  }>`
    select id, name, ${stateOf} as state, case when started_on is null then 0 else retry_count + 1 end as attempts,
      retry_limit + 1 as "mostAttempts", created_on as "createdAt", start_after as "dueAt", started_on as "startedAt",
      completed_on as "finishedAt",
      case when state <> 'completed' then output ->> 'message' end as failure,
      case when state = 'completed' and output <> '{}' then output end as result,
      ${createdKey.text} as "sortKey"
    from pgboss.job
    where ${own} and ${filters.name === undefined ? sql`true` : sql`name = ${filters.name}`}
      and ${filters.state === undefined ? sql`true` : sql`${stateOf} = ${filters.state}`} and ${after}
    order by date_trunc('milliseconds', created_on) desc, id desc
    limit ${limit + 1}`.execute(db)
  return toPage(list, rows, limit)
}
