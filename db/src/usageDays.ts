import { sql } from 'kysely'

/** What is counted for limits is counted by days of UTC, as `date`. */
export const today = sql<string>`(now() at time zone 'utc')::date`

/** The first day of the month. */
export const thisMonth = sql<string>`date_trunc('month', now() at time zone 'utc')::date`
