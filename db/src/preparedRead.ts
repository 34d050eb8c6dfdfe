/// <reference path="./pgUtils.d.ts" />
import pg from 'pg'
import { prepareValue } from 'pg/lib/utils.js'
import { toCamelCase } from './camelCase.ts'
import { typeParser } from './typeParser.ts'

/** A statement that each connection keeps prepared under its name. */
export interface NamedStatement {
  readonly name: string
  readonly text: string
}

/** @see https://www.postgresql.org/docs/current/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-ROWDESCRIPTION */
interface RowDescription {
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[]
}

/** How to read the rows of a statement. */
interface Columns {
  readonly names: readonly string[]
  readonly parsers: readonly ((text: string) => unknown)[]
  /** Has every column, so that rows get their shape at once. */
  readonly empty: Readonly<Record<string, null>>
}

/** What each connection has described; a statement's rows stay the same for as long as it is prepared there. */
const described = new WeakMap<pg.Connection, Map<string, Columns>>()

/** The part of pg's query that its types leave out. */
interface PgQuery extends pg.Query {
  name: string
  callback: (error: Error | null, rows: never[]) => void
  readonly values: unknown[]
  prepare(connection: pg.Connection): void
}
const PgQuery = pg.Query as unknown as new (text: string, values: unknown[]) => PgQuery // see above

/**
 * Runs a named statement and returns its rows with camel-case columns. For a short read, pg's own query costs more than the
 * reading itself: it has the rows described and works out how to read them each time.
 *
 * Overrides the methods that pg calls on any submittable query.
 * @see https://node-postgres.com/apis/client#queryable-submittable
 */
export class PreparedRead<Row extends object> extends PgQuery {
  declare callback: (error: Error | null, rows: Row[]) => void
  readonly #rows: Row[] = []
  #connection: pg.Connection | undefined
  #columns: Columns | undefined
  #failure: Error | undefined

  constructor({ name, text }: NamedStatement, values: unknown[]) {
    super(text, values)
    this.name = name
  }

  override prepare(connection: pg.Connection): void {
    this.#connection = connection
    this.#columns = described.get(connection)?.get(this.name)
    if (!this.#columns) {
      super.prepare(connection)
      return
    }
    connection.bind({ statement: this.name, values: this.values.map(prepareValue) }, true)
    connection.execute({}, true)
    connection.sync()
  }

  handleRowDescription({ fields }: RowDescription): void {
    const names = fields.map(({ name }) => toCamelCase(name))
    const columns = {
      names,
      parsers: fields.map(({ dataTypeID }) => typeParser(dataTypeID)),
      empty: Object.fromEntries(names.map((name) => [name, null])),
    }
    this.#columns = columns
    if (!this.#connection) return
    const known = described.get(this.#connection) ?? new Map<string, Columns>()
    described.set(this.#connection, known.set(this.name, columns))
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    if (!this.#columns || this.#failure) return
    const { names, parsers, empty } = this.#columns
    const row: Record<string, unknown> = { ...empty }
    try {
      for (let index = 0; index < fields.length; index++) {
        const text = fields[index] ?? null
        // There is a name and a parser for every field.
        if (text !== null) row[names[index] as string] = (parsers[index] as Columns['parsers'][number])(text)
      }
    } catch (error) {
      this.#failure = error as Error // parsers throw nothing else
      return
    }
    this.#rows.push(row as Row) // what the statement returns
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.callback(this.#failure ?? null, this.#rows)
  }
}
