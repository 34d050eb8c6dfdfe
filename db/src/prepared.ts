import type { Compilable, CompiledQuery, Kysely } from 'kysely'
import { toCamelCase } from './camelCase.ts'
import { type Database, namedStatement, pipelineOf } from './database.ts'
import type { DB } from './generated/types.ts'
import type { NamedStatement } from './preparedRead.ts'

/** Stands for a parameter while a query is compiled. */
class Placeholder {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

interface Prepared {
  readonly query: CompiledQuery
  /** Undefined where it is to be sent without a name. */
  readonly statement: NamedStatement | undefined
  /** For each parameter of the statement its name, or undefined for a constant. */
  readonly names: readonly (string | undefined)[]
  readonly rename: (row: Row) => Row
}

type Row = Record<string, unknown>

type RowOf<Query> = Query extends Compilable<infer Row> ? Row : never

/**
 * A query that is built and compiled once, and then only run: for the few that are asked for all the time,
 * where building costs about as much as PostgreSQL takes to answer.
 *
 * @param build gets stand-ins for the parameters; they go where values would, and nowhere else
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

/** Below Kysely's plugins, which would look for something to rename in the query each time. */
async function queryAlone(db: Database, query: CompiledQuery, rename: (row: Row) => Row): Promise<Row[]> {
  const { rows } = await db.getExecutor().provideConnection((connection) => connection.executeQuery<Row>(query))
  return rows.map(rename)
}

/**
 * As {@link preparedQuery}, for a query of a few shapes: each is compiled once, at its first use.
 *
 * @returns runs the query of a shape; `build` is called where the shape is new, and has to build the same for it each time
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
  // The builder passes values through untouched, so a stand-in comes out where its value would have been.
  const query = build(db as Kysely<DB>, standIns as Parameters).compile()
  const names = query.parameters.map((value) => (value instanceof Placeholder ? value.name : undefined))
  return { query, statement: namedStatement(query.sql), names, rename: camelCaser() }
}

/** Renames the columns of rows that all have the same ones. */
function camelCaser(): (row: Row) => Row {
  let columns: (readonly [snake: string, camel: string])[] | undefined
  return (row) => {
    columns ??= Object.keys(row).map((name) => [name, toCamelCase(name)])
    const renamed: Row = {}
    for (const [snake, camel] of columns) renamed[camel] = row[snake]
    return renamed
  }
}
