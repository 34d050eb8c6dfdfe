import pg from 'pg'

type Parser = (text: string) => unknown

/**
 * How values of a type are read from the text that PostgreSQL sends.
 *
 * A `date` has no time and no zone: it stays the text it is, where pg would make local midnight of it.
 */
export function typeParser(oid: number, format?: 'text' | 'binary'): Parser {
  return oid === pg.types.builtins.DATE ? (text) => text : (pg.types.getTypeParser(oid, format) as Parser) // it takes text
}
