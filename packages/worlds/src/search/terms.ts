import { BadInputError } from '@worldloom/schema'
import { type RawBuilder, sql } from 'kysely'

/** The text search configuration of a language, as the migration names it. */
export function configurationOf(language: string): string {
  return `worldloom_${language}`
}

/** For names, which are searched for as they are written. */
export const nameConfiguration = configurationOf('simple')

/** What somebody searches for, word by word. */
export interface Terms {
  /** Texts of several words that have to follow each other. */
  readonly phrases: readonly string[]
  readonly words: readonly string[]
  /** The last word, if it may be only the beginning of one. */
  readonly beginning: string | undefined
  /** What must not be there. */
  readonly without: readonly string[]
}

const maxTerms = 20
const quotes = /(-?)["“”„«»]([^"“”„«»]*)(?:["“”„«»]|$)/gu

/** @throws {BadInputError} if nothing is searched for, but only left out */
export function parseTerms(text: string): Terms {
  const phrases: string[] = []
  const without: string[] = []
  const rest = text.replaceAll(quotes, (_, minus: string, phrase: string) => {
    if (phrase.trim()) (minus ? without : phrases).push(phrase.trim())
    return ' '
  })
  const words: string[] = []
  for (const word of rest.split(/\s+/u)) {
    if (word.startsWith('-') && word.length > 1) without.push(word.slice(1))
    else if (word) words.push(word)
  }
  if (words.length + phrases.length === 0) {
    throw new BadInputError({ text: ['Give at least one word to look for, besides those to leave out'] })
  }
  if (words.length + phrases.length + without.length > maxTerms) {
    throw new BadInputError({ text: [`At most ${maxTerms} words and phrases`] })
  }
  // Whoever goes on to type after a phrase or a space has finished the word before.
  const isOpen = !/["“”„«»]\s*$/u.test(text) && !words.at(-1)?.startsWith('-')
  const beginning = isOpen ? words.pop() : undefined
  return { phrases, words, beginning, without }
}

/** For each word that nothing has, those that are near to it, as they are in the index. */
export type NearWords = ReadonlyMap<string, readonly string[]>

export interface Queries {
  /** What every term matches. */
  readonly all: RawBuilder<string>
  /** What any term matches, for excerpts. */
  readonly any: RawBuilder<string>
  /** What must not match; null if there is nothing of the kind. */
  readonly unwanted: RawBuilder<string | null>
  /** What every term matches, the last word as it is instead of as a beginning. */
  readonly finished: RawBuilder<string>
  /** What every term but the last matches; null if there are no others. */
  readonly others: RawBuilder<string | null>
}

/**
 * @param configuration the name of a text search configuration
 * @param near replaces words
 */
export function toQueries(
  { phrases, words, beginning, without }: Terms,
  configuration: string,
  near: NearWords = new Map(),
): Queries {
  const given = sql`${configuration}::regconfig`
  const nearTo = (word: string) => {
    const alternatives = near.get(word)
    return alternatives && sql<string>`${alternatives.map(quoted).join(' | ')}::tsquery`
  }
  const others = [
    ...phrases.map((phrase) => sql<string>`phraseto_tsquery(${given}, ${phrase})`),
    ...words.map((word) => nearTo(word) ?? sql<string>`plainto_tsquery(${given}, ${word})`),
  ]
  const last = beginning === undefined ? [] : [nearTo(beginning) ?? asBeginning(given, beginning)]
  const lastFinished = beginning === undefined ? [] : [sql<string>`plainto_tsquery(${given}, ${beginning})`]
  const unwanted = without.map((term) => sql<string>`phraseto_tsquery(${given}, ${term})`)
  return {
    all: every([...others, ...last]),
    any: sql<string>`(${sql.join([...others, ...last], sql` || `)})`,
    unwanted: unwanted.length > 0 ? sql<string>`(${sql.join(unwanted, sql` || `)})` : sql<null>`null::tsquery`,
    finished: every([...others, ...lastFinished]),
    others: others.length > 0 ? every(others) : sql<null>`null::tsquery`,
  }
}

function every(terms: readonly RawBuilder<string>[]): RawBuilder<string> {
  return sql<string>`(${sql.join(terms, sql` && `)})`
}

/** Terms as `search_terms` of the search in SQL. */
export function asSearchTerms({ all, finished, others }: Queries): RawBuilder<unknown> {
  return sql`row(${all}, ${finished}, ${others})::search_terms`
}

/** The last word, if the words that begin with it can be looked up: what is cut into several by the parser is no word itself. */
export function completable({ beginning = '' }: Terms, near?: NearWords): string | null {
  return /^[\p{L}\p{M}\p{N}]+$/u.test(beginning) && !near?.has(beginning) ? beginning : null
}

function asBeginning(configuration: RawBuilder<unknown>, word: string): RawBuilder<string> {
  return sql<string>`(plainto_tsquery(${configuration}, ${word}) || to_tsquery(${configuration}, ${`${quoted(word)}:*`}))`
}

/** A word as a lexeme within a tsquery: https://www.postgresql.org/docs/current/datatype-textsearch.html */
function quoted(word: string): string {
  return `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}
