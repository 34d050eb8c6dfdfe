import { containing, type Database } from '@worldloom/db'
import type { EntityKind } from '@worldloom/schema'
import { type RawBuilder, sql } from 'kysely'
import { findNearWords } from './near.ts'
import { onlyWorld } from './scope.ts'
import { type NearWords, nameConfiguration, parseTerms, toQueries } from './terms.ts'

/** Conditions on `entities`. */
export interface NameSearch {
  /** Looks at each entry, for a list of which few are looked at. */
  readonly each: RawBuilder<boolean>
  /** Finds all of them at once, and nothing of other worlds and kinds. */
  readonly all: RawBuilder<boolean>
}

/**
 * Entries of a kind with these words in their names, of the last its beginning.
 *
 * @param near what words are replaced by; see {@link findNearNames}
 * @throws {BadInputError} for a text without anything to look for
 */
export function searchNames(worldId: string, kind: EntityKind, search: string, near?: NearWords): NameSearch {
  // What has neither letters nor digits, as an emoji, is in no index.
  if (!hasWords(search)) {
    const condition = containing(search, ['entities.name', 'entities.display_name'])
    return { each: condition, all: sql`entities.world_id = ${worldId} and entities.kind = ${kind} and ${condition}` }
  }
  const { all, unwanted } = toQueries(parseTerms(search), nameConfiguration, near)
  const named = sql<string>`(${all} && coalesce(!!${unwanted}, ''))`
  return {
    each: sql<boolean>`exists (
      select from search_documents where search_documents.entity_id = entities.id and search_documents.names @@ ${named}
    )`,
    // search_documents_names_idx
    all: sql<boolean>`entities.id = any ((select search_named(${worldId}::uuid, ${kind}::entity_kind, ${named}))::uuid[])`,
  }
}

export function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text)
}

/** What may have been meant by a search for names that has found nothing; undefined if nothing is near. */
export async function findNearNames(db: Database, worldId: string, search: string): Promise<NearWords | undefined> {
  if (!hasWords(search)) return undefined
  return await findNearWords(
    db,
    { ...onlyWorld(worldId), configurations: [nameConfiguration] },
    parseTerms(search),
    true,
  )
}
