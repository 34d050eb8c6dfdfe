import { randomUUID } from 'node:crypto'
import { seedMovies } from '@worldloom/db/seed'
import { movieAnswer } from '@worldloom/schema'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { failure, person, testDatabase } from './callers.ts'

const { db } = await testDatabase()
await seedMovies(db)
const { call } = await person(db, [])

test('are listed from a year on and from a rating up, the latest first', async () => {
  const { items } = await call.movies.list({ releasedSince: 1990, minRating: 9 })
  expect(items.map(({ title }) => title)).toEqual([
    'The Dark Knight',
    'The Return of the King',
    'The Shawshank Redemption',
    'Schindler’s List',
  ])
  for (const movie of items) movieAnswer.strict().parse(movie)
  expect((await call.movies.list()).items).toHaveLength(14)
})

test('come a page at a time, each once', async () => {
  const titles: string[] = []
  let cursor: string | undefined
  do {
    const page = await call.movies.list({ limit: 3, ...(cursor && { cursor }) })
    titles.push(...page.items.map(({ title }) => title))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  expect(new Set(titles).size).toBe(14)
  expect(titles).toHaveLength(14)
  const { nextCursor } = await call.movies.list({ limit: 3 })
  const other = await failure(call.movies.list({ limit: 3, minRating: 9, cursor: nextCursor ?? '' }))
  expect(other).toMatchObject({ reason: { kind: 'badCursor' } })
})

test('one is read by its id', async () => {
  const [movie] = (await call.movies.list({ releasedSince: 2019 })).items
  expect(movie).toMatchObject({ title: 'Parasite', released: '2019-05-30', rating: 8.5 })
  expect(await call.movies.byId({ movieId: movie?.movieId ?? '' })).toEqual(movie)
  expect(await failure(call.movies.byId({ movieId: randomUUID() }))).toMatchObject({ code: 'NOT_FOUND' })
})

test.each([
  [{ releasedSince: 0 }, 'releasedSince'],
  [{ releasedSince: 1990.5 }, 'releasedSince'],
  [{ minRating: 11 }, 'minRating'],
  [{ minRating: Number.NaN }, 'minRating'],
])('a list of %j is refused at the field', async (input, field) => {
  const { reason } = await failure(call.movies.list(input))
  expect(reason).toMatchObject({ kind: 'badInput', fields: { [field]: expect.anything() } })
})

test('the function of the database takes and answers what it is typed to', async () => {
  const { rows } = await sql<{ args: string; result: string }>`
    select pg_get_function_arguments(oid) as args, pg_get_function_result(oid) as result
    from pg_proc where proname = 'movies_released_since'
  `.execute(db)
  expect(rows).toEqual([{ args: 'year integer, min_rating numeric', result: 'SETOF movies' }])
})
