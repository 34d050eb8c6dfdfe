import { languages, seededGrants, usualLinkKinds, type WorldTemplate } from '@worldloom/schema'
import { describe, expect, test } from 'vitest'
import { caller, failure, person, testDatabase } from './callers.ts'

const { db } = await testDatabase()
const mira = await person(db)

const written = ['novel', 'campaign'] as const satisfies readonly WorldTemplate[]

describe.each(languages)('a world that is created in %s', (language) => {
  const call = caller(db, mira.principal, undefined, 'test', language)

  test.each(written)('can start with a %s, whose texts are in that language', async (template) => {
    const world = await call.world.create({ name: `${template} in ${language}`, template })
    const worldId = world.id
    expect(world).toMatchObject({ role: 'owner', language: language === 'de' ? 'german' : 'english' })
    const { counts } = await call.world.overview({ id: worldId })
    expect(counts).toMatchObject({ story: 1, act: 3, image: 0 })
    expect(counts.scene).toBeGreaterThan(5)
    expect(counts.persona).toBeGreaterThan(3)
    expect(counts.location).toBeGreaterThan(2)
    // What the text of the world names can be followed.
    expect(world.body).toMatch(/\]\(entry:[0-9a-f-]{36}\)/)
    expect(world.body).not.toMatch(/\{[^}]+\}/)
    // Nobody has written them yet: they are the list of what is to be done.
    const { items: placeholders } = await call.world.placeholders({ id: worldId, limit: 100 })
    expect(placeholders.length).toBe(counts.persona + counts.location + counts.thing)
    const { items: kinds } = await call.linkKind.list({ worldId })
    expect(kinds.map(({ name }) => name).sort()).toEqual(
      usualLinkKinds(language)
        .map(({ name }) => name)
        .sort(),
    )
    expect(kinds.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(2)
    // Each scene says what it is for, and most have somebody in them.
    const [story] = (await call.story.list({ worldId })).items
    const { acts } = await call.story.outline({ id: story?.id ?? '' })
    const scenes = acts.flatMap(({ scenes }) => scenes)
    expect(scenes.filter(({ purpose }) => purpose === '')).toEqual([])
    expect(scenes.filter(({ cast }) => cast.length > 0)).toHaveLength(scenes.length)
    // Nothing in it contradicts anything else.
    expect((await call.continuity.check({ worldId })).findings).toEqual([])
  })
})

test('what is given replaces what the template says of the world', async () => {
  const given = { name: 'Given', description: 'A description.', body: 'A {body}.', language: 'french' } as const
  expect(await mira.call.world.create({ ...given, template: 'novel' })).toMatchObject(given)
})

test('without a template a world is empty', async () => {
  const { id } = await mira.call.world.create({ name: 'Empty' })
  const { counts } = await mira.call.world.overview({ id })
  expect(Object.values(counts).every((count) => count === 0)).toBe(true)
})

test('all of it or none is created, once for each key', async () => {
  const input = { name: 'Once', template: 'novel' } as const
  const keyed = mira.withKey('a-novel')
  const first = await keyed.world.create(input)
  expect((await keyed.world.create(input)).id).toBe(first.id)
  // Pictures can't be stored here: nothing of the world stays.
  expect(await failure(mira.call.world.create({ name: 'Half', template: 'example' }))).toBeDefined()
  expect((await mira.call.world.list({ search: 'Half' })).items).toEqual([])
})

test('it takes the rights to create and to change entries too', async () => {
  const limited = await person(
    db,
    seededGrants.user.filter((name) => name !== 'entity:create'),
  )
  expect((await failure(limited.call.world.create({ name: 'Mine', template: 'novel' }))).reason).toEqual({
    kind: 'notPermitted',
    permission: 'entity:create',
    lackedBy: 'person',
    roles: ['admin', 'user'],
  })
  expect((await limited.call.world.create({ name: 'Mine' })).name).toBe('Mine')
})
