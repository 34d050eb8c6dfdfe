import { BadCursorError, maxPageSize } from '@worldloom/schema'
import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Database } from './database.ts'

/**
 * Where a page of a list ended: the sort values of its last row. A cursor names its list (with order and filters) and
 * is refused by any other.
 */
const cursorSchema = z.tuple([z.string(), z.string(), z.guid()])

export interface Position {
  readonly sortKey: string
  readonly id: string
}

function encodeCursor(list: string, { sortKey, id }: Position): string {
  return Buffer.from(JSON.stringify([list, sortKey, id])).toString('base64url')
}

/** Where a page begins: after these values. */
export interface PageStart {
  readonly value: unknown
  readonly id: string
}

/** @throws {BadCursorError} if it is malformed or belongs to another list */
export function decodeCursor(list: string, cursor: string, key: SortKey): PageStart {
  try {
    const [of, sortKey, id] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
    const value = key.parse(sortKey)
    if (of === list && value !== undefined) return { value, id }
  } catch {
    // Not base64url, or not JSON of the right shape.
  }
  throw new BadCursorError()
}

/** Whether a cursor is of this list: one procedure can have several. */
export function isCursorOf(list: string, cursor: string): boolean {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))[0] === list
  } catch {
    // decodeCursor says what is wrong with it.
    return false
  }
}

/** What a list is sorted by, before the id: in SQL, as text in a cursor, and parsed again. */
export interface SortKey {
  readonly expression: RawBuilder<unknown>
  readonly text: RawBuilder<string>
  /** PostgreSQL's name of its type. */
  readonly type: 'timestamptz' | 'text' | 'uuid' | 'date' | 'bigint' | 'double precision'
  /** @returns undefined for what such a list can't have produced */
  readonly parse: (text: string) => unknown
}

/** @param column a `timestamptz(3)`: it fits milliseconds exactly */
export function timeKey(column: RawBuilder<unknown>): SortKey {
  return {
    expression: column,
    text: sql<string>`(extract(epoch from ${column}) * 1000)::bigint::text`,
    type: 'timestamptz',
    parse: (text) => {
      const milliseconds = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
      return milliseconds < Date.UTC(9999, 0) ? new Date(milliseconds) : undefined
    },
  }
}

export function textKey(expression: RawBuilder<unknown>): SortKey {
  return {
    expression,
    text: sql<string>`${expression}`,
    type: 'text',
    parse: (text) => (text.isWellFormed() && !text.includes('\0') ? text : undefined),
  }
}

/** For lists in order of id, which is the order of creation. */
export const idKey: SortKey = {
  expression: sql`id`,
  text: sql<string>`id::text`,
  type: 'uuid',
  parse: (text) => (z.uuid().safeParse(text).success ? text : undefined),
}

/** For a world's changes, by their position. */
export const positionKey: SortKey = {
  expression: sql`position`,
  text: sql<string>`position::text`,
  type: 'bigint',
  parse: (text) => (/^\d{1,18}$/.test(text) ? text : undefined),
}

/** The rows after a position, by a row comparison that an index on both columns can answer. */
export function isAfter(
  key: SortKey,
  id: RawBuilder<unknown>,
  order: 'asc' | 'desc',
  start: PageStart,
): RawBuilder<boolean> {
  const position = sql`(${start.value}::${sql.raw(key.type)}, ${start.id}::uuid)`
  return order === 'asc'
    ? sql<boolean>`(${key.expression}, ${id}) > ${position}`
    : sql<boolean>`(${key.expression}, ${id}) < ${position}`
}

/**
 * The first rows of an ordered query. For a limit that is a parameter, PostgreSQL plans for a tenth of all rows; with a
 * constant inside, it plans for a page.
 *
 * @param limit at most {@link maxPageSize} + 1
 */
export function firstRows<Tables, Table extends keyof Tables, Row extends object>(
  db: Pick<Database, 'selectFrom'>,
  query: SelectQueryBuilder<Tables, Table, Row>,
  limit: number,
) {
  return db
    .selectFrom(query.limit(sql.lit(maxPageSize + 1)).as('page'))
    .selectAll()
    .limit(sql<number>`${limit}::int`)
    .$castTo<Row>() // the query's columns, which selectAll() can't type while the tables are generic
}

/** Makes a page from the rows read, which are one more than it holds. */
export function toPage<Row extends Position>(list: string, rows: Row[], limit: number) {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return {
    items: items.map(({ sortKey: _, ...item }) => item),
    nextCursor: rows.length > limit && last ? encodeCursor(list, last) : null,
  }
}
