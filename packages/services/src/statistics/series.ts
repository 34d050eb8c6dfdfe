import type { Series } from '@worldloom/schema'
import { type RawBuilder, sql } from 'kysely'

/** A count on a day (UTC), as `2026-11-27`. */
export interface DayCount {
  readonly day: string
  readonly name: string
  readonly count: number
}

/** Of a `timestamptz`: its day (UTC). */
export function dayOf(column: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`to_char(${column} at time zone 'utc', 'YYYY-MM-DD')`
}

/** Rows as lines, the largest first; days without a row count 0. @param names lines that are there in any case */
export function toSeries(days: readonly string[], rows: readonly DayCount[], names: readonly string[] = []): Series {
  const index = new Map(days.map((day, at) => [day, at]))
  const lines = new Map(names.map((name) => [name, days.map(() => 0)]))
  for (const { day, name, count } of rows) {
    const at = index.get(day)
    if (at === undefined) continue
    const counts = lines.get(name) ?? days.map(() => 0)
    counts[at] = (counts[at] ?? 0) + count
    lines.set(name, counts)
  }
  const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0)
  const sorted = [...lines].map(([name, counts]) => ({ name, counts }))
  return {
    days,
    lines: names.length > 0 ? sorted : sorted.toSorted((one, other) => total(other.counts) - total(one.counts)),
  }
}

/** Sums from day to day. @param before what there was before the first of them */
export function cumulative({ days, lines }: Series, before: number): Series {
  return {
    days,
    lines: lines.map(({ name, counts }) => {
      let sum = before
      return {
        name,
        counts: counts.map((count) => {
          sum += count
          return sum
        }),
      }
    }),
  }
}
