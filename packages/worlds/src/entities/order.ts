import type { Database } from '@worldloom/db'
import { BadInputError } from '@worldloom/schema'
import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing'
import { sql } from 'kysely'

/**
 * A table whose rows are ordered within a parent. Positions are strings sorted by their bytes. There is always room
 * between two of them, so inserting one changes no other row.
 *
 * @see https://www.figma.com/blog/realtime-editing-of-ordered-sequences/
 */
export interface OrderedTable {
  readonly table: string
  /** The parent's column. */
  readonly within: string
  /** The item's column. */
  readonly item: string
  /** What the items are called, for messages. */
  readonly noun: string
}

/** Repeated insertion at one place makes positions longer. Past this length all are spaced out anew. */
const longestPosition = 80

/**
 * Finds the position after an item; first for null, last if omitted. The parent must be locked already, so that
 * concurrent moves wait and see the outcome.
 *
 * @throws {BadInputError} if the parent has no such item
 */
export async function positionAfter(
  db: Database,
  ordered: OrderedTable,
  withinId: string,
  afterId: string | null | undefined,
): Promise<string> {
  const [before, after] = await neighbours(db, ordered, withinId, afterId)
  const position = generateKeyBetween(before, after)
  if (position.length <= longestPosition) return position
  await spaceOut(db, ordered, withinId)
  return generateKeyBetween(...(await neighbours(db, ordered, withinId, afterId)))
}

async function neighbours(
  db: Database,
  { table, within, item, noun }: OrderedTable,
  withinId: string,
  afterId: string | null | undefined,
): Promise<[string | null, string | null]> {
  const rows = sql`${sql.table(table)} where ${sql.ref(within)} = ${withinId}`
  if (afterId === null) {
    const { first } = await one<{ first: string | null }>(db, sql`select min(position) as first from ${rows}`)
    return [null, first]
  }
  if (afterId === undefined) {
    const { last } = await one<{ last: string | null }>(db, sql`select max(position) as last from ${rows}`)
    return [last, null]
  }
  const { here } = await one<{ here: string | null }>(
    db,
    sql`select (
      select position from ${rows} and ${sql.ref(item)} = ${afterId}
      and exists (select from entities where id = ${afterId} and deleted_at is null)
    ) as here`,
  )
  if (here === null) {
    throw new BadInputError({ afterId: [`No such ${noun} here; it may have been moved or deleted`] })
  }
  // Items in the trash keep their place.
  const { next } = await one<{ next: string | null }>(
    db,
    sql`select min(position) as next from ${rows} and position > ${here}`,
  )
  return [here, next]
}

async function spaceOut(db: Database, { table, within, item }: OrderedTable, withinId: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select ${sql.ref(item)} as id from ${sql.table(table)} where ${sql.ref(within)} = ${withinId} order by position
  `.execute(db)
  const ids = rows.map(({ id }) => id)
  // In one statement, as uniqueness is checked at its end.
  await sql`
    update ${sql.table(table)} as moved set position = spaced.position
    from unnest(${ids}::uuid[], ${generateNKeysBetween(null, null, ids.length)}::text[]) as spaced (id, position)
    where ${sql.ref(`moved.${within}`)} = ${withinId} and ${sql.ref(`moved.${item}`)} = spaced.id
  `.execute(db)
}

async function one<Row>(db: Database, query: ReturnType<typeof sql<Row>>): Promise<Row> {
  const [row] = (await query.execute(db)).rows
  if (!row) throw new Error('an aggregate answered nothing')
  return row
}
