import type { Database } from '@worldloom/db'
import { sql } from 'kysely'

/**
 * Deletes words from the vocabulary of all worlds that none of them has any more. One that comes back at this very moment may be
 * lost to the correcting of typos, until another world has it.
 *
 * @returns how many
 */
export async function sweepSearchWords(db: Database): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from search_vocabulary where not exists (
      select from search_words where search_words.word = search_vocabulary.word
    )`.execute(db)
  return Number(numAffectedRows ?? 0)
}
