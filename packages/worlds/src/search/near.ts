// For whoever checks this file without the rest of the package.
/// <reference path="./damerauLevenshtein.d.ts" />
import type { Database } from '@worldloom/db'
import distance from 'damerau-levenshtein'
import { type RawBuilder, sql } from 'kysely'
import type { SearchScope } from './scope.ts'
import type { NearWords, Terms } from './terms.ts'

/** How many near words replace one. */
const mostNear = 4
/** How many words are looked at that have it in their middle. */
const mostContaining = 50

/**
 * For each word that nothing in the worlds has, the words of these worlds that are near to it: a typo or two away, or else with
 * it in their middle.
 *
 * @param isNothingFound whether a search for all of them has found nothing
 * @returns undefined if there is nothing to correct
 */
export async function findNearWords(
  db: Database,
  { worldIds, configurations }: Pick<SearchScope, 'worldIds' | 'configurations'>,
  { words, beginning }: Terms,
  isNothingFound: boolean,
): Promise<NearWords | undefined> {
  const given = [...words, ...(beginning === undefined ? [] : [beginning])].filter((word) =>
    /\p{L}.*\p{L}.*\p{L}/u.test(word),
  )
  if (given.length === 0) return undefined
  // The words of entries that are gone are still known: of a single word, the search itself has shown that nothing has it.
  const isUnknown = isNothingFound && words.length + (beginning === undefined ? 0 : 1) === 1
  const unknown = await findUnknown(db, { worldIds, configurations }, given, beginning, isUnknown)
  if (unknown.length === 0) return undefined
  // search_words_near_idx; short words have too few trigrams in common: of these, all with the same first letter.
  const { rows } = await sql<{ word: string; key: string; near: string }>`
    ${sql.join(
      unknown.map(
        ({ word, key }) => sql`
          select ${word}::text as word, ${key}::text as key, word as near from search_words
          where ${inWorlds(worldIds)} and (search_words.word || '') % ${key}
          ${
            key.length > 5
              ? sql``
              : sql`union select ${word}, ${key}, word from search_words
                where world_id = any (${worldIds}::uuid[])
                  and search_words.word >= left(${key}, 1) and search_words.word < left(${key}, 1) || chr(1114111)
                  and length(search_words.word) between ${key.length - 1}::int and ${key.length + 1}::int`
          }`,
      ),
      sql` union `,
    )}`.execute(db)
  const found = new Map<string, { near: string; steps: number }[]>()
  const add = (word: string, near: string, steps: number) =>
    found.set(word, [...(found.get(word) ?? []), { near, steps }])
  for (const { word, key, near } of rows) {
    const { steps } = distance(key, near)
    if (steps > 0 && steps <= (key.length <= 4 ? 1 : 2)) add(word, near, steps)
  }
  const others = unknown.filter(({ word }) => !found.has(word))
  for (const { word, near } of await findContaining(db, worldIds, others)) add(word, near, near.length)
  if (found.size === 0) return undefined
  return new Map(
    [...found].map(([word, near]) => {
      const sorted = near.toSorted((one, other) => one.steps - other.steps || one.near.localeCompare(other.near))
      return [word, sorted.slice(0, mostNear).map((each) => each.near)]
    }),
  )
}

/** In few worlds, by the index of each; of many, it would be gone through once for each of them. */
function inWorlds(worldIds: readonly string[]): RawBuilder<boolean> {
  return worldIds.length <= 20
    ? sql<boolean>`world_id::text = any (${worldIds}::text[])`
    : sql<boolean>`(world_id in (select unnest(${worldIds}::uuid[]))) is true`
}

/** Words of the worlds with these in their middle. */
async function findContaining(
  db: Database,
  worldIds: readonly string[],
  words: readonly { readonly word: string; readonly key: string }[],
): Promise<{ word: string; near: string }[]> {
  if (words.length === 0) return []
  // search_words_near_idx
  const { rows } = await sql<{ word: string; near: string }>`
    ${sql.join(
      words.map(
        ({ word, key }) => sql`(
          select ${word}::text as word, search_words.word as near from search_words
          where ${inWorlds(worldIds)} and word <> ${key}
            and (search_words.word || '') like ${`%${key.replaceAll(/[\\%_]/g, '\\$&')}%`}
          limit ${mostContaining}::int
        )`,
      ),
      sql` union `,
    )}`.execute(db)
  return rows
}

/** The words that no entry has, with how they are compared. */
async function findUnknown(
  db: Database,
  { worldIds, configurations }: Pick<SearchScope, 'worldIds' | 'configurations'>,
  words: readonly string[],
  beginning: string | undefined,
  isUnknown: boolean,
): Promise<{ word: string; key: string }[]> {
  // search_words_word_idx, for each word and lexeme by itself
  const { rows } = await sql<{ word: string; key: string }>`
    select given.word, folded(given.word) as key from unnest(${words}::text[]) as given (word)
    where ${isUnknown} or not exists (
      select from unnest(
        tsvector_to_array(to_tsvector(${configurations[0] ?? ''}::regconfig, given.word)) || folded(given.word)
      ) as lexeme, lateral (
        select word from search_words
        where search_words.world_id = any (${worldIds}::uuid[]) and search_words.word = lexeme limit 1
      ) as known
    ) and not (given.word = ${beginning ?? ''} and exists (
      select from lateral (
        select word from search_words
        where search_words.world_id = any (${worldIds}::uuid[]) and search_words.word >= folded(given.word)
          and search_words.word < folded(given.word) || chr(1114111)
        order by search_words.world_id, search_words.word limit 1
      ) as known
    ))`.execute(db)
  return rows
}
