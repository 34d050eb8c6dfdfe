import { BadCursorError } from '@worldloom/schema'
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

export function encodeCursor(list: string, { sortKey, id }: Position): string {
  return Buffer.from(JSON.stringify([list, sortKey, id])).toString('base64url')
}

/** @throws {BadCursorError} when it is malformed or of another list */
export function decodeCursor(list: string, cursor: string): Position {
  try {
    const [of, sortKey, id] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
    if (of === list && !sortKey.includes('\0')) return { sortKey, id }
  } catch {
    // Not base64url of JSON of the right shape: a bad cursor like any other.
  }
  throw new BadCursorError()
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
