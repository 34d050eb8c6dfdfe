import type { Database } from '@worldloom/db'
import { type EntityDefinition, type EntityKind, entities } from '@worldloom/schema'
import { type RawBuilder, sql } from 'kysely'
import { jsonBuildObject } from 'kysely/helpers/postgres'
import type { z } from 'zod'
import { isReadable } from '../worlds/select.ts'

/** The output of a kind, from its definition. */
export type EntityRow<Definition extends EntityDefinition> = z.output<Definition['answer']>
/** Its output in lists. */
export type EntitySummary<Definition extends EntityDefinition> = z.output<Definition['summary']>

/** What all kinds have. */
export interface AnyEntity {
  readonly id: string
  readonly worldId: string
  readonly kind: EntityDefinition['kind']
  readonly name: string
  readonly displayName: string
  readonly version: number
}

/**
 * The table of a kind. Only its `id`, which every table has, is used by name; other columns come from the definition.
 */
export function tableOf({ plural }: EntityDefinition): 'stories' {
  return plural as 'stories' // stands for any of them: see above
}

/** The columns of a kind's own table that are in its output. */
export function ownColumns({ fields, serverFields = {}, parent, ordered }: EntityDefinition): string[] {
  return [
    ...Object.keys(fields),
    ...Object.keys(serverFields),
    ...(parent ? [parent.field] : []),
    ...(ordered ? ['position'] : []),
  ]
}

/** A kind's own fields that hold the id of another entry, except the parent's. */
export function referenceFields({ fields }: EntityDefinition): { field: string; kind: EntityKind }[] {
  return Object.entries(fields).flatMap(([field, { control }]) =>
    control.as === 'reference' ? [{ field, kind: control.kind }] : [],
  )
}

const sharedColumns = [
  'entities.id',
  'entities.worldId',
  'entities.kind',
  'entities.name',
  'entities.displayName',
  'entities.description',
  'entities.isPlaceholder',
  'entities.coverId',
  'entities.spoilers',
  'entities.ownerId',
  'entities.version',
  'entities.createdAt',
  'entities.updatedAt',
] as const

/** The columns of `entities` itself that answers show. */
export const sharedEntityColumns = [...sharedColumns, 'entities.body'] as const

/** The columns of a kind's own table that answers show, by the names of its definition. */
export function ownEntityColumns(definition: EntityDefinition) {
  return ownColumns(definition).map((name) => ownColumn(definition, name).as(name))
}

/** Everything a list shows of a kind, named as in its definition. */
export function summaryColumns(definition: EntityDefinition) {
  return [...sharedColumns, ...ownEntityColumns(definition)] as const
}

export function ownColumn(definition: EntityDefinition, name: string): RawBuilder<unknown> {
  return sql.ref(`${definition.plural}.${name}`)
}

/** Every column of a kind. */
export function entityColumns(definition: EntityDefinition) {
  return [...summaryColumns(definition), 'entities.body'] as const
}

/**
 * The entries of a kind that are not deleted, in worlds that the reader may see: authorised and read in one statement.
 */
export function selectReadable(db: Database, definition: EntityDefinition, userId: string) {
  return inReadableWorlds(selectOfKind(db, definition), userId)
}

/** The same, with every column. */
export function selectEntity(db: Database, definition: EntityDefinition, userId: string) {
  return selectReadable(db, definition, userId).select(entityColumns(definition)).$castTo<AnyEntity>()
}

/** An entry of any kind: the shared columns, and its kind's own. */
export interface AnyKindRow extends AnyEntity {
  readonly own: Readonly<Record<string, unknown>>
}

/**
 * Every column of entries of any kind. A kind's own columns are looked up in its table only: joining all tables takes
 * PostgreSQL longer, and one statement per kind takes both it and the process half as long again (bench/README.md).
 */
export function selectEntityOfAnyKind(db: Database, userId: string) {
  const ownOfKinds = Object.values(entities).map((definition) => {
    const columns = ownColumns(definition).map((name) => [name, ownColumn(definition, name)])
    const own = jsonBuildObject(Object.fromEntries(columns))
    return sql`when ${sql.lit(definition.kind)} then (
      select ${own} from ${sql.table(definition.plural)} where ${ownColumn(definition, 'id')} = entities.id
    )`
  })
  return selectReadableOfAnyKind(db, userId)
    .select([...sharedColumns, 'entities.body', sql`case entities.kind ${sql.join(ownOfKinds, sql` `)} end`.as('own')])
    .$castTo<AnyKindRow>()
}

function selectOfKind(db: Database, definition: EntityDefinition) {
  const table = tableOf(definition)
  return db.selectFrom('entities').innerJoin(table, `${table}.id`, 'entities.id')
}

function inReadableWorlds(query: ReturnType<typeof selectOfKind>, userId: string) {
  return query
    .innerJoin('worlds', 'worlds.id', 'entities.worldId')
    .leftJoin('worldMembers', (join) =>
      join.onRef('worldMembers.worldId', '=', 'entities.worldId').on('worldMembers.userId', '=', userId),
    )
    .where('entities.deletedAt', 'is', null)
    .where('worlds.deletedAt', 'is', null)
    .where(isReadable)
}

/** Entries of any kind, with the shared columns only. */
export function selectReadableOfAnyKind(db: Database, userId: string) {
  // No table of a kind is joined, though the type says so.
  return inReadableWorlds(db.selectFrom('entities') as unknown as ReturnType<typeof selectOfKind>, userId)
}
