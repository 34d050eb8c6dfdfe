import { BadCursorError } from '@worldloom/schema'
import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'

/**
 * Where a page of a list ended: the values it was ordered by, of its last row. A cursor names the list it
 * is of (with order and filters), and is refused by any other.
 */
const cursorSchema = z.tuple([z.string(), z.string(), z.uuid()])

export interface Position {
  readonly sortKey: string
  readonly id: string
}

function encodeCursor(list: string, { sortKey, id }: Position): string {
  return Buffer.from(JSON.stringify([list, sortKey, id])).toString('base64url')
}

/** @throws {BadCursorError} when it is malformed or of another list */
export function decodeCursor(list: string, cursor: string): Position {
  try {
    const [of, sortKey, id] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
    if (of === list) return { sortKey, id }
  } catch {
    // Not base64url of JSON of the right shape: a bad cursor like any other.
  }
  throw new BadCursorError()
}

/** What a list is ordered by, before the id: in SQL, as the text a cursor carries, and back. */
export interface SortKey {
  readonly expression: RawBuilder<unknown>
  readonly text: RawBuilder<string>
  /** @returns undefined for what can't have come from such a list */
  readonly parse: (text: string) => RawBuilder<unknown> | undefined
}

/** @param column a `timestamptz(3)`: it fits milliseconds exactly */
export function timeKey(column: RawBuilder<unknown>): SortKey {
  return {
    expression: column,
    text: sql<string>`(extract(epoch from ${column}) * 1000)::bigint::text`,
    parse: (text) => {
      const milliseconds = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
      return milliseconds < Date.UTC(9999, 0) ? sql`${new Date(milliseconds)}::timestamptz` : undefined
    },
  }
}

export function textKey(expression: RawBuilder<unknown>): SortKey {
  return {
    expression,
    text: sql<string>`${expression}`,
    parse: (text) => (text.isWellFormed() && !text.includes('\0') ? sql`${text}::text` : undefined),
  }
}

/** For lists in the order of their ids, which is that of creation. */
export const idKey: SortKey = {
  expression: sql`id`,
  text: sql<string>`id::text`,
  parse: (text) => (z.uuid().safeParse(text).success ? sql`${text}::uuid` : undefined),
}

/** The rows that come after a position: a comparison of rows, which an index on both columns answers. */
export function isAfter(
  key: SortKey,
  id: RawBuilder<unknown>,
  order: 'asc' | 'desc',
  position: Position,
): RawBuilder<boolean> {
  const value = key.parse(position.sortKey)
  if (!value) throw new BadCursorError()
  return order === 'asc'
    ? sql<boolean>`(${key.expression}, ${id}) > (${value}, ${position.id}::uuid)`
    : sql<boolean>`(${key.expression}, ${id}) < (${value}, ${position.id}::uuid)`
}

/** Turns one row more than the page holds into a page. */
export function toPage<Row extends Position>(list: string, rows: Row[], limit: number) {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return {
    items: items.map(({ sortKey: _, ...item }) => item),
    nextCursor: rows.length > limit && last ? encodeCursor(list, last) : null,
  }
}
