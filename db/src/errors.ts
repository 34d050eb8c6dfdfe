import pg from 'pg'
import { NoWritableHostError } from './hosts.ts'

/** What a failed statement means to the caller, if anything. */
export type DatabaseFault =
  | { readonly kind: 'unique'; readonly table: string; readonly field: string }
  /** A row refers to one that does not exist, or is still referred to. */
  | { readonly kind: 'reference' }
  | { readonly kind: 'unavailable' }
  /** Text that can't be stored: NUL or a lone surrogate. */
  | { readonly kind: 'badText' }
  /** There would be no administrator left, or a world would have no owner: db/migrations/0004_access.sql. */
  | { readonly kind: 'lastAdmin' }
  | { readonly kind: 'lastOwner' }
  /** A deadlock, which PostgreSQL resolved by aborting this transaction. */
  | { readonly kind: 'deadlock' }

/**
 * Classes and codes of https://www.postgresql.org/docs/current/errcodes-appendix.html. 25006: the primary has become a replica.
 */
const unavailableCodes = /^(08...|53...|57P0[1-4]|57014|25P0[3-4]|25006)$/

const systemCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
])

/** pg reports connection failures as plain errors. */
const connectionMessages =
  /Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Query read timeout|Client was closed/

export function databaseFault(error: unknown): DatabaseFault | undefined {
  if (error instanceof pg.DatabaseError) {
    if (error.code === '23505') {
      const { table = '', constraint = '' } = error
      // Unique indexes are named <table>_<field>_key.
      return { kind: 'unique', table, field: constraint.slice(table.length + 1).replace(/_key$/, '') }
    }
    if (error.code === '23503') return { kind: 'reference' }
    if (error.code === '22021' || error.code === '22P05') return { kind: 'badText' }
    if (error.code === 'WL001') return { kind: 'lastAdmin' }
    if (error.code === '40P01' || error.code === '40001') return { kind: 'deadlock' }
    if (error.code === 'WL002') return { kind: 'lastOwner' }
    return unavailableCodes.test(error.code ?? '') ? { kind: 'unavailable' } : undefined
  }
  if (error instanceof NoWritableHostError) return { kind: 'unavailable' }
  if (error instanceof AggregateError) return databaseFault(error.errors[0])
  if (!(error instanceof Error)) return undefined
  const code = 'code' in error ? String(error.code) : ''
  return systemCodes.has(code) || connectionMessages.test(error.message) ? { kind: 'unavailable' } : undefined
}
