import type { Database } from '@worldloom/db'
import { sql } from 'kysely'

const perStatement = 10_000

/** Sums up how many edges entries have gained and lost since the last time. Several processes can do it at once. */
export async function sumDegrees(db: Database): Promise<number> {
  for (let summed = 0; ; ) {
    const { rows } = await sql<{ count: number }>`select sum_degrees(${perStatement}::int) as count`.execute(db)
    const count = rows[0]?.count ?? 0
    summed += count
    if (count < perStatement) return summed
  }
}
