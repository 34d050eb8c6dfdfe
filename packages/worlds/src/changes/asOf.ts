import type { KnownPrincipal } from '@worldloom/auth'
import { type Database, decodeCursor, isAfter, type SortKey, textKey, timeKey, toPage } from '@worldloom/db'
import { BadInputError, type EntityDefinition, NotFoundError, sharedFieldNames } from '@worldloom/schema'
import { type RawBuilder, sql } from 'kysely'
import { type AnyEntity, ownColumn, ownColumns } from '../entities/select.ts'
import { requireMember } from './history.ts'

/** An entry as it was at a moment. */
interface PastRow {
  readonly id: string
  readonly record: Readonly<Record<string, unknown>>
  readonly version: number
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly sortKey: string
}

/**
 * An entry as it was at a moment, for members of its world.
 *
 * @throws {NotFoundError} also if it did not exist then, or was in the trash
 * @throws {BadInputError} for a moment before what the change log has
 */
export async function findEntityAsOf(
  db: Database,
  principal: KnownPrincipal,
  definition: EntityDefinition,
  { id, asOf }: { readonly id: string; readonly asOf: string },
): Promise<AnyEntity> {
  const moment = new Date(asOf)
  const found = await db
    .selectFrom('entities')
    .where('id', '=', id)
    .where('kind', '=', definition.kind)
    .select('worldId')
    .executeTakeFirst()
  if (!found) throw new NotFoundError(definition.wording.one)
  await requireMember(db, principal, found.worldId)
  await requireLogged(db, found.worldId, moment)
  const { rows } = await selectPast(definition, found.worldId, moment, {
    id,
    sortKey: nameKey,
    order: 'asc',
    limit: 1,
  }).execute(db)
  const [row] = rows
  if (!row) throw new NotFoundError(definition.wording.one)
  return toEntity(row)
}

/** The list input that can be combined with a moment. */
interface ListInput extends Record<string, unknown> {
  readonly worldId: string
  readonly asOf: string
  readonly limit: number
  readonly cursor?: string | undefined
  readonly sort?: string | undefined
  readonly order?: 'asc' | 'desc' | undefined
  readonly search?: string | undefined
  readonly ownerId?: string | undefined
}

const nameKey = textKey(sql`lower(past.record ->> 'name')`)
const sortKeys: Record<string, SortKey> = {
  name: nameKey,
  position: textKey(sql`past.record ->> 'position'`),
  createdAt: timeKey(sql`past."createdAt"`),
}

/**
 * The entries of a kind as they were at a moment, for members of their world, one page at a time: within a parent in its
 * order of then, otherwise by name.
 *
 * @throws {NotFoundError}
 * @throws {BadInputError} for a moment before what the change log has, and for orders and filters that need the present
 * @throws {BadCursorError}
 */
export async function listEntitiesAsOf(
  db: Database,
  principal: KnownPrincipal,
  definition: EntityDefinition,
  input: ListInput,
): Promise<{ items: AnyEntity[]; nextCursor: string | null }> {
  const { worldId, asOf, limit, cursor, search, ownerId } = input
  const { parent, linkedBy = {}, fields } = definition
  await requireMember(db, principal, worldId)
  const moment = new Date(asOf)
  await requireLogged(db, worldId, moment)
  const inParent = parent !== undefined && input[parent.field] !== undefined
  const sort = input.sort ?? (definition.ordered && inParent ? 'position' : 'name')
  const sortKey = sortKeys[sort]
  if (!sortKey || (sort === 'position' && !(definition.ordered && inParent))) {
    throw new BadInputError({ sort: ['With asOf, lists are sorted by name, createdAt or, in a parent, position'] })
  }
  const linked = [...Object.keys(linkedBy), 'tagId'].filter((field) => input[field] !== undefined)
  if (linked.length > 0) {
    throw new BadInputError(Object.fromEntries(linked.map((field) => [field, ['Can’t be combined with asOf']])))
  }
  const names = ['ownerId', ...Object.keys(fields), ...(parent ? [parent.field] : [])]
  const filters = names.filter((name) => input[name] !== undefined).map((name) => [name, input[name]] as const)
  const order = input.order ?? 'asc'
  const list = JSON.stringify([definition.kind, worldId, asOf, sort, order, search, ownerId, filters])
  const start = cursor === undefined ? undefined : decodeCursor(list, cursor, sortKey)
  const conditions: RawBuilder<unknown>[] = filters.map(([name, value]) =>
    value === null ? sql`past.record ->> ${name} is null` : sql`past.record ->> ${name} = ${String(value)}`,
  )
  if (search)
    conditions.push(
      sql`strpos(lower(past.record ->> 'name' || ' ' || (past.record ->> 'displayName')), lower(${search})) > 0`,
    )
  if (start) conditions.push(isAfter(sortKey, sql`past.id`, order, start))
  const { rows } = await selectPast(definition, worldId, moment, {
    conditions,
    sortKey,
    order,
    limit: limit + 1,
  }).execute(db)
  const page = toPage(list, rows, limit)
  return {
    items: page.items.map((row) => {
      const { body: _, ...summary } = toEntity(row) as AnyEntity & { readonly body: string } // every entry has one
      return summary
    }),
    nextCursor: page.nextCursor,
  }
}

interface Selection {
  /** Only this entry. */
  readonly id?: string
  /** Which entries, by their past values. */
  readonly conditions?: readonly RawBuilder<unknown>[]
  readonly sortKey: SortKey
  readonly order: 'asc' | 'desc'
  readonly limit: number
}

/** What is there now, with the values put back that later changes replaced. */
function selectPast(
  definition: EntityDefinition,
  worldId: string,
  moment: Date,
  { id, conditions = [], sortKey, order, limit }: Selection,
): RawBuilder<PastRow> {
  const shared = ['id', 'worldId', 'kind', 'ownerId', ...sharedFieldNames]
  const columns = [
    ...shared.map((name) => [name, sql.ref(`entities.${name}`)] as const),
    ...ownColumns(definition).map((name) => [name, ownColumn(definition, name)] as const),
  ]
  const record = sql`jsonb_build_object(${sql.join(columns.flatMap(([name, column]) => [sql.lit(name), column]))})`
  const direction = sql.raw(order)
  return sql<PastRow>`
    with later as (
      select subject_id, position, action, version, previous from changes
      where world_id = ${worldId} and subject_kind = ${definition.kind} and changed_at > ${moment}
        and ${id ? sql`subject_id = ${id}` : sql`true`}
    ), replaced as (
      select subject_id, jsonb_object_agg(key, value) as fields
      from (
        select distinct on (subject_id, key) subject_id, key, value
        from later, jsonb_each(later.previous) order by subject_id, key, position
      ) as first group by subject_id
    ), fates as (
      select distinct on (subject_id) subject_id, action from later
      where action in ('delete', 'restore') order by subject_id, position
    ), versions as (
      select subject_id, min(version) - 1 as version from later group by subject_id
    ), past as (
      select entities.id, ${record} || coalesce(replaced.fields, '{}') as record,
        coalesce(versions.version, entities.version) as version, entities.created_at as "createdAt"
      from entities
        join ${sql.table(definition.plural)} on ${ownColumn(definition, 'id')} = entities.id
        left join replaced on replaced.subject_id = entities.id
        left join fates on fates.subject_id = entities.id
        left join versions on versions.subject_id = entities.id
      where entities.world_id = ${worldId} and entities.kind = ${definition.kind}::entity_kind
        and entities.created_at <= ${moment} and ${id ? sql`entities.id = ${id}` : sql`true`}
        and case fates.action when 'delete' then true when 'restore' then false
          else entities.deleted_at is null or entities.deleted_at > ${moment} end
    )
    select past.*, ${sortKey.text} as "sortKey",
      coalesce(
        (select max(changed_at) from changes where subject_id = past.id and changed_at <= ${moment}), past."createdAt"
      ) as "updatedAt"
    from past
    where past.version > 0 and ${sql.join([sql`true`, ...conditions], sql` and `)}
    order by ${sortKey.expression} ${direction}, past.id ${direction}
    limit ${limit}::int`
}

/** The lists of links are not part of an entry's output. */
const lists = new Set(['personaIds', 'thingIds', 'storyIds', 'tagIds'])

function toEntity({ record, version, createdAt, updatedAt }: Omit<PastRow, 'id' | 'sortKey'>): AnyEntity {
  const fields = Object.entries(record).filter(([name]) => !lists.has(name))
  return { ...Object.fromEntries(fields), version, createdAt, updatedAt } as unknown as AnyEntity // the definition's columns
}

/** @throws {BadInputError} if the log does not say what the world was at a moment */
async function requireLogged(db: Database, worldId: string, moment: Date): Promise<void> {
  const oldest = await db
    .selectFrom('changes')
    .where('worldId', '=', worldId)
    .orderBy('position')
    .select(['action', 'subjectKind', 'changedAt'])
    .limit(1)
    .executeTakeFirst()
  if (!oldest || oldest.changedAt <= moment) return
  const isBeginning = oldest.subjectKind === 'world' && (oldest.action === 'create' || oldest.action === 'import')
  if (!isBeginning) {
    throw new BadInputError({ asOf: [`The change log begins later, at ${oldest.changedAt.toISOString()}`] })
  }
}
