// For whoever checks this file without the rest of the package.
/// <reference path="./damerauLevenshtein.d.ts" />
import type { Database } from '@worldloom/db'
import distance from 'damerau-levenshtein'
import { type RawBuilder, sql } from 'kysely'
import type { SearchScope } from './scope.ts'
import type { NearWords, Terms } from './terms.ts'

/** How many near words replace one. */
const mostNear = 4
/** Up to so many, each is looked into by itself. */
const fewWorlds = 20
/** How many words are looked at that have it in their middle. */
const mostContaining = 1000

type Scope = Pick<SearchScope, 'worlds' | 'worldCount' | 'configurations'>

/**
 * For each word that nothing in the worlds has, the words of these worlds that are near to it: a typo or two away, or else with
 * it in their middle.
 *
 * @param isNothingFound whether a search for all of them has found nothing
 * @returns undefined if there is nothing to correct
 */
export async function findNearWords(
  db: Database,
  scope: Scope,
  { words, beginning }: Terms,
  isNothingFound: boolean,
): Promise<NearWords | undefined> {
  const given = [...words, ...(beginning === undefined ? [] : [beginning])].filter((word) =>
    /\p{L}.*\p{L}.*\p{L}/u.test(word),
  )
  if (given.length === 0) return undefined
  // The words of entries that are gone are still known: of a single word, the search itself has shown that nothing has it.
  const isUnknown = isNothingFound && words.length + (beginning === undefined ? 0 : 1) === 1
  const similar = await findSimilar(db, scope, given, beginning, isUnknown)
  if (similar.length === 0) return undefined
  const typos = similar
    .flatMap(({ word, key, near }) => (near === null ? [] : [{ word, key, near, steps: distance(key, near).steps }]))
    .filter(({ key, steps }) => steps > 0 && steps <= (key.length <= 4 ? 1 : 2))
  const found = await keepPresent(db, scope, typos)
  const others = new Map(similar.filter(({ word }) => !found.has(word)).map(({ word, key }) => [word, key]))
  const containing = (await findContaining(db, others)).map((row) => ({ ...row, steps: row.near.length }))
  for (const [word, near] of await keepPresent(db, scope, containing)) found.set(word, near)
  return found.size === 0 ? undefined : found
}

interface Candidate {
  readonly word: string
  readonly near: string
  /** How far it is from what was typed. */
  readonly steps: number
}

/** The nearest that are words of the worlds. */
async function keepPresent(
  db: Database,
  scope: Scope,
  candidates: readonly Candidate[],
): Promise<Map<string, readonly string[]>> {
  if (candidates.length === 0) return new Map()
  // Each is looked for in each world.
  const mostLookups = Math.max(30, 2000 / scope.worldCount)
  const sorted = [...Map.groupBy(candidates, ({ word }) => word)].map(([word, all]) => {
    const nearest = all.toSorted((one, other) => one.steps - other.steps || one.near.localeCompare(other.near))
    return [word, nearest.slice(0, mostLookups).map(({ near }) => near)] as const
  })
  const { rows } = await sql<{ word: string }>`
    select given.word from unnest(${[...new Set(sorted.flatMap(([, near]) => near))]}::text[]) as given (word)
    where exists (
      select from search_words where ${inWorlds(scope)} and search_words.word = given.word limit 1
    )`.execute(db)
  const present = new Set(rows.map(({ word }) => word))
  return new Map(
    sorted
      .map(([word, near]) => [word, near.filter((each) => present.has(each)).slice(0, mostNear)] as const)
      .filter(([, near]) => near.length > 0),
  )
}

/** In few worlds, by the words of each, search_words_word_idx; in many, by the worlds of a word, search_words_worlds_idx. */
function inWorlds({ worlds, worldCount }: Scope): RawBuilder<boolean> {
  return worldCount <= fewWorlds
    ? sql<boolean>`search_words.world_id = any (${worlds}::uuid[])`
    : sql<boolean>`(search_words.world_id in (select unnest(${worlds}::uuid[]))) is true`
}

/** Words of all worlds with these in their middle, the shortest first. */
async function findContaining(
  db: Database,
  /** With how they are compared. */
  words: ReadonlyMap<string, string>,
): Promise<{ word: string; near: string }[]> {
  if (words.size === 0) return []
  // search_vocabulary_near_idx
  const { rows } = await sql<{ word: string; near: string }>`
    ${sql.join(
      [...words].map(
        ([word, key]) => sql`(
          select ${word}::text as word, search_vocabulary.word as near from search_vocabulary
          where word <> ${key} and search_vocabulary.is_correctable
            and (search_vocabulary.word || '') like ${`%${key.replaceAll(/[\\%_]/g, '\\$&')}%`}
          order by length(search_vocabulary.word) limit ${mostContaining}::int
        )`,
      ),
      sql` union `,
    )}`.execute(db)
  return rows
}

/** The words that no entry has, with how they are compared and what is similar; null if nothing is. */
async function findSimilar(
  db: Database,
  scope: Scope,
  words: readonly string[],
  beginning: string | undefined,
  isUnknown: boolean,
): Promise<{ word: string; key: string; near: string | null }[]> {
  // Each word and lexeme is looked for by itself.
  // By search_vocabulary_near_idx; short words have too few trigrams in common: of these, all with the same first letter.
  const { rows } = await sql<{ word: string; key: string; near: string | null }>`
    with unknown as materialized (
      select given.word, folded(given.word) as key from unnest(${words}::text[]) as given (word)
      where ${isUnknown} or not exists (
        select from unnest(
          tsvector_to_array(to_tsvector(${scope.configurations[0] ?? ''}::regconfig, given.word)) || folded(given.word)
        ) as lexeme, lateral (
          select word from search_words
          where ${inWorlds(scope)} and search_words.word = lexeme limit 1
        ) as known
      ) and not (given.word = ${beginning ?? ''} and exists (
        select from lateral (
          select word from search_words
          where ${inWorlds(scope)} and search_words.word >= folded(given.word)
            and search_words.word < folded(given.word) || chr(1114111)
          ${scope.worldCount <= fewWorlds ? sql`order by search_words.world_id, search_words.word` : sql``} limit 1
        ) as known
      ))
    )
    select unknown.word, unknown.key, similar_word.near
    from unknown left join lateral (
      select search_vocabulary.word as near from search_vocabulary
      where (search_vocabulary.word || '') % unknown.key and search_vocabulary.is_correctable
        and length(search_vocabulary.word) between length(unknown.key) - 2 and length(unknown.key) + 2
      union
      select search_vocabulary.word from search_vocabulary
      where length(unknown.key) <= 5
        and search_vocabulary.word >= left(unknown.key, 1) and search_vocabulary.word < left(unknown.key, 1) || chr(1114111)
        and search_vocabulary.is_correctable
        and length(search_vocabulary.word) between length(unknown.key) - 1 and length(unknown.key) + 1
    ) as similar_word on true`.execute(db)
  return rows
}
