import type { Database } from '@worldloom/db'
import { lastDays, type PeopleStatistics } from '@worldloom/schema'
import { sql } from 'kysely'
import { cumulative, type DayCount, dayOf, toSeries } from './series.ts'

/** Accounts, sign-ins and what was refused, by day. */
export async function countPeople(db: Database, days: number): Promise<PeopleStatistics> {
  const shown = lastDays(days)
  const from = new Date(`${shown[0]}T00:00:00Z`)
  const [created, before, signIns, failures, active] = await Promise.all([
    sql<DayCount>`
      select ${dayOf(sql`created_at`)} as day, 'People' as name, count(*)::int as count
      from users where created_at >= ${from} group by 1`.execute(db),
    sql<{ count: number }>`select count(*)::int as count from users where created_at < ${from}`.execute(db),
    // audit_events_action_idx
    sql<DayCount>`
      select ${dayOf(sql`at`)} as day, coalesce(details ->> 'provider', 'unknown') as name, count(*)::int as count
      from audit_events where action = 'signIn' and outcome = 'success' and at >= ${from} group by 1, 2`.execute(db),
    // audit_events_at_idx
    sql<DayCount>`
      select ${dayOf(sql`at`)} as day, action as name, count(*)::int as count
      from audit_events where outcome = 'failure' and at >= ${from} group by 1, 2`.execute(db),
    sql<PeopleStatistics['active']>`
      select count(distinct user_id) filter (where last_seen_at > now() - interval '1 day')::int as day,
        count(distinct user_id) filter (where last_seen_at > now() - interval '7 days')::int as week,
        count(distinct user_id) filter (where last_seen_at > now() - interval '30 days')::int as month
      from sessions`.execute(db),
  ])
  return {
    people: cumulative(toSeries(shown, created.rows, ['People']), before.rows[0]?.count ?? 0),
    signIns: toSeries(shown, signIns.rows),
    failures: toSeries(shown, failures.rows),
    active: active.rows[0] ?? { day: 0, week: 0, month: 0 },
  }
}
