import type { Database } from '@worldloom/db'
import { sql } from 'kysely'

const perStatement = 1000

/** Indexes entries whose world has changed its language, a part at a time. @returns how many */
export async function indexLanguages(db: Database): Promise<number> {
  // search_documents_language_idx
  const { rows: worlds } = await sql<{ id: string }>`
    select worlds.id from worlds
    where exists (
      select from search_documents where search_documents.world_id = worlds.id and search_documents.language < worlds.language
    ) or exists (
      select from search_documents where search_documents.world_id = worlds.id and search_documents.language > worlds.language
    ) limit 10`.execute(db)
  let indexed = 0
  for (const { id } of worlds) {
    const { rows } = await sql<{ count: number }>`select index_language(${id}, ${perStatement}::int) as count`.execute(
      db,
    )
    indexed += rows[0]?.count ?? 0
  }
  return indexed
}
