import type { KnownPrincipal } from '@worldloom/auth'
import { containing, type Database } from '@worldloom/db'
import {
  BadInputError,
  type DateRange,
  type EntityDefinition,
  maxGroups,
  type TableCondition,
  type TableField,
  type TableRowExtras,
  type TableTally,
  tableFields,
  usualOrder,
} from '@worldloom/schema'
import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import { requireReach } from '../reach.ts'
import { findNearNames, searchNames } from '../search/named.ts'
import { calendarOf } from '../time/calendar.ts'
import { rangeIn } from '../time/timeline.ts'
import { findWorldById } from '../worlds/read.ts'
import { linkTables } from './read.ts'
import {
  type AnyEntity,
  ownColumn,
  referenceFields,
  selectReadable,
  selectReadableOfAnyKind,
  summaryColumns,
} from './select.ts'

type TableInput = z.output<EntityDefinition['tableInput']>
type TallyInput = z.output<EntityDefinition['tallyInput']>

/** How a field is sorted and grouped. */
interface Key {
  /** Null where there is nothing, which comes last. */
  readonly sort: RawBuilder<unknown>
  /** What the rows of a group share. */
  readonly value: RawBuilder<string | null>
  readonly name: RawBuilder<string | null>
}

const nothing = sql<null>`null::text`

function columnOf(definition: EntityDefinition, { name }: TableField): RawBuilder<unknown> {
  return name in definition.fields || name === definition.parent?.field
    ? ownColumn(definition, name)
    : sql.ref(`entities.${name}`)
}

function keyOf(definition: EntityDefinition, field: TableField): Key {
  const column = columnOf(definition, field)
  switch (field.type) {
    case 'text': {
      // It is in entities_name_key as it is, and never empty.
      if (field.name === 'name') return { sort: sql`lower(entities.name)`, value: sql`entities.name`, name: nothing }
      const value = sql<string | null>`nullif(${column}, '')`
      return { sort: sql`lower(${value})`, value, name: nothing }
    }
    case 'choice': {
      const keys = Object.keys(field.options ?? {})
      return { sort: sql`array_position(${keys}::text[], ${column}::text)`, value: sql`${column}::text`, name: nothing }
    }
    case 'reference': {
      const referred = (what: string) =>
        sql`(select ${sql.raw(what)} from entities referred where referred.id = ${column} and referred.deleted_at is null)`
      return {
        sort: referred('lower(referred.display_name)'),
        value: sql`${referred('referred.id')}::text`,
        name: sql`${referred('referred.display_name')}::text`,
      }
    }
    case 'worldDate': {
      const begins = sql`(select begins from world_dates where entity_id = entities.id and field = ${sql.lit(field.name)})`
      return { sort: begins, value: sql`${column}::text`, name: nothing }
    }
    default:
      return { sort: column, value: sql`${column}::text`, name: nothing }
  }
}

function conditionOf(
  definition: EntityDefinition,
  field: TableField,
  { is, values = [] }: TableCondition,
  daysFrom: (text: string) => DateRange,
): RawBuilder<unknown> {
  const column = columnOf(definition, field)
  const [value = ''] = values
  if (field.type === 'tags' || field.type === 'references') return listCondition(field, is, values)
  if (field.type === 'worldDate' && (is === 'from' || is === 'to')) {
    const { begins, ends } = daysFrom(value)
    const dates = sql`select from world_dates where entity_id = entities.id and field = ${sql.lit(field.name)}`
    return is === 'from'
      ? sql`exists (${dates} and world_dates.begins >= ${begins}::double precision)`
      : sql`exists (${dates} and world_dates.begins < ${ends}::double precision)`
  }
  switch (is) {
    case 'contains':
      return field.name === 'name'
        ? containing(value, ['entities.name', 'entities.display_name'])
        : sql`strpos(lower(${column}), lower(${value})) > 0`
    case 'is':
      return field.type === 'flag'
        ? sql`${column} = ${value === 'true'}::boolean`
        : sql`lower(${column}) = lower(${value})`
    case 'anyOf':
    case 'allOf':
      return sql`${column}::text = any (${values}::text[])`
    case 'noneOf':
      return sql`coalesce(${column}::text <> all (${values}::text[]), true)`
    case 'from':
      return field.type === 'day' ? sql`${column} >= ${value}::date` : sql`${column} >= ${value}::timestamptz`
    case 'to':
      // A day is meant to its end.
      return field.type === 'day'
        ? sql`${column} <= ${value}::date`
        : value.includes('T')
          ? sql`${column} <= ${value}::timestamptz`
          : sql`${column} < ${value}::timestamptz + interval '1 day'`
    case 'isEmpty':
    case 'isFilled': {
      const isEmpty = field.type === 'text' ? sql`coalesce(${column}, '') = ''` : sql`${column} is null`
      return is === 'isEmpty' ? isEmpty : sql`not (${isEmpty})`
    }
  }
}

/** What an entry has in a list, as ids: its tags, or what it is linked with. Without what is deleted. */
function selectList({ name, type }: TableField): {
  readonly from: RawBuilder<unknown>
  readonly id: RawBuilder<string>
} {
  const link = linkTables[type === 'tags' ? 'tagId' : name]
  if (!link) throw new TypeError(`there is no list ${name}`)
  const [of, by] = [sql.ref(`${link.table}.${link.of}`), sql.ref<string>(`${link.table}.${link.by}`)]
  const listed = sql.table(type === 'tags' ? 'tags' : 'entities')
  return {
    from: sql`from ${sql.table(link.table)} join ${listed} as listed on listed.id = ${by} and listed.deleted_at is null
      where ${of} = entities.id`,
    id: by,
  }
}

function listCondition(field: TableField, is: TableCondition['is'], ids: readonly string[]): RawBuilder<unknown> {
  const { from, id } = selectList(field)
  switch (is) {
    case 'anyOf':
      return sql`exists (select ${from} and ${id} = any (${ids}::uuid[]))`
    case 'noneOf':
      return sql`not exists (select ${from} and ${id} = any (${ids}::uuid[]))`
    case 'allOf':
      return sql.join(
        ids.map((each) => sql`exists (select ${from} and ${id} = ${each})`),
        sql` and `,
      )
    default:
      return is === 'isEmpty' ? sql`not exists (select ${from})` : sql`exists (select ${from})`
  }
}

/** The entries of a table in no order. @throws {BadInputError} for dates that are none */
async function selectRows(
  db: Database,
  principal: KnownPrincipal,
  definition: EntityDefinition,
  { worldId, search, where = [], groupBy, sort }: TallyInput & { readonly sort?: string },
) {
  const fields = tableFields(definition)
  const isOwn = (name: string) => name in definition.fields || name === definition.parent?.field
  const used = [...where.map(({ field }) => field), ...[groupBy, sort].filter((name) => name !== undefined)]
  const isDated = where.some(({ field }) => fields.some(({ name, type }) => name === field && type === 'worldDate'))
  // What these say of a world is not for those who may not see it.
  const world = isDated || search ? await findWorldById(db, principal, worldId) : undefined
  const found = search ? await findNamed(db, definition, worldId, search) : undefined
  // Joining the kind's own table takes several times as long as going through an index of all kinds.
  const readable = used.some(isOwn)
    ? selectReadable(db, definition, principal.user.id)
    : selectReadableOfAnyKind(db, principal.user.id)
  let query = readable.where('entities.worldId', '=', worldId).where('entities.kind', '=', sql.lit(definition.kind))
  if (found) query = query.where(found)
  for (const [index, condition] of where.entries()) {
    const field = fieldNamed(definition, condition.field)
    const days = (text: string) => rangeIn(calendarOf(world?.calendar ?? null), `where.${index}`, text)
    query = query.where(sql<boolean>`(${conditionOf(definition, field, condition, days)})`)
  }
  return query
}

/** The entries with these words in their names or, if there are none, with words that are near. */
async function findNamed(
  db: Database,
  definition: EntityDefinition,
  worldId: string,
  search: string,
): Promise<RawBuilder<boolean>> {
  const { all } = searchNames(worldId, definition.kind, search)
  const exact = await db
    .selectFrom('entities')
    .select('id')
    .where(all)
    .where('deletedAt', 'is', null)
    .limit(1)
    .executeTakeFirst()
  const near = exact ? undefined : await findNearNames(db, worldId, search)
  return near ? searchNames(worldId, definition.kind, search, near).all : all
}

/** Whether a world's entries of a kind are in an index by it. It is never empty. */
function isIndexed({ name, type }: TableField): boolean {
  return type === 'time' || name === 'name'
}

function fieldNamed(definition: EntityDefinition, wanted: string): TableField {
  const field = tableFields(definition).find(({ name }) => name === wanted)
  if (!field) throw new TypeError(`the input lets through a field ${wanted}`)
  return field
}

/**
 * Rows of a table of the entries of a kind: those from an offset on, in the order of the groups and of a field; what has nothing
 * there comes last.
 *
 * @throws {NotFoundError} if the caller may not see the world
 * @throws {BadInputError} for dates that are none in the calendar of the world
 */
export async function listTableRows<Row extends AnyEntity = AnyEntity>(
  db: Database,
  principal: KnownPrincipal,
  definition: EntityDefinition,
  input: TableInput,
): Promise<{ items: (Row & TableRowExtras)[] }> {
  requireReach(principal, input.worldId)
  const field = fieldNamed(definition, input.sort)
  const direction = sql.raw(input.order ?? usualOrder(field))
  const { sort } = keyOf(definition, field)
  const order: RawBuilder<unknown>[] = []
  if (input.groupBy) {
    const group = keyOf(definition, fieldNamed(definition, input.groupBy))
    order.push(sql`${group.sort} nulls last`, sql`${group.value}`)
  }
  order.push(
    isIndexed(field) ? sql`${sort} ${direction}` : sql`${sort} ${direction} nulls last`,
    ...(isIndexed(field) ? [] : [sql`lower(entities.name)`]),
    sql`entities.id ${direction}`,
  )
  const rows = await selectRows(db, principal, definition, input)
  const page = rows.select('entities.id').orderBy(sql.join(order)).limit(input.limit).offset(input.offset)
  const ids = (await page.execute()).map(({ id }) => id)
  if (ids.length === 0) {
    // Perhaps as the caller can't see the world.
    await findWorldById(db, principal, input.worldId)
    return { items: [] }
  }
  const lists = tableFields(definition)
    .filter(({ type }) => type === 'tags' || type === 'references')
    .map((list) => {
      const { from } = selectList(list)
      const name = list.type === 'tags' ? sql`listed.name` : sql`listed.display_name`
      return sql`${sql.lit(list.name)}, (
        select coalesce(jsonb_agg(jsonb_build_array(id, name)), '[]')
        from (select listed.id, ${name} as name ${from} order by lower(${name}), listed.id limit ${maxListed}) as few
      )`
    })
  const items = await selectReadable(db, definition, principal.user.id)
    .select(summaryColumns(definition))
    .select(sql<Record<string, [id: string, name: string][]>>`jsonb_build_object(${sql.join(lists)})`.as('listed'))
    .where('entities.id', '=', sql<string>`any(${ids}::uuid[])`)
    .orderBy(sql`array_position(${ids}::uuid[], entities.id)`)
    .$castTo<Row & { listed: Record<string, [id: string, name: string][]> }>() // the definition's columns
    .execute()
  const names = await findNames(db, definition, items)
  return {
    items: items.map(({ listed, ...row }) => {
      const entries = Object.values(listed).flat()
      const item = row as unknown as Row // without what was added
      return {
        ...item,
        lists: Object.fromEntries(Object.entries(listed).map(([name, list]) => [name, list.map(([id]) => id)])),
        names: { ...namesIn(definition, item, names), ...Object.fromEntries(entries) },
      }
    }),
  }
}

/** How many tags and linked entries a row tells. */
const maxListed = 20

/** The ids of what an entry refers to by its own fields. */
function referredIds(definition: EntityDefinition, item: object): string[] {
  const values = new Map<string, unknown>(Object.entries(item))
  const { parent } = definition
  return [...(parent ? [parent] : []), ...referenceFields(definition)].flatMap(({ field }) => {
    const id = values.get(field)
    return typeof id === 'string' ? [id] : []
  })
}

async function findNames(
  db: Database,
  definition: EntityDefinition,
  items: readonly object[],
): Promise<Map<string, string>> {
  const ids = [...new Set(items.flatMap((item) => referredIds(definition, item)))]
  if (ids.length === 0) return new Map()
  // In the same world, which the caller may see.
  const rows = await db
    .selectFrom('entities')
    .select(['id', 'displayName'])
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .where('deletedAt', 'is', null)
    .execute()
  return new Map(rows.map(({ id, displayName }) => [id, displayName]))
}

function namesIn(
  definition: EntityDefinition,
  item: object,
  names: ReadonlyMap<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    referredIds(definition, item).flatMap((id) => {
      const name = names.get(id)
      return name === undefined ? [] : [[id, name]]
    }),
  )
}

/**
 * How many rows a table has, and how many each of its groups.
 *
 * @throws {NotFoundError} if the caller may not see the world
 * @throws {BadInputError} for dates that are none, and if there are more groups than a table can have
 */
export async function tallyTable(
  db: Database,
  principal: KnownPrincipal,
  definition: EntityDefinition,
  input: TallyInput,
): Promise<TableTally> {
  requireReach(principal, input.worldId)
  if (!input.groupBy && !input.search && !input.where?.length) {
    await findWorldById(db, principal, input.worldId)
    // As counting a million of them takes longer than a page may.
    const kept = await db
      .selectFrom('entityCounts')
      .select('count')
      .where('worldId', '=', input.worldId)
      .where('kind', '=', definition.kind)
      .executeTakeFirst()
    return { total: kept?.count ?? 0, groups: [] }
  }
  const rows = await selectRows(db, principal, definition, input)
  if (!input.groupBy) {
    const { total } = await rows.select(sql<number>`count(*)::int`.as('total')).executeTakeFirstOrThrow()
    if (total === 0) await findWorldById(db, principal, input.worldId)
    return { total, groups: [] }
  }
  const { sort, value, name } = keyOf(definition, fieldNamed(definition, input.groupBy))
  const groups = await db
    .selectFrom(rows.select([sort.$castTo<string>().as('sort'), value.as('value'), name.as('name')]).as('grouped'))
    .select(['value', 'name', sql<number>`count(*)::int`.as('count')])
    .groupBy(['sort', 'value', 'name'])
    .orderBy(sql`sort nulls last, value`)
    .limit(maxGroups + 1)
    .execute()
  if (groups.length === 0) await findWorldById(db, principal, input.worldId)
  if (groups.length > maxGroups) {
    throw new BadInputError({ groupBy: [`There would be more than ${maxGroups} groups. Choose fewer entries first.`] })
  }
  return { total: groups.reduce((sum, { count }) => sum + count, 0), groups }
}
