import type { KnownPrincipal } from '@worldloom/auth'
import type { Database } from '@worldloom/db'
import { containing, decodeCursor, isAfter, type SortKey, textKey, timeKey, toPage } from '@worldloom/db'
import {
  BadInputError,
  type EntityDefinition,
  type EntityKind,
  type EntitySort,
  entities,
  type entityByNameInput,
  NotFoundError,
} from '@worldloom/schema'
import { sql } from 'kysely'
import type { z } from 'zod'
import { BatchReader, prepareByIds } from '../batchReader.ts'
import { reaches, requireReach } from '../reach.ts'
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

/** Those that the caller may see, in no order: read in one statement, and so as they were at one moment. */
async function findEntities(
  db: Database,
  principal: KnownPrincipal,
  wanted: readonly WantedEntity[],
): Promise<AnyEntity[]> {
  const ids = wanted.map(({ id }) => id)
  const [kind, ...others] = new Set(wanted.map(({ definition }) => definition.kind))
  const found =
    kind && others.length === 0
      ? await entityByIds[kind](db, principal.user.id, ids)
      : (await entityOfAnyKindByIds(db, principal.user.id, ids)).map(({ own, ...shared }) => ({ ...shared, ...own }))
  return found.filter(({ worldId }) => reaches(principal, worldId))
}

/**
 * @typeParam Row what the definition's answers look like, where that matters to the caller
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

/** What one request reads by id: in one statement, whatever kinds are in it. */
export function entityReader(db: Database): BatchReader<WantedEntity, AnyEntity> {
  return new BatchReader<WantedEntity, AnyEntity>(async (principal, wanted) => {
    const found = await findEntities(db, principal, wanted)
    const byId = new Map(found.map((entity) => [entity.id, entity]))
    return wanted.map(({ definition, id }) => {
      const entity = byId.get(id)
      return entity?.kind === definition.kind ? entity : new NotFoundError(definition.wording.one)
    })
  })
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

/** Of each sort the order it is in unless another is asked for. */
const usualOrders = { updatedAt: 'desc', createdAt: 'desc', name: 'asc', position: 'asc' } as const

// entities_updated_at_idx, entities_created_at_idx, entities_name_key
const sharedSortKeys: Record<EntitySort, SortKey> = {
  updatedAt: timeKey(sql`entities.updated_at`),
  createdAt: timeKey(sql`entities.created_at`),
  name: textKey(sql`lower(entities.name)`),
}

/** What every kind's list takes; the filters of its own are beside. */
interface ListInput extends Record<string, unknown> {
  readonly worldId: string
  readonly limit: number
  readonly cursor?: string | undefined
  readonly sort?: EntitySort | 'position' | undefined
  readonly order?: 'asc' | 'desc' | undefined
  readonly search?: string | undefined
  readonly ownerId?: string | undefined
}

/** By what other tables a list can be filtered: for each such field the table, and the columns of it. */
const links: Record<string, { readonly table: string; readonly of: string; readonly by: string }> = {
  personaId: { table: 'scenePersonas', of: 'sceneId', by: 'personaId' },
  thingId: { table: 'sceneThings', of: 'sceneId', by: 'thingId' },
  bookId: { table: 'bookStories', of: 'storyId', by: 'bookId' },
}

/**
 * Those of a kind in a world, without their bodies; a page at a time by keyset. Within one parent they come in its
 * order, else those that were changed last come first.
 *
 * @throws {NotFoundError} where the caller may not see the world
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
  const list = JSON.stringify([definition.kind, worldId, sort, order, search, ownerId, filters])
  const sortKey = sort === 'position' ? textKey(ownColumn(definition, 'position')) : sharedSortKeys[sort]

  let query = selectReadable(db, definition, principal.user.id)
    .select([...summaryColumns(definition), sortKey.text.as('sortKey')])
    .where('entities.worldId', '=', worldId)
    .where('entities.kind', '=', definition.kind)
    .orderBy(sortKey.expression, order)
    .orderBy('entities.id', order)
    .limit(limit + 1)
  if (ownerId) query = query.where('entities.ownerId', '=', ownerId)
  if (search) query = query.where(containing(search, ['entities.name', 'entities.display_name']))
  for (const [field, value] of filters) {
    const link = links[field]
    query = link
      ? query.where(
          sql<boolean>`exists (select from ${sql.table(link.table)} where ${sql.ref(`${link.table}.${link.of}`)} = entities.id and ${sql.ref(`${link.table}.${link.by}`)} = ${value})`,
        )
      : query.where(({ eb }) =>
          value === null ? eb(ownColumn(definition, field), 'is', null) : eb(ownColumn(definition, field), '=', value),
        )
  }
  if (cursor) query = query.where(isAfter(sortKey, sql`entities.id`, order, decodeCursor(list, cursor)))
  const rows = await query.$castTo<AnyEntity & { sortKey: string }>().execute()
  // An empty list is also what somebody sees who may not look.
  if (rows.length === 0) await findWorldById(db, principal, worldId)
  const { items, nextCursor } = toPage(list, rows, limit)
  return { items: items as unknown as Summary[], nextCursor } // the definition's columns were selected
}

/** The filters that were given, in the order of the declaration. */
function filtersOf({ parent, fields, linkedBy = [] }: EntityDefinition, input: ListInput): [string, unknown][] {
  return [...(parent ? [parent.field] : []), ...Object.keys(fields), ...linkedBy].flatMap((name) =>
    input[name] === undefined ? [] : [[name, input[name]] as [string, unknown]],
  )
}
