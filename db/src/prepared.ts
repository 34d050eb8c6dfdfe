import type { Compilable, CompiledQuery, Kysely } from 'kysely'
import { toCamelCase } from './camelCase.ts'
import { type Database, namedStatement, pipelineOf } from './database.ts'
import type { DB } from './generated/types.ts'
import type { NamedStatement } from './preparedRead.ts'

/** A placeholder for a parameter while a query is compiled. */
class Placeholder {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

interface Prepared {
  readonly query: CompiledQuery
  /** Undefined if it is sent without a name. */
  readonly statement: NamedStatement | undefined
  /** The name of each parameter of the statement; undefined for a constant. */
  readonly names: readonly (string | undefined)[]
  readonly rename: (row: Row) => Row
}

type Row = Record<string, unknown>

type RowOf<Query> = Query extends Compilable<infer Row> ? Row : never

/**
 * A query that is built and compiled once, for frequent queries where building costs about as much as running.
 *
 * @param build gets placeholders for the parameters, to be used only where values would be
 * @example
 * const worldById = preparedQuery((db, { id }: { id: string }) => db.selectFrom('worlds').selectAll().where('id', '=', id))
 * const [world] = await worldById(db, { id })
 */
export function preparedQuery<Parameters extends Record<string, unknown>, Query extends Compilable<object>>(
  build: (db: Kysely<DB>, parameters: Parameters) => Query,
): (db: Database, parameters: Parameters) => Promise<RowOf<Query>[]> {
  let prepared: Prepared | undefined
  return async (db, parameters) => {
    prepared ??= prepare(build, db)
    const { query, statement, names, rename } = prepared
    const values = names.map((name, index) => (name === undefined ? query.parameters[index] : parameters[name]))
    const pipeline = statement && pipelineOf(db)
    const rows = pipeline
      ? await pipeline.query<Row>(statement, values)
      : await queryAlone(db, { ...query, parameters: values }, rename)
    return rows as RowOf<Query>[] // what the query that was built answers
  }
}

/** Bypasses Kysely's plugins, which would search the query for names to convert each time. */
async function queryAlone(db: Database, query: CompiledQuery, rename: (row: Row) => Row): Promise<Row[]> {
  const { rows } = await db.getExecutor().provideConnection((connection) => connection.executeQuery<Row>(query))
  return rows.map(rename)
}

/**
 * As {@link preparedQuery}, for a query with several shapes, each compiled at its first use.
 *
 * @returns a function that runs the query of a shape. `build` is called for a new shape, and must always build the same
 * query for it.
 */
export function preparedQueries<Parameters extends Record<string, unknown>, Row extends object>(): (
  db: Database,
  shape: string | number,
  parameters: Parameters,
  build: (db: Kysely<DB>, parameters: Parameters) => Compilable<Row>,
) => Promise<Row[]> {
  const byShape = new Map<string | number, (db: Database, parameters: Parameters) => Promise<Row[]>>()
  return (db, shape, parameters, build) => {
    let query = byShape.get(shape)
    if (!query) {
      query = preparedQuery(build)
      byShape.set(shape, query)
    }
    return query(db, parameters)
  }
}

function prepare<Parameters extends Record<string, unknown>>(
  build: (db: Kysely<DB>, parameters: Parameters) => Compilable<object>,
  db: Database,
): Prepared {
  const standIns = new Proxy({}, { get: (_target, name) => new Placeholder(String(name)) })
  // The builder passes values through untouched, so a placeholder ends up where its value would be.
  const query = build(db as Kysely<DB>, standIns as Parameters).compile()
  const names = query.parameters.map((value) => (value instanceof Placeholder ? value.name : undefined))
  return { query, statement: namedStatement(query.sql), names, rename: camelCaser() }
}

/** Converts column names, for rows that all have the same columns. */
function camelCaser(): (row: Row) => Row {
  let columns: (readonly [snake: string, camel: string])[] | undefined
  return (row) => {
    columns ??= Object.keys(row).map((name) => [name, toCamelCase(name)])
    const renamed: Row = {}
    for (const [snake, camel] of columns) renamed[camel] = row[snake]
    return renamed
  }
}
