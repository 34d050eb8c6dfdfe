import { sql } from 'kysely'
import type { Database } from './database.ts'

/**
 * A place in PostgreSQL's write-ahead log: what has been replayed up to there can be read.
 *
 * @see https://www.postgresql.org/docs/current/datatype-pg-lsn.html
 */
export type WalPosition = bigint

const written = /^([0-9A-F]{1,8})\/([0-9A-F]{1,8})$/i

/** @param text as PostgreSQL writes it: `16/B374D848` @returns undefined for anything else */
export function parseWalPosition(text: string): WalPosition | undefined {
  const [, high, low] = written.exec(text) ?? []
  return high && low ? (BigInt(`0x${high}`) << 32n) | BigInt(`0x${low}`) : undefined
}

export function formatWalPosition(position: WalPosition): string {
  return `${(position >> 32n).toString(16)}/${(position & 0xffffffffn).toString(16)}`.toUpperCase()
}

/**
 * A position behind everything that was committed before this was called.
 *
 * Up to there the log is on disk, and so on its way to replicas: what is beyond may stay where it is until somebody commits. If the
 * database does not wait for the disk, its commits may be there as well.
 */
export async function currentWalPosition(db: Database): Promise<WalPosition> {
  const { rows } = await sql<{ position: string }>`
    select case current_setting('synchronous_commit')
      when 'off' then pg_current_wal_insert_lsn() else pg_current_wal_flush_lsn()
    end::text as position`.execute(db)
  return parseWalPosition(rows[0]?.position ?? '') ?? 0n
}
