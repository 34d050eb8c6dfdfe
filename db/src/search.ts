import { type RawBuilder, sql } from 'kysely'

/** Rows where one of the columns or expressions contains the text, ignoring case. */
export function containing(text: string, columns: readonly (string | RawBuilder<unknown>)[]): RawBuilder<boolean> {
  const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
  const tests = columns.map(
    (column) => sql`lower(${typeof column === 'string' ? sql.ref(column) : column}) like ${pattern}`,
  )
  return sql<boolean>`(${sql.join(tests, sql` or `)})`
}
