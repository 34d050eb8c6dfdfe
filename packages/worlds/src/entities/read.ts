import type { KnownPrincipal } from '@worldloom/auth'
import {
  type Database,
  type DB,
  decodeCursor,
  firstRows,
  isAfter,
  isCursorOf,
  type PageStart,
  preparedQueries,
  type SortKey,
  textKey,
  timeKey,
  toPage,
} from '@worldloom/db'
import {
  BadInputError,
  type EntityDefinition,
  type EntityKind,
  type EntitySort,
  entities,
  type entityByNameInput,
  NotFoundError,
} from '@worldloom/schema'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { z } from 'zod'
import { BatchReader, type CallsPerRequest, prepareByIds } from '../batchReader.ts'
import { reaches, requireReach } from '../reach.ts'
import { findNearNames, type NameSearch, searchNames } from '../search/named.ts'
import type { NearWords } from '../search/terms.ts'
import { findWorldById } from '../worlds/read.ts'
import {
  type AnyEntity,
  ownColumn,
  selectEntity,
  selectEntityOfAnyKind,
  selectReadable,
  summaryColumns,
} from './select.ts'

const entityByIds = Object.fromEntries(
  Object.values(entities).map((definition) => [
    definition.kind,
    prepareByIds((db, userId, ids) => selectEntity(db, definition, userId).where('entities.id', 'in', ids)),
  ]),
) as Record<EntityKind, ReturnType<typeof prepareByIds<AnyEntity>>> // one for each
const entityOfAnyKindByIds = prepareByIds((db, userId, ids) =>
  selectEntityOfAnyKind(db, userId).where('entities.id', 'in', ids),
)

export interface WantedEntity {
  readonly definition: EntityDefinition
  readonly id: string
}

/** Those that the caller may see, in no particular order, read in one statement and so from one snapshot. */
async function findEntities(
  db: Database,
  principal: KnownPrincipal,
  wanted: readonly WantedEntity[],
): Promise<AnyEntity[]> {
  const ids = wanted.map(({ id }) => id)
  const [kind, ...others] = new Set(wanted.map(({ definition }) => definition.kind))
  if (!kind || others.length > 0) return await findEntitiesOfAnyKind(db, principal, ids)
  const found = await entityByIds[kind](db, principal.user.id, ids)
  return found.filter(({ worldId }) => reaches(principal, worldId))
}

/** Those with these ids that the caller may see, of whatever kind, in no particular order. */
export async function findEntitiesOfAnyKind(
  db: Database,
  principal: KnownPrincipal,
  ids: readonly string[],
): Promise<AnyEntity[]> {
  const found = await entityOfAnyKindByIds(db, principal.user.id, ids)
  return found.filter(({ worldId }) => reaches(principal, worldId)).map(({ own, ...shared }) => ({ ...shared, ...own }))
}

/**
 * @typeParam Row the type of the definition's output, if it matters to the caller
 * @throws {NotFoundError} also for what the caller may not see
 */
export async function findEntity<Row extends AnyEntity = AnyEntity>(
  db: Database,
  principal: KnownPrincipal,
  definition: EntityDefinition,
  id: string,
): Promise<Row> {
  const [entity] = await findEntities(db, principal, [{ definition, id }])
  if (!entity) throw new NotFoundError(definition.wording.one)
  return entity as Row // the definition's columns were selected
}

/** Reads entries by id for one request, in one statement whatever their kinds. */
export function entityReader(db: Database, calls: CallsPerRequest = 'several'): BatchReader<WantedEntity, AnyEntity> {
  return new BatchReader<WantedEntity, AnyEntity>(async (principal, wanted) => {
    const found = await findEntities(db, principal, wanted)
    const byId = new Map(found.map((entity) => [entity.id, entity]))
    return wanted.map(({ definition, id }) => {
      const entity = byId.get(id)
      return entity?.kind === definition.kind ? entity : new NotFoundError(definition.wording.one)
    })
  }, calls)
}

/** @throws {NotFoundError} */
export async function findEntityByName(
  db: Database,
  principal: KnownPrincipal,
  definition: EntityDefinition,
  { worldId, name }: z.output<typeof entityByNameInput>,
): Promise<AnyEntity> {
  requireReach(principal, worldId)
  return await selectEntity(db, definition, principal.user.id)
    // entities_name_key
    .where('entities.worldId', '=', worldId)
    .where('entities.kind', '=', definition.kind)
    .where(({ eb, fn }) => eb(fn('lower', ['entities.name']), '=', fn('lower', [eb.val(name)])))
    .executeTakeFirstOrThrow(() => new NotFoundError(definition.wording.one))
}

/** The default order of each sort. */
const usualOrders = { updatedAt: 'desc', createdAt: 'desc', name: 'asc', position: 'asc' } as const

// entities_updated_at_idx, entities_created_at_idx, entities_name_key
const sharedSortKeys: Record<EntitySort, SortKey> = {
  updatedAt: timeKey(sql`entities.updated_at`),
  createdAt: timeKey(sql`entities.created_at`),
  name: textKey(sql`lower(entities.name)`),
}

/** The list input that all kinds share, besides each kind's own filters. */
interface ListInput extends Record<string, unknown> {
  readonly worldId: string
  readonly limit: number
  readonly cursor?: string | undefined
  readonly sort?: EntitySort | 'position' | undefined
  readonly order?: 'asc' | 'desc' | undefined
  readonly search?: string | undefined
  readonly ownerId?: string | undefined
}

/** Filters through link tables: for each field the table and its columns. */
export const linkTables: Readonly<
  Record<string, { readonly table: string; readonly of: string; readonly by: string }>
> = {
  personaId: { table: 'scenePersonas', of: 'sceneId', by: 'personaId' },
  thingId: { table: 'sceneThings', of: 'sceneId', by: 'thingId' },
  bookId: { table: 'bookStories', of: 'storyId', by: 'bookId' },
  tagId: { table: 'entityTags', of: 'entityId', by: 'tagId' },
}

/** A page of a list: what determines its statement, and the parameters. */
interface PageQuery {
  readonly definition: EntityDefinition
  readonly sort: EntitySort | 'position'
  readonly order: 'asc' | 'desc'
  readonly userId: string
  readonly worldId: string
  readonly limit: number
  readonly start: PageStart | undefined
  readonly ownerId: string | undefined
  readonly search: NameSearch | undefined
  readonly filters: readonly (readonly [field: string, value: unknown])[]
}

type PageRow = AnyEntity & { sortKey: string }

function selectPage(db: Database, page: PageQuery) {
  return firstRows(db, selectSorted(db, page), page.limit)
}

/**
 * How many entries a search looks at in the order of the list, before it finds all at once; and how many if so many of the first
 * were found that these will do.
 */
const [lookedAt, lookedFurtherAt] = [500, 4000]

/**
 * Common words soon fill a page in any order; of others, all can be found and sorted. As long as nothing of the kind's own
 * is asked for, only the ids are sorted, and the rest is read for the page.
 */
async function readSearched(db: Database, page: PageQuery, search: NameSearch): Promise<PageRow[]> {
  const { definition, userId, order, sort, filters, limit } = page
  if (sort === 'position' || filters.length > 0) return await searchSorted(db, selectSorted(db, page), search, limit)
  const found = await searchSorted(db, selectSortedIds(db, page), search, limit)
  const sortKey = sortKeyOf(page)
  return await selectReadable(db, definition, userId)
    .select([...summaryColumns(definition), sortKey.text.as('sortKey')])
    .where('entities.id', '=', sql<string>`any(${found.map(({ id }) => id)}::uuid[])`)
    .orderBy(sortKey.expression, order)
    .orderBy('entities.id', order)
    .$castTo<PageRow>() // the definition's columns
    .execute()
}

async function searchSorted<Row extends object>(
  db: Database,
  sorted: SelectQueryBuilder<DB, 'entities', Row>,
  { each, all }: NameSearch,
  limit: number,
): Promise<Row[]> {
  const look = async (most: number) => {
    const looked = await db
      .selectFrom(sorted.select(sql<string>`row_number() over ()`.as('place')).limit(sql.lit(most)).as('entities'))
      .selectAll()
      .where(each)
      .orderBy(sql`place`)
      .limit(limit)
      .$castTo<Row & { place?: string }>() // the columns of the inner query, which selectAll() can't type
      .execute()
    return looked.map(({ place: _, ...row }) => row as unknown as Row) // without what was added
  }
  let looked = await look(lookedAt)
  if (looked.length < limit && looked.length * (lookedFurtherAt / lookedAt) > limit * 1.5)
    looked = await look(lookedFurtherAt)
  if (looked.length >= limit) return looked
  // By themselves: as part of the list they would be found by walking through all of it in its order.
  const found = db.with(
    (cte) => cte('entities').materialized(),
    (query) => query.selectFrom('entities').selectAll().where(all),
  )
  return await firstRows(found, sorted, limit).execute()
}

function selectSortedIds(db: Database, { definition, worldId, ownerId, order, start, ...page }: PageQuery) {
  const sortKey = sortKeyOf({ definition, ...page })
  let query = db
    .selectFrom('entities')
    .select(['entities.id', 'entities.name', 'entities.displayName'])
    .where('entities.worldId', '=', worldId)
    .where('entities.kind', '=', sql.lit(definition.kind))
    .where('entities.deletedAt', 'is', null)
    .orderBy(sortKey.expression, order)
    .orderBy('entities.id', order)
  if (ownerId) query = query.where('entities.ownerId', '=', ownerId)
  if (start) query = query.where(isAfter(sortKey, sql`entities.id`, order, start))
  return query
}

/** A list in its order, without its limit and its search. */
function selectSorted(db: Database, page: PageQuery) {
  const { definition, order, userId, worldId, start, ownerId, filters } = page
  const sortKey = sortKeyOf(page)
  let query = selectReadable(db, definition, userId)
    .select([...summaryColumns(definition), sortKey.text.as('sortKey')])
    .where('entities.worldId', '=', worldId)
    .where('entities.kind', '=', sql.lit(definition.kind))
    .orderBy(sortKey.expression, order)
    .orderBy('entities.id', order)
  if (ownerId) query = query.where('entities.ownerId', '=', ownerId)
  for (const [field, value] of filters) {
    const link = linkTables[field]
    query = link
      ? query.where(
          sql<boolean>`exists (select from ${sql.table(link.table)} where ${sql.ref(`${link.table}.${link.of}`)} = entities.id and ${sql.ref(`${link.table}.${link.by}`)} = ${value})`,
        )
      : query.where(({ eb }) =>
          value === null ? eb(ownColumn(definition, field), 'is', null) : eb(ownColumn(definition, field), '=', value),
        )
  }
  if (start) query = query.where(isAfter(sortKey, sql`entities.id`, order, start))
  return query.$castTo<PageRow>() // the definition's columns
}

function sortKeyOf({ definition, sort }: Pick<PageQuery, 'definition' | 'sort'>): SortKey {
  return sort === 'position' ? textKey(ownColumn(definition, 'position')) : sharedSortKeys[sort]
}

type PlainPage = {
  userId: string
  worldId: string
  limit: number
  startValue: unknown
  startId: string
  parentId: unknown
}
const plainPages = preparedQueries<PlainPage, PageRow>()

/**
 * Pages without further filters, of a whole world or of one parent, are compiled once: building the statement takes
 * longer than running it.
 */
async function readPage(db: Database, page: PageQuery): Promise<PageRow[]> {
  if (page.search) return await readSearched(db, page, page.search)
  const { definition, sort, order, userId, worldId, limit, start, filters } = page
  const [filter, ...others] = filters
  const isPlain = !page.ownerId && others.length === 0
  if (!isPlain || (filter && filter[0] !== definition.parent?.field)) return await selectPage(db, page).execute()
  const isTop = filter?.[1] === null
  const shape = [
    definition.kind,
    sort,
    order,
    filter ? (isTop ? 'top' : 'parent') : 'all',
    start ? 'after' : 'first',
  ].join()
  const values = {
    ...{ userId, worldId, limit, startValue: start?.value, startId: start?.id ?? '' },
    parentId: filter?.[1],
  }
  return await plainPages(db, shape, values, (kysely, given) =>
    selectPage(kysely, {
      ...page,
      ...{ userId: given.userId, worldId: given.worldId, limit: given.limit },
      start: start && { value: given.startValue, id: given.startId },
      filters: filter ? [[filter[0], isTop ? null : given.parentId]] : [],
    }),
  )
}

/**
 * The entries of a kind in a world, without their bodies, one page at a time (keyset). Within a parent they are in its
 * order by default, otherwise most recently updated first. A search that finds nothing is tried again with the names that are
 * near to what was typed.
 *
 * @throws {NotFoundError} if the caller may not see the world
 * @throws {BadCursorError}
 */
export async function listEntities<Summary extends AnyEntity = AnyEntity>(
  db: Database,
  principal: KnownPrincipal,
  definition: EntityDefinition,
  input: ListInput,
): Promise<{ items: Summary[]; nextCursor: string | null }> {
  const { worldId, limit, cursor, search, ownerId } = input
  requireReach(principal, worldId)
  const { parent } = definition
  const inParent = parent !== undefined && input[parent.field] !== undefined
  const sort = input.sort ?? (definition.ordered && inParent ? 'position' : 'updatedAt')
  if (sort === 'position' && !inParent) {
    throw new BadInputError({ sort: [`Sorting by position needs a ${parent?.kind}: give its ${parent?.field}`] })
  }
  const order = input.order ?? usualOrders[sort]
  const filters = filtersOf(definition, input)
  const exactList = JSON.stringify([definition.kind, worldId, sort, order, search, ownerId, filters])
  const nearList = `${exactList} near`
  let list = cursor !== undefined && isCursorOf(nearList, cursor) ? nearList : exactList
  const read = async (near?: NearWords) =>
    await readPage(db, {
      ...{ definition, sort, order, userId: principal.user.id, worldId, limit: limit + 1, ownerId, filters },
      search: search ? searchNames(worldId, definition.kind, search, near) : undefined,
      start: cursor === undefined ? undefined : decodeCursor(list, cursor, sortKeyOf({ definition, sort })),
    })
  let rows = list === nearList ? [] : await read()
  // An empty list may also mean that the caller can't see the world.
  if (rows.length === 0) await findWorldById(db, principal, worldId)
  if (rows.length === 0 && search && (cursor === undefined || list === nearList)) {
    const near = await findNearNames(db, worldId, search)
    if (near) {
      list = nearList
      rows = await read(near)
    }
  }
  const { items, nextCursor } = toPage(list, rows, limit)
  return { items: items as unknown as Summary[], nextCursor } // the definition's columns were selected
}

/** The given filters, in the order of the definition. */
function filtersOf({ parent, fields, linkedBy = {} }: EntityDefinition, input: ListInput): [string, unknown][] {
  return [...(parent ? [parent.field] : []), ...Object.keys(fields), ...Object.keys(linkedBy), 'tagId'].flatMap(
    (name) => (input[name] === undefined ? [] : [[name, input[name]] as [string, unknown]]),
  )
}
