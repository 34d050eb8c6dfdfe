import type { KnownPrincipal } from '@worldloom/auth'
import { type Database, inTransaction } from '@worldloom/db'
import { ChangedError, NotFoundError, type WorldRecordKind } from '@worldloom/schema'
import { type RawBuilder, sql } from 'kysely'
import { changeOf, previousOf, recordChanges } from '../changes/record.ts'
import { notFoundAs } from '../notFoundAs.ts'
import { requireWorldRole } from '../worlds/authorize.ts'
import { findWorldById } from '../worlds/read.ts'
import type { Writer } from '../writer.ts'

/** What belongs to a world besides its entries, e.g. a tag: a row with a version, in a table of its own. */
export interface RecordDefinition<Row extends WorldRecord> {
  readonly kind: WorldRecordKind
  readonly table: string
  /** As written in the middle of a sentence. */
  readonly noun: string
  /** The columns that people see, besides those of every record. */
  readonly columns: readonly string[]
  /** Columns that are arrays of an enumeration, which only arrive as arrays when they are cast. */
  readonly arrays?: readonly string[]
  /** What the change log calls it. */
  readonly nameOf: (db: Database, row: Row) => string | Promise<string>
}

/** What every record has. */
export interface WorldRecord {
  readonly id: string
  readonly worldId: string
  readonly version: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

// Tables and columns come from definitions, never from a caller.
function columnsOf({
  columns,
  arrays = [],
}: Pick<RecordDefinition<WorldRecord>, 'columns' | 'arrays'>): RawBuilder<unknown> {
  const all = ['id', 'worldId', 'version', 'createdAt', 'updatedAt', ...columns]
  return sql.join(
    all.map((name) => (arrays.includes(name) ? sql`${sql.ref(name)}::text[] as ${sql.id(name)}` : sql.ref(name))),
  )
}

/**
 * @throws {NotFoundError} also for what is deleted, or in a world that the caller may not see
 */
export async function findRecord<Row extends WorldRecord>(
  db: Database,
  principal: KnownPrincipal,
  definition: RecordDefinition<Row>,
  id: string,
): Promise<Row> {
  const { rows } = await sql<Row>`
    select ${columnsOf(definition)} from ${sql.table(definition.table)} where id = ${id} and deleted_at is null`.execute(
    db,
  )
  const [row] = rows
  if (!row) throw new NotFoundError(definition.noun)
  await findWorldById(db, principal, row.worldId).catch(notFoundAs(definition.noun))
  return row
}

/** The records of a world that are not deleted, in order of id. */
export async function findRecords<Row extends WorldRecord>(
  db: Database,
  definition: RecordDefinition<Row>,
  worldId: string,
  { where = sql`true`, limit }: { readonly where?: RawBuilder<unknown>; readonly limit?: number } = {},
): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select ${columnsOf(definition)} from ${sql.table(definition.table)}
    where world_id = ${worldId} and deleted_at is null and ${where}
    order by id ${limit === undefined ? sql`` : sql`limit ${limit}::int`}`.execute(db)
  return rows
}

/**
 * Creates a record and logs it, in the caller's transaction.
 *
 * @param values columns of the definition
 */
export async function insertRecord<Row extends WorldRecord>(
  trx: Database,
  { actor }: Writer,
  definition: RecordDefinition<Row>,
  worldId: string,
  values: object,
): Promise<Row> {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined)
  const names = ['worldId', ...entries.map(([name]) => name)].map((name) => sql.ref(name))
  const { rows } = await sql<Row>`
    insert into ${sql.table(definition.table)} (${sql.join(names)})
    values (${sql.join([worldId, ...entries.map(([, value]) => value)])})
    returning ${columnsOf(definition)}`.execute(trx)
  const row = rows[0] as Row // one was inserted
  await recordChanges(trx, actor, worldId, [await recordChange(trx, definition, 'create', row)])
  return row
}

/** Locks a record for a change, in a world that the caller may write to. */
export async function lockRecord<Row extends WorldRecord>(
  trx: Database,
  principal: KnownPrincipal,
  definition: RecordDefinition<Row>,
  id: string,
  { version, state = 'active' }: { readonly version?: number | undefined; readonly state?: 'active' | 'deleted' } = {},
): Promise<Row> {
  const { rows } = await sql<Row>`
    select ${columnsOf(definition)} from ${sql.table(definition.table)}
    where id = ${id} and deleted_at ${state === 'active' ? sql`is null` : sql`is not null`}
    for no key update`.execute(trx)
  const [row] = rows
  if (!row) throw new NotFoundError(definition.noun)
  await requireWorldRole(trx, principal, row.worldId, 'editor').catch(notFoundAs(definition.noun))
  if (version !== undefined && version !== row.version) throw new ChangedError(definition.noun, row)
  return row
}

/** Changes the given columns of a record that is locked, and logs it. */
export async function updateRecord<Row extends WorldRecord>(
  trx: Database,
  { actor }: Writer,
  definition: RecordDefinition<Row>,
  before: Row,
  values: object,
): Promise<Row> {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined)
  const set = [sql`version = version`, ...entries.map(([name, value]) => sql`${sql.ref(name)} = ${value}`)]
  const { rows } = await sql<Row>`
    update ${sql.table(definition.table)} set ${sql.join(set)} where id = ${before.id}
    returning ${columnsOf(definition)}`.execute(trx)
  const row = rows[0] as Row // it is locked
  await recordChanges(trx, actor, row.worldId, [
    await recordChange(trx, definition, 'update', row, previousOf(before, row)),
  ])
  return row
}

/** Deletes a record that is locked, or brings it back, and logs it. */
export async function setRecordDeleted<Row extends WorldRecord>(
  trx: Database,
  { actor }: Writer,
  definition: RecordDefinition<Row>,
  before: Row,
  isDeleted: boolean,
): Promise<Row> {
  const { rows } = await sql<Row>`
    update ${sql.table(definition.table)} set deleted_at = ${isDeleted ? sql`now()` : sql`null`} where id = ${before.id}
    returning ${columnsOf(definition)}`.execute(trx)
  const row = rows[0] as Row // it is locked
  await recordChanges(trx, actor, row.worldId, [
    await recordChange(trx, definition, isDeleted ? 'delete' : 'restore', row),
  ])
  return row
}

/**
 * Deletes a record, in a transaction of its own.
 *
 * @param prepare what is to be checked or done once it is locked
 * @throws {NotFoundError | RoleTooLowError | ChangedError}
 */
export async function deleteRecord<Row extends WorldRecord>(
  db: Database,
  writer: Writer,
  definition: RecordDefinition<Row>,
  { id, version }: { readonly id: string; readonly version: number },
  prepare: (trx: Database, before: Row) => Promise<void> = async () => {},
): Promise<{ id: string }> {
  return await inTransaction(db, async (trx) => {
    const before = await lockRecord(trx, writer.principal, definition, id, { version })
    await prepare(trx, before)
    await setRecordDeleted(trx, writer, definition, before, true)
    return { id }
  })
}

/** How many records there are that are not deleted, of a world or of what they belong to. */
export async function countRecords(
  db: Database,
  { table }: Pick<RecordDefinition<WorldRecord>, 'table'>,
  column: string,
  id: string,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from ${sql.table(table)} where ${sql.ref(column)} = ${id} and deleted_at is null`.execute(
    db,
  )
  return rows[0]?.count ?? 0
}

export async function recordChange<Row extends WorldRecord>(
  db: Database,
  definition: RecordDefinition<Row>,
  action: 'create' | 'update' | 'delete' | 'restore',
  row: Row,
  previous?: Readonly<Record<string, unknown>>,
) {
  const displayName = await definition.nameOf(db, row)
  return changeOf(action, { id: row.id, kind: definition.kind, displayName, version: row.version }, previous)
}
