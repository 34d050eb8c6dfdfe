import type { KnownPrincipal } from '@worldloom/auth'
import type { Database } from '@worldloom/db'
import type { Suggestion, searchSuggestInput } from '@worldloom/schema'
import { sql } from 'kysely'
import type { z } from 'zod'
import { findNearWords } from './near.ts'
import { queriesOf, type Searched } from './query.ts'
import { findNameScope, type SearchScope } from './scope.ts'
import { asSearchTerms, parseTerms } from './terms.ts'

type Found = Omit<Suggestion, 'isNear'>

/** While somebody types, some of many worlds will do, besides those that were changed last. */
const mostFurther = 20

/**
 * Entries by the beginning of their name or of words in it, while somebody types. Without a text, those that were updated last.
 *
 * @throws {NotFoundError} for a world that the caller may not see
 */
export async function suggestEntries(
  db: Database,
  principal: KnownPrincipal,
  input: z.output<typeof searchSuggestInput>,
): Promise<{ items: Suggestion[] }> {
  const scope = await findNameScope(db, principal, input)
  return { items: await suggestIn(db, scope, input.text, input.limit) }
}

/** The same in worlds that the caller may read. */
export async function suggestIn(db: Database, scope: SearchScope, text: string, limit: number): Promise<Suggestion[]> {
  if (scope.worldCount === 0) return []
  if (text === '') return (await findLatest(db, scope, limit)).map((row) => ({ ...row, isNear: false }))
  const { items: found, isWord } = await findBeginning(db, scope, text, limit)
  if (found.length >= limit) return found.map((row) => ({ ...row, isNear: false }))
  const terms = parseTerms(text.replaceAll(/["“”„«»-]/gu, ' ').trim() || text)
  // A word with a typo is looked for only as what it may have been meant to be.
  const isUnknown = !isWord && /^\p{L}+$/u.test(text)
  const named = isUnknown ? [] : await findNamed(db, scope, queriesOf(terms, scope), limit)
  const items = merged(found, named, false)
  if (items.length === 0) {
    const near = await findNearWords(db, scope, terms, true)
    if (near) return merged([], await findNamed(db, scope, queriesOf(terms, scope, near), limit), true)
  }
  return items.slice(0, limit)
}

function merged(first: readonly Found[], others: readonly Found[], isNear: boolean): Suggestion[] {
  const known = new Set(first.map(({ id }) => id))
  return [...first, ...others.filter(({ id }) => !known.has(id))].map((row) => ({ ...row, isNear }))
}

const columns = sql`entities.id, entities.world_id as "worldId", entities.kind, entities.name,
  entities.display_name as "displayName", left(entities.description, 200) as description`

/** @returns also whether a word of any world begins like that */
async function findBeginning(db: Database, { worlds, kinds }: SearchScope, text: string, limit: number) {
  const { rows } = await sql<{ isWord: boolean } & (Found | { id: null })>`
    select "isWord", ${columns}
    from (
      select exists (
        select from search_vocabulary where word >= folded(${text}) and word < folded(${text}) || chr(1114111)
      ) as "isWord"
    ) as known
    left join (
      search_names_beginning(${worlds}::uuid[], ${kinds}::entity_kind[], folded(${text}), ${limit}::int) as found
      join entities on entities.id = found.entity_id
    ) on true
    order by found.name_key, entities.id`.execute(db)
  const items = rows.flatMap(({ isWord: _, ...row }) => (row.id === null ? [] : [row]))
  return { items, isWord: rows[0]?.isWord ?? true }
}

async function findNamed(db: Database, { worlds, kinds }: SearchScope, { named, beginning }: Searched, limit: number) {
  const { rows } = await sql<Found>`
    select ${columns}
    from search_candidates(
      ${worlds}::uuid[], ${kinds}::entity_kind[], null, ${asSearchTerms(named)}, null::search_terms, folded(${beginning}),
      null, null, ${limit}::int, ${limit}::int, 200, null, null, ${mostFurther}::int
    ) as found
    join entities on entities.id = found.entity_id
    order by length(entities.name), lower(entities.name), entities.id
    limit ${limit}::int`.execute(db)
  return rows
}

async function findLatest(db: Database, { worlds, kinds }: SearchScope, limit: number) {
  // entities_changed_idx. Of very many worlds, some will do.
  const { rows } = await sql<Found>`
    select ${columns}
    from unnest((${worlds}::uuid[])[:100]) as world, lateral (
      select * from entities
      where entities.world_id = world and entities.deleted_at is null and entities.kind = any (${kinds}::entity_kind[])
      order by entities.updated_at desc, entities.id desc limit ${limit}::int
    ) as entities
    order by entities.updated_at desc, entities.id desc limit ${limit}::int`.execute(db)
  return rows
}
