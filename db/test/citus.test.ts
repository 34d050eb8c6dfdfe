import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { cloneTestDatabase } from '../src/testing/index.ts'

/**
 * Holds the schema to what Citus documents of distributed tables, as docs/scaling.md says how they would be distributed: nobody has run it.
 *
 * @see https://docs.citusdata.com/en/stable/develop/reference_ddl.html
 */
const document = await readFile(new URL('../../docs/scaling.md', import.meta.url), 'utf8')
const database = await cloneTestDatabase()
afterAll(() => database.drop())

/** The names in backquotes of the paragraph that begins so. */
function listed(beginning: string): Set<string> {
  const paragraph = document.split(/\n\n|\n- /).find((part) => part.replace(/^- /, '').startsWith(beginning))
  if (!paragraph) throw new Error(`docs/scaling.md has no paragraph that begins with “${beginning}”.`)
  const [, names = ''] = paragraph.split(/:\s/, 2)
  return new Set([...names.matchAll(/`([a-z_]+)`/g)].map(([, name]) => name ?? ''))
}

const distributed = listed('**Distributed by `world_id`**')
const reference = listed('**Reference tables**')
const local = listed('**On the coordinator**')
/** Keys that do not carry `world_id`, with what becomes of them: the first column of a table. */
const exceptions = new Set([...document.matchAll(/^\| `([a-z_]+)` +\|/gm)].map(([, name]) => name ?? ''))

interface Key {
  table: string
  name: string
  columns: string[]
}
interface ForeignKey extends Key {
  target: string
  targetColumns: string[]
}

const columnsOf = (numbers: string, relation: string) =>
  sql.raw(`(select array_agg(a.attname::text order by k.ordinality) from unnest(${numbers}) with ordinality as k (number, ordinality)
    join pg_attribute a on a.attrelid = ${relation} and a.attnum = k.number)`)
const { rows: tables } = await sql<{ name: string; hasWorld: boolean }>`
  select c.relname as name, exists (
    select from pg_attribute a where a.attrelid = c.oid and a.attname = 'world_id' and not a.attisdropped
  ) as has_world
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and c.relname not like 'kysely%'`.execute(database.db)
const { rows: keys } = await sql<Key>`
  select c.relname as table, i.relname as name, ${columnsOf('x.indkey::int2[]', 'c.oid')} as columns
  from pg_index x join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
  where x.indisunique and c.relnamespace = 'public'::regnamespace and not c.relispartition
    and c.relname not like 'kysely%'`.execute(database.db)
const { rows: foreignKeys } = await sql<ForeignKey>`
  select c.relname as table, k.conname as name, ${columnsOf('k.conkey', 'c.oid')} as columns,
    t.relname as target, ${columnsOf('k.confkey', 't.oid')} as target_columns
  from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class t on t.oid = k.confrelid
  where k.contype = 'f' and c.relnamespace = 'public'::regnamespace and not c.relispartition`.execute(database.db)

/** The column that says on which shard a row is. */
const shardColumn = (table: string) => (table === 'worlds' ? 'id' : 'world_id')

describe('docs/scaling.md', () => {
  test('says of every table where it would be, and of none that there is not', () => {
    const all = [...distributed, ...reference, ...local]
    expect(all.toSorted()).toEqual(tables.map(({ name }) => name).toSorted())
    expect(new Set(all).size).toBe(all.length)
  })

  test('distributes only what has the world in each row, and lists why what has is not', () => {
    for (const { name, hasWorld } of tables) {
      if (distributed.has(name) && name !== 'worlds') expect(hasWorld, name).toBe(true)
    }
  })

  test('lists every key of a world’s tables that does not carry world_id, and no other', () => {
    const without = keys
      .filter(({ table, columns }) => distributed.has(table) && !(columns ?? []).includes(shardColumn(table)))
      .map(({ name }) => name)
    const crossing = foreignKeys
      .filter(({ table, target, columns, targetColumns }) => {
        if (reference.has(target)) return false
        if (!distributed.has(table)) return distributed.has(target)
        if (!distributed.has(target)) return true
        const index = columns.indexOf(shardColumn(table))
        return index === -1 || targetColumns[index] !== shardColumn(target)
      })
      .map(({ name }) => name)
    expect([...exceptions].toSorted()).toEqual([...without, ...crossing].toSorted())
  })

  test('has no reference table that refers to a distributed one', () => {
    const wrong = foreignKeys.filter(({ table, target }) => reference.has(table) && !reference.has(target))
    expect(wrong).toEqual([])
  })
})
