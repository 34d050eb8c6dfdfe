import pg from 'pg'
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
  readonly described: RowDescription['fields']
  readonly names: readonly string[]
  readonly parsers: readonly ((text: string) => unknown)[]
  /** Has every column, so that rows get their shape at once. */
  readonly empty: Readonly<Record<string, null>>
}

const columnsOf = new WeakMap<NamedStatement, Columns>()

/**
 * Runs a named statement and returns its rows with camel-case columns. pg's own query works out how to read them each
 * time and keeps details that are rarely used; for a short read, that costs more than the reading itself.
 *
 * Overrides the methods that pg calls on any submittable query.
 * @see https://node-postgres.com/apis/client#queryable-submittable
 */
export class PreparedRead<Row extends object> extends pg.Query {
  declare name: string
  declare callback: (error: Error | null, rows: Row[]) => void
  readonly #statement: NamedStatement
  readonly #rows: Row[] = []
  #columns: Columns | undefined
  #failure: Error | undefined

  constructor(statement: NamedStatement, values: unknown[]) {
    super(statement.text, values)
    this.name = statement.name
    this.#statement = statement
  }

  handleRowDescription({ fields }: RowDescription): void {
    const known = columnsOf.get(this.#statement)
    if (known && isSame(known.described, fields)) {
      this.#columns = known
      return
    }
    const names = fields.map(({ name }) => toCamelCase(name))
    this.#columns = {
      described: fields,
      names,
      parsers: fields.map(({ dataTypeID }) => typeParser(dataTypeID)),
      empty: Object.fromEntries(names.map((name) => [name, null])),
    }
    columnsOf.set(this.#statement, this.#columns)
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

function isSame(one: RowDescription['fields'], other: RowDescription['fields']): boolean {
  if (one.length !== other.length) return false
  for (let index = 0; index < one.length; index++) {
    if (one[index]?.dataTypeID !== other[index]?.dataTypeID || one[index]?.name !== other[index]?.name) return false
  }
  return true
}
