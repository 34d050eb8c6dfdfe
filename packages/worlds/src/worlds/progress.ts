import type { KnownPrincipal } from '@worldloom/auth'
import { type Database, decodeCursor, isAfter, timeKey, today, toPage } from '@worldloom/db'
import {
  type EmptyEntry,
  type emptyListInput,
  lastDays,
  type WorldProgress,
  type worldProgressInput,
} from '@worldloom/schema'
import { sql } from 'kysely'
import type { z } from 'zod'
import { findWorldById } from './read.ts'

/** How many stories are shown: those with the most words. */
const mostStories = 50

/** How many words the stories of a world had at the end of each of the last days (UTC). @throws {NotFoundError} */
export async function findProgress(
  db: Database,
  principal: KnownPrincipal,
  { id, days: count }: z.output<typeof worldProgressInput>,
): Promise<WorldProgress> {
  await findWorldById(db, principal, id)
  // word_counts_world_id_idx. What changed before the first day counts on it.
  const { rows } = await sql<{ id: string; displayName: string; day: string; change: number }>`
    with days as (select (${today} - ${count - 1}::int) as first), changed as (
      select acts.story_id, word_counts.day,
        word_counts.words - lag(word_counts.words, 1, 0) over (partition by word_counts.scene_id order by word_counts.day) as change
      from word_counts join scenes on scenes.id = word_counts.scene_id join acts on acts.id = scenes.act_id
      where word_counts.world_id = ${id}
    )
    select stories.id, stories.display_name as "displayName", greatest(changed.day, days.first)::text as day,
      sum(changed.change)::int as change
    from changed join entities as stories on stories.id = changed.story_id cross join days
    where stories.deleted_at is null
    group by 1, 2, 3`.execute(db)
  const days = lastDays(count)
  const stories = [...Map.groupBy(rows, (row) => row.id)].map(([storyId, changes]) => {
    const ofDays = new Map(changes.map(({ day, change }) => [day, change]))
    let words = 0
    const counts = days.map((day) => {
      words += ofDays.get(day) ?? 0
      return words
    })
    return { id: storyId, displayName: changes[0]?.displayName ?? '', words, counts }
  })
  return { days, stories: stories.toSorted((one, other) => other.words - one.words).slice(0, mostStories) }
}

const createdKey = timeKey(sql`entities.created_at`)

/**
 * The entries of a world of which nothing is written yet and in which there is nothing, oldest first. Placeholders have a list of
 * their own.
 *
 * @throws {NotFoundError | BadCursorError}
 */
export async function listEmpty(
  db: Database,
  principal: KnownPrincipal,
  { id: worldId, limit, cursor }: z.output<typeof emptyListInput>,
): Promise<{ items: EmptyEntry[]; nextCursor: string | null }> {
  await findWorldById(db, principal, worldId)
  const list = JSON.stringify(['empty', worldId])
  let query = db
    // entities_empty_idx
    .selectFrom('entities')
    .select(['id', 'kind', 'name', 'displayName', 'createdAt', createdKey.text.as('sortKey')])
    .where('worldId', '=', worldId)
    .where('description', '=', sql.lit(''))
    .where('body', '=', sql.lit(''))
    .where('deletedAt', 'is', null)
    .where(sql<boolean>`not is_placeholder`)
    .where('kind', '!=', sql.lit('image'))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('entityParents')
            .innerJoin('entities as within', 'within.id', 'entityParents.id')
            .whereRef('entityParents.parentId', '=', 'entities.id')
            .where('within.deletedAt', 'is', null)
            .select('within.id'),
        ),
      ),
    )
    .orderBy('createdAt')
    .orderBy('id')
    .limit(limit + 1)
  if (cursor !== undefined) {
    query = query.where(isAfter(createdKey, sql`entities.id`, 'asc', decodeCursor(list, cursor, createdKey)))
  }
  return toPage(list, await query.execute(), limit)
}
