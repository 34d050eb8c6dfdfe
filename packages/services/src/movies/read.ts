import { type Database, decodeCursor, isAfter, type SortKey, toPage } from '@worldloom/db'
import { type movieAnswer, type movieListInput, NotFoundError } from '@worldloom/schema'
import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'

type Movie = z.output<typeof movieAnswer>

const columns = [
  'movieId',
  'title',
  'released',
  // pg returns a numeric as text, since it may not fit a number. This one always does.
  sql<number>`rating::float8`.as('rating'),
] as const

/** @throws {NotFoundError} */
export async function findMovie(db: Database, movieId: string): Promise<Movie> {
  return await db
    .selectFrom('movies')
    .select(columns)
    .where('movieId', '=', movieId)
    .executeTakeFirstOrThrow(() => new NotFoundError('movie'))
}

/** movies_released_since, as db/migrations/0006_movies.sql declares it; a test compares the two. */
function moviesReleasedSince(year: number, minRating: number): RawBuilder<Movie> {
  return sql<Movie>`movies_released_since(${year}::integer, ${minRating}::numeric)`
}

// movies_released_idx
const releasedKey: SortKey = {
  expression: sql`released`,
  text: sql<string>`released::text`,
  type: 'date',
  parse: (text) => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? text : undefined),
}

/** Newest first, a page at a time. @throws {BadCursorError} */
export async function listMovies(
  db: Database,
  { releasedSince, minRating, limit, cursor }: z.output<typeof movieListInput>,
) {
  const list = JSON.stringify(['movies', releasedSince, minRating])
  let query = db
    .selectFrom(moviesReleasedSince(releasedSince, minRating).as('movies'))
    .select([...columns, sql<string>`movie_id`.as('id'), releasedKey.text.as('sortKey')])
    .orderBy('released', 'desc')
    .orderBy('movieId', 'desc')
    .limit(limit + 1)
  if (cursor) query = query.where(isAfter(releasedKey, sql`movie_id`, 'desc', decodeCursor(list, cursor, releasedKey)))
  const { items, nextCursor } = toPage(list, await query.execute(), limit)
  return { items: items.map(({ id: _, ...movie }) => movie), nextCursor }
}
