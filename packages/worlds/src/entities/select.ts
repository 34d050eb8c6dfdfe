import type { Database } from '@worldloom/db'
import { type EntityDefinition, type EntityKind, entities } from '@worldloom/schema'
import { type RawBuilder, sql } from 'kysely'
import { jsonBuildObject } from 'kysely/helpers/postgres'
import type { z } from 'zod'
import { isReadable } from '../worlds/select.ts'

/** What a kind's answers look like, as its declaration says. */
export type EntityRow<Definition extends EntityDefinition> = z.output<Definition['answer']>
/** What lists show of it. */
export type EntitySummary<Definition extends EntityDefinition> = z.output<Definition['summary']>

/** What is known of any kind. */
export interface AnyEntity {
  readonly id: string
  readonly worldId: string
  readonly kind: EntityDefinition['kind']
  readonly name: string
  readonly displayName: string
  readonly version: number
}

/**
 * The table of a kind. What is used of it by name is its `id`, which all have; its other columns go by the declaration.
 */
export function tableOf({ plural }: EntityDefinition): 'stories' {
  return plural as 'stories' // any of them: see above
}

/** The columns of a kind's own table that answers show. */
export function ownColumns({ fields, serverFields = {}, parent, ordered }: EntityDefinition): string[] {
  return [
    ...Object.keys(fields),
    ...Object.keys(serverFields),
    ...(parent ? [parent.field] : []),
    ...(ordered ? ['position'] : []),
  ]
}

/** The fields of a kind's own that hold the id of another entry; what it lies in is not among them. */
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
  'entities.ownerId',
  'entities.version',
  'entities.createdAt',
  'entities.updatedAt',
] as const

/** Everything a list shows of a kind, by the names of its declaration. */
export function summaryColumns(definition: EntityDefinition) {
  return [...sharedColumns, ...ownColumns(definition).map((name) => ownColumn(definition, name).as(name))] as const
}

export function ownColumn(definition: EntityDefinition, name: string): RawBuilder<unknown> {
  return sql.ref(`${definition.plural}.${name}`)
}

/** Everything of a kind. */
export function entityColumns(definition: EntityDefinition) {
  return [...summaryColumns(definition), 'entities.body'] as const
}

/** Those of a kind that are in use, in worlds that the reader may see: authorised and read in one statement. */
export function selectReadable(db: Database, definition: EntityDefinition, userId: string) {
  return inReadableWorlds(selectOfKind(db, definition), userId)
}

/** Everything of them. */
export function selectEntity(db: Database, definition: EntityDefinition, userId: string) {
  return selectReadable(db, definition, userId).select(entityColumns(definition)).$castTo<AnyEntity>()
}

/** Of any kind everything that all have in common, and what is of their own. */
export interface AnyKindRow extends AnyEntity {
  readonly own: Readonly<Record<string, unknown>>
}

/**
 * Everything of those of any kind. What is of a kind's own is looked up in its table alone: joining all tables takes
 * PostgreSQL longer, and one statement a kind takes it and the process half as long again (bench/README.md).
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

/** Those of any kind, as far as all kinds have it in common. */
export function selectReadableOfAnyKind(db: Database, userId: string) {
  // Nothing of a kind's own is joined, where the type knows of one.
  return inReadableWorlds(db.selectFrom('entities') as unknown as ReturnType<typeof selectOfKind>, userId)
}
