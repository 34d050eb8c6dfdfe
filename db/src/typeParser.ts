import pg from 'pg'

type Parser = (text: string) => unknown

/**
 * The parser for a type's values, which PostgreSQL sends as text.
 *
 * A `date` has neither time nor zone, so it stays text; pg would turn it into midnight local time.
 */
export function typeParser(oid: number, format?: 'text' | 'binary'): Parser {
  return oid === pg.types.builtins.DATE ? (text) => text : (pg.types.getTypeParser(oid, format) as Parser) // it takes text
}
