import { type Actor, type KnownPrincipal, recordEvent } from '@worldloom/auth'
import type { Database } from '@worldloom/db'
import {
  BadInputError,
  ConflictError,
  type EntityDefinition,
  entities,
  type entityDeleteInput,
  TakenError,
} from '@worldloom/schema'
import { sql, type UpdateObject } from 'kysely'
import type { z } from 'zod'
import { displayNameAfter } from '../displayName.ts'
import { inTransaction } from '../transaction.ts'
import { requireWorldRole } from '../worlds/authorize.ts'
import { holdReferences, lockForChange, type Reference } from './lock.ts'
import { type OrderedTable, positionAfter } from './order.ts'
import { findEntity } from './read.ts'
import { type AnyEntity, referenceFields, tableOf } from './select.ts'

/** What every kind is made or changed with; the fields of its own are beside. */
interface SharedInput extends Record<string, unknown> {
  readonly name?: string | undefined
  readonly displayName?: string | undefined
  readonly description?: string | undefined
  readonly body?: string | undefined
}
interface CreateInput extends SharedInput {
  readonly worldId: string
  readonly name: string
  readonly afterId?: string | null | undefined
}
interface UpdateInput extends SharedInput {
  readonly id: string
  readonly version: number
}

/**
 * Makes one. Where it is one of several in an order it goes after another of them, or behind them all.
 *
 * @throws {NotFoundError | RoleTooLowError} where the caller may not write into that world
 * @throws {BadInputError} for what it refers to in vain
 * @throws {TakenError} for the name
 */
export async function createEntity(
  db: Database,
  principal: KnownPrincipal,
  definition: EntityDefinition,
  input: CreateInput,
): Promise<AnyEntity> {
  const { worldId, name, displayName, description, body, afterId } = input
  return await inTransaction(db, async (trx) => {
    await requireWorldRole(trx, principal, worldId, 'editor')
    await holdAllReferences(trx, definition, worldId, input)
    const { id } = await naming(definition, () =>
      trx
        .insertInto('entities')
        .values({
          worldId,
          kind: definition.kind,
          ownerId: principal.user.id,
          name,
          displayName: displayName || name,
          ...(description !== undefined && { description }),
          ...(body !== undefined && { body }),
        })
        .returning('id')
        .executeTakeFirstOrThrow(),
    )
    const { parent } = definition
    const parentId = parent && (input[parent.field] as string) // as the declaration's schema says
    await trx
      .insertInto(tableOf(definition))
      .values({
        id,
        worldId,
        ...ownValues(definition, input),
        ...(definition.ordered &&
          parentId && { position: await positionAfter(trx, orderOf(definition), parentId, afterId) }),
      })
      .execute()
    return await findEntity(trx, principal, definition, id)
  })
}

/**
 * Changes what is given, if the version is still the current one.
 *
 * @throws {NotFoundError | RoleTooLowError | ChangedError | BadInputError | TakenError}
 */
export async function updateEntity<Row extends AnyEntity = AnyEntity>(
  db: Database,
  principal: KnownPrincipal,
  definition: EntityDefinition,
  input: UpdateInput,
): Promise<Row> {
  const { id, version, name, displayName, description, body } = input
  return await inTransaction(db, async (trx) => {
    if (isNesting(definition, input)) await lockNesting(trx, principal, definition, id)
    const { worldId } = await lockForChange(trx, principal, definition, id, { version })
    await holdAllReferences(trx, definition, worldId, input)
    await naming(definition, () =>
      trx
        .updateTable('entities')
        .set({
          ...(name !== undefined && { name }),
          ...(description !== undefined && { description }),
          ...(body !== undefined && { body }),
          displayName: displayName || displayNameAfter('entities', name, displayName === ''),
        })
        .where('id', '=', id)
        .execute(),
    )
    const own = ownValues(definition, input)
    if (Object.keys(own).length > 0) {
      await trx.updateTable(tableOf(definition)).set(own).where('id', '=', id).execute()
    }
    return await findEntity<Row>(trx, principal, definition, id)
  })
}

/**
 * Puts something into the trash, and with it what lies in it.
 *
 * @returns how many others went with it
 * @throws {NotFoundError | RoleTooLowError | ChangedError}
 */
export async function deleteEntity(
  db: Database,
  actor: Actor,
  principal: KnownPrincipal,
  definition: EntityDefinition,
  { id, version }: z.output<typeof entityDeleteInput>,
): Promise<{ id: string; along: number }> {
  return await inTransaction(db, async (trx) => {
    const { displayName } = await lockForChange(trx, principal, definition, id, { version })
    const deletedAt = new Date()
    await trx.updateTable('entities').set({ deletedAt }).where('id', '=', id).execute()
    let along = 0
    // Level by level: who is just putting something in holds what it lies in, so that it is there to be seen once the
    // level above is done.
    for (let level = [id]; level.length > 0; ) {
      const deleted = await trx
        .updateTable('entities')
        .set({ deletedAt, deletedWith: id })
        .where('deletedAt', 'is', null)
        .where('id', 'in', (eb) =>
          eb
            .selectFrom('entityParents')
            .select(({ ref }) => ref('entityParents.id').$notNull().as('id'))
            .where('entityParents.parentId', 'in', level),
        )
        .returning('id')
        .execute()
      along += deleted.length
      level = deleted.map((row) => row.id)
    }
    const subject = { kind: definition.kind, id, name: displayName }
    await recordEvent(trx, actor, { action: 'entity.delete', subject, details: { along } })
    return { id, along }
  })
}

/** How much would go into the trash with something, by kind. */
export async function countWithin(
  db: Database,
  principal: KnownPrincipal,
  definition: EntityDefinition,
  id: string,
): Promise<{ total: number; kinds: Partial<Record<EntityDefinition['kind'], number>> }> {
  await findEntity(db, principal, definition, id)
  const rows = await db
    .withRecursive('within', (cte) =>
      cte
        .selectFrom('entityParents')
        .select('entityParents.id')
        .where('entityParents.parentId', '=', id)
        .union(
          cte
            .selectFrom('within')
            .innerJoin('entityParents', 'entityParents.parentId', 'within.id')
            .select('entityParents.id'),
        ),
    )
    .selectFrom('within')
    .innerJoin('entities', 'entities.id', 'within.id')
    .where('entities.deletedAt', 'is', null)
    .select(['entities.kind', sql<number>`count(*)::int`.as('count')])
    .groupBy('entities.kind')
    .execute()
  return {
    total: rows.reduce((sum, { count }) => sum + count, 0),
    kinds: Object.fromEntries(rows.map(({ kind, count }) => [kind, count])),
  }
}

/**
 * Takes something out of the trash, and what went there with it.
 *
 * @throws {NotFoundError | RoleTooLowError}
 * @throws {ConflictError} where what it lies in is in the trash itself
 * @throws {ConflictError} where one of the names was taken meanwhile
 */
export async function restoreEntity(
  db: Database,
  actor: Actor,
  principal: KnownPrincipal,
  definition: EntityDefinition,
  id: string,
): Promise<AnyEntity> {
  return await inTransaction(db, async (trx) => {
    const { displayName } = await lockForChange(trx, principal, definition, id, { state: 'trash' })
    await requireParent(trx, id)
    await requireNames(trx, id)
    const restored = await naming(definition, () =>
      trx
        .updateTable('entities')
        .set({ deletedAt: null, deletedWith: null })
        .where(({ eb, or }) => or([eb('id', '=', id), eb('deletedWith', '=', id)]))
        .returning('id')
        .execute(),
    )
    const subject = { kind: definition.kind, id, name: displayName }
    await recordEvent(trx, actor, { action: 'entity.restore', subject, details: { along: restored.length - 1 } })
    return await findEntity(trx, principal, definition, id)
  })
}

async function requireParent(trx: Database, id: string): Promise<void> {
  const parent = await trx
    .selectFrom('entityParents')
    .innerJoin('entities', 'entities.id', 'entityParents.parentId')
    .select(['entities.kind', 'entities.displayName', 'entities.deletedAt'])
    .where('entityParents.id', '=', id)
    .forShare('entities')
    .executeTakeFirst()
  if (!parent?.deletedAt) return
  throw new ConflictError(
    `It lies in the ${entities[parent.kind].wording.one} “${parent.displayName}”, which is in the trash too. Restore that first.`,
  )
}

async function requireNames(trx: Database, id: string): Promise<void> {
  const taken = await trx
    .selectFrom('entities as trashed')
    .innerJoin('entities', (join) =>
      join
        .onRef('entities.worldId', '=', 'trashed.worldId')
        .onRef('entities.kind', '=', 'trashed.kind')
        .on(sql`lower(entities.name)`, '=', sql`lower(trashed.name)`)
        .on('entities.deletedAt', 'is', null),
    )
    .where(({ eb, or }) => or([eb('trashed.id', '=', id), eb('trashed.deletedWith', '=', id)]))
    .select(['entities.kind', 'entities.name'])
    .limit(1)
    .executeTakeFirst()
  if (!taken) return
  throw new ConflictError(
    `Another ${entities[taken.kind].wording.one} is called “${taken.name}” by now. Rename that one first.`,
  )
}

/** Marks something as changed where what changed is in another table. */
export async function touchEntity(trx: Database, id: string): Promise<void> {
  await trx
    .updateTable('entities')
    .set(({ ref }) => ({ version: ref('version') })) // the trigger raises it
    .where('id', '=', id)
    .execute()
}

/**
 * Moves something to another place among its siblings, or in among others.
 *
 * @param parentId where to; where it is already, if left out
 * @throws {NotFoundError | RoleTooLowError | BadInputError}
 */
export async function moveEntity<Row extends AnyEntity = AnyEntity>(
  db: Database,
  principal: KnownPrincipal,
  definition: EntityDefinition,
  { id, parentId, afterId }: { id: string; parentId: string | undefined; afterId: string | null | undefined },
): Promise<Row> {
  const { parent } = definition
  if (!parent) throw new TypeError(`a ${definition.kind} lies in nothing`)
  if (afterId === id) throw new BadInputError({ afterId: ['It can not come after itself'] })
  return await inTransaction(db, async (trx) => {
    const { worldId } = await lockForChange(trx, principal, definition, id)
    const table = tableOf(definition)
    const { current } = await trx
      .selectFrom(table)
      .select(sql.ref<string>(parent.field).as('current'))
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const target = parentId ?? current
    await holdReferences(trx, worldId, [{ field: parent.field, kind: parent.kind, ids: [target] }], 'order')
    const position = await positionAfter(trx, orderOf(definition), target, afterId)
    const moved: UpdateObject<Record<string, Record<string, string>>, string> = { [parent.field]: target, position }
    await trx.updateTable(table).set(moved).where('id', '=', id).execute()
    await touchEntity(trx, id)
    return await findEntity<Row>(trx, principal, definition, id)
  })
}

function orderOf({ plural, parent, wording }: EntityDefinition): OrderedTable {
  return { table: plural, within: parent?.field ?? '', item: 'id', noun: wording.one }
}

/** What is given of a kind's own fields, and what it lies in where that is given like a field. */
function ownValues({ fields, parent }: EntityDefinition, input: SharedInput): Record<string, never> {
  const names = [...Object.keys(fields), ...(parent ? [parent.field] : [])]
  const given = names.filter((name) => input[name] !== undefined).map((name) => [name, input[name]])
  return Object.fromEntries(given) as Record<string, never> // columns of the kind's table, whichever it is
}

async function holdAllReferences(
  trx: Database,
  definition: EntityDefinition,
  worldId: string,
  input: SharedInput,
): Promise<void> {
  const { parent, ordered } = definition
  const given = (field: string) => (typeof input[field] === 'string' ? [input[field]] : [])
  if (parent && given(parent.field).length > 0) {
    const up: Reference = { field: parent.field, kind: parent.kind, ids: given(parent.field) }
    if (isNesting(definition, input)) await refuseCycle(trx, definition, input)
    await holdReferences(trx, worldId, [up], ordered ? 'order' : 'share')
  }
  const references = referenceFields(definition).map(({ field, kind }) => ({ field, kind, ids: given(field) }))
  await holdReferences(trx, worldId, references)
}

/** Whether something that lies in others of its kind is put into another one. */
function isNesting({ kind, parent }: EntityDefinition, input: SharedInput): boolean {
  return parent?.kind === kind && typeof input[parent.field] === 'string'
}

/**
 * Two at once could each make half of a circle: they wait for each other. Before any row is held, so that nobody
 * waits for this who is waited for.
 */
async function lockNesting(
  trx: Database,
  principal: KnownPrincipal,
  definition: EntityDefinition,
  id: string,
): Promise<void> {
  const { worldId } = await findEntity(trx, principal, definition, id)
  const name = `nesting:${definition.kind}:${worldId}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(trx)
}

/** @throws {BadInputError} where something would come to lie in itself */
async function refuseCycle(trx: Database, { parent, wording }: EntityDefinition, input: SharedInput): Promise<void> {
  if (!parent || typeof input.id !== 'string') return
  const { rows } = await sql<{ id: string }>`
    with recursive above (id) as (
      select ${input[parent.field]}::uuid
      union
      select entity_parents.parent_id from entity_parents join above on entity_parents.id = above.id
    )
    select id from above where id = ${input.id}
  `.execute(trx)
  if (rows.length > 0) throw new BadInputError({ [parent.field]: [`The ${wording.one} would lie in itself`] })
}

/** Says of a taken name what has it. */
async function naming<Result>(definition: EntityDefinition, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    const isName = error instanceof Error && 'constraint' in error && error.constraint === 'entities_name_key'
    if (!isName) throw error
    throw new TakenError(
      definition.wording.one,
      'name',
      `Another ${definition.wording.one} of this world is called that. Choose a different name.`,
    )
  }
}
