import type { KnownPrincipal } from '@worldloom/auth'
import { createDatabase } from '@worldloom/db'
import { generateNKeysBetween } from 'fractional-indexing'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { caller, person, testDatabase } from './callers.ts'

const { db, url } = await testDatabase()
const { call, principal } = await person(db)

let statements = 0
/** The same database, with a count of its statements. */
const counted = createDatabase(url)
counted.pool.on('connect', (client) => {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown // overloaded; everything is passed on
  client.query = ((...args: unknown[]) => {
    statements++
    return query(...args)
  }) as typeof client.query
})
afterAll(() => counted.close())
let lookups = 0
/** The context of one request: one entity reader, one lookup of the caller. */
function request() {
  let known: Promise<KnownPrincipal> | undefined
  return caller(counted.db, () => {
    known ??= Promise.resolve(principal).finally(() => lookups++)
    return known
  })
}
beforeEach(() => {
  statements = 0
  lookups = 0
})

const world = await call.world.create({ name: 'Counted' })
const story = await call.story.create({ worldId: world.id, name: 'Long' })
const acts = await Promise.all(
  ['One', 'Two'].map((name) => call.act.create({ worldId: world.id, storyId: story.id, name })),
)
const personas = await Promise.all(['A', 'B', 'C'].map((name) => call.persona.create({ worldId: world.id, name })))
const things = await Promise.all(['D', 'E', 'F'].map((name) => call.thing.create({ worldId: world.id, name })))
const places = await Promise.all(['G', 'H'].map((name) => call.location.create({ worldId: world.id, name })))

test('one entry by its id, for who may see it, is one statement', async () => {
  await request().act.byId({ id: acts[0]?.id ?? '' })
  expect(statements).toBe(1)
})

test('ten mixed reads of one request are one statement, and one look at who asks', async () => {
  const api = request()
  const read = await Promise.all([
    ...acts.map(({ id }) => api.act.byId({ id })),
    ...personas.map(({ id }) => api.persona.byId({ id })),
    ...things.map(({ id }) => api.thing.byId({ id })),
    ...places.map(({ id }) => api.location.byId({ id })),
  ])
  expect(read.map(({ id }) => id)).toEqual([...acts, ...personas, ...things, ...places].map(({ id }) => id))
  expect(statements).toBe(1)
  expect(lookups).toBe(1)
})

test('worlds that one request reads by id are one statement, also where some are not there', async () => {
  const other = await call.world.create({ name: 'Another' })
  statements = 0
  const api = request()
  const ids = [world.id, other.id, story.id, world.id]
  const read = await Promise.allSettled(ids.map((id) => api.world.byId({ id })))
  expect(read.map((each) => (each.status === 'fulfilled' ? each.value.id : each.reason.code))).toEqual([
    world.id,
    other.id,
    'NOT_FOUND',
    world.id,
  ])
  expect(statements).toBe(1)
})

test('an outline of 500 scenes is one statement', async () => {
  const actId = acts[0]?.id ?? ''
  const entities = await db
    .insertInto('entities')
    .values(
      Array.from({ length: 500 }, (_, index) => ({
        worldId: world.id,
        ownerId: principal.user.id,
        kind: 'scene' as const,
        name: `Scene ${index}`,
        displayName: `Scene ${index}`,
      })),
    )
    .returning('id')
    .execute()
  const positions = generateNKeysBetween(null, null, entities.length)
  await db
    .insertInto('scenes')
    .values(entities.map(({ id }, index) => ({ id, worldId: world.id, actId, position: positions[index] ?? '' })))
    .execute()
  statements = 0
  const outline = await request().story.outline({ id: story.id })
  expect(outline.acts.find(({ id }) => id === actId)?.scenes).toHaveLength(500)
  expect(statements).toBe(1)
})
