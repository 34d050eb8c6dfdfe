import { maxBulk } from '@worldloom/schema'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { caller, failure, person, shareWorld, testDatabase } from './callers.ts'

const { db } = await testDatabase()
const mira = await person(db)
const theo = await person(db)
const stranger = await person(db)
const { id: worldId } = await mira.call.world.create({ name: 'The Iron Coast' })
await shareWorld(db, worldId, theo.id, 'viewer')

const harbour = await mira.call.location.create({ worldId, name: 'Harbour' })
const abbey = await mira.call.location.create({ worldId, name: 'Abbey' })
const story = await mira.call.story.create({ worldId, name: 'The Ninth Light' })
const act = await mira.call.act.create({ worldId, name: 'Act I', storyId: story.id })
const other = await mira.call.act.create({ worldId, name: 'Act II', storyId: story.id })
const dark = await mira.call.tag.create({ worldId, name: 'dark' })
const lost = await mira.call.tag.create({ worldId, name: 'lost' })

const scenes = [
  { name: 'Bell', mood: 'dread', locationId: harbour.id, happensOn: '412-03' },
  { name: 'Arrival', mood: 'calm', locationId: abbey.id, happensOn: '411' },
  { name: 'Chase', mood: 'Dread', locationId: harbour.id, purpose: 'Run' },
  { name: 'Dawn', mood: '', locationId: null, happensOn: '413-01-01' },
]
for (const scene of scenes) await mira.call.scene.create({ worldId, actId: act.id, ...scene })
const found = (await mira.call.scene.table({ worldId, sort: 'name' })).items
const idOf = (name: string) => found.find((scene) => scene.name === name)?.id ?? ''
const tag = async (name: string, ...tagIds: string[]) => {
  const { version } = await mira.call.tag.of({ id: idOf(name) })
  await mira.call.tag.set({ id: idOf(name), version, tagIds })
}
await tag('Bell', dark.id, lost.id)
await tag('Chase', dark.id)

const wren = await mira.call.persona.create({ worldId, name: 'Wren' })
const { version: bellVersion } = await mira.call.scene.byId({ id: idOf('Bell') })
await mira.call.scene.setCast({ id: idOf('Bell'), version: bellVersion, personaIds: [wren.id] })

const names = async (input: Omit<Parameters<typeof mira.call.scene.table>[0], 'worldId'>) =>
  (await mira.call.scene.table({ worldId, ...input })).items.map(({ name }) => name)

describe('a table', () => {
  test('says how many there are, also when some go and come back', async () => {
    const total = async (input = {}) => (await mira.call.persona.tally({ worldId, ...input })).total
    const { id: own } = await mira.call.world.create({ name: 'Counted' })
    const [one, two] = [
      await mira.call.persona.create({ worldId: own, name: 'One' }),
      await mira.call.persona.create({ worldId: own, name: 'Two' }),
    ]
    expect(await total({ worldId: own })).toBe(2)
    await mira.call.bulk.delete({ worldId: own, ids: [one.id, two.id] })
    expect(await total({ worldId: own })).toBe(0)
    await mira.call.bulk.restore({ worldId: own, ids: [one.id] })
    expect(await total({ worldId: own })).toBe(1)
    expect(await total()).toBe((await mira.call.persona.table({ worldId })).items.length)
  })

  test('is sorted by any field, with what has nothing there at its end', async () => {
    expect(await names({ sort: 'name' })).toEqual(['Arrival', 'Bell', 'Chase', 'Dawn'])
    expect(await names({ sort: 'name', order: 'desc' })).toEqual(['Dawn', 'Chase', 'Bell', 'Arrival'])
    expect(await names({ sort: 'mood' })).toEqual(['Arrival', 'Bell', 'Chase', 'Dawn'])
    expect(await names({ sort: 'happensOn' })).toEqual(['Arrival', 'Bell', 'Dawn', 'Chase'])
    expect(await names({ sort: 'happensOn', order: 'desc' })).toEqual(['Dawn', 'Bell', 'Arrival', 'Chase'])
    expect(await names({ sort: 'locationId' })).toEqual(['Arrival', 'Bell', 'Chase', 'Dawn'])
    expect(await names({ sort: 'createdAt', order: 'asc' })).toEqual(scenes.map(({ name }) => name))
    expect(await failure(names({ sort: 'tags' }))).toMatchObject({ code: 'BAD_REQUEST' })
  })

  test('is filtered by fields of every type', async () => {
    const where = async (field: string, is: 'is', ...values: string[]) =>
      await names({ sort: 'name', where: [{ field, is, ...(values.length > 0 && { values }) }] })
    const filter = where as (field: string, is: string, ...values: string[]) => Promise<string[]>
    expect(await filter('mood', 'is', 'dread')).toEqual(['Bell', 'Chase'])
    expect(await filter('mood', 'contains', 'AL')).toEqual(['Arrival'])
    expect(await filter('mood', 'contains', '%')).toEqual([])
    expect(await filter('mood', 'isEmpty')).toEqual(['Dawn'])
    expect(await filter('mood', 'isFilled')).toEqual(['Arrival', 'Bell', 'Chase'])
    expect(await filter('locationId', 'anyOf', harbour.id, abbey.id)).toEqual(['Arrival', 'Bell', 'Chase'])
    expect(await filter('locationId', 'noneOf', harbour.id)).toEqual(['Arrival', 'Dawn'])
    expect(await filter('locationId', 'isEmpty')).toEqual(['Dawn'])
    expect(await filter('actId', 'anyOf', act.id)).toHaveLength(4)
    expect(await filter('happensOn', 'from', '412')).toEqual(['Bell', 'Dawn'])
    expect(await filter('happensOn', 'to', '412')).toEqual(['Arrival', 'Bell'])
    expect(await filter('happensOn', 'isEmpty')).toEqual(['Chase'])
    expect(await filter('tags', 'anyOf', dark.id)).toEqual(['Bell', 'Chase'])
    expect(await filter('tags', 'allOf', dark.id, lost.id)).toEqual(['Bell'])
    expect(await filter('tags', 'noneOf', lost.id)).toEqual(['Arrival', 'Chase', 'Dawn'])
    expect(await filter('personaId', 'anyOf', wren.id)).toEqual(['Bell'])
    expect(await filter('personaId', 'isEmpty')).toEqual(['Arrival', 'Chase', 'Dawn'])
    expect(await filter('tags', 'isEmpty')).toEqual(['Arrival', 'Dawn'])
    expect(await filter('isPlaceholder', 'is', 'true')).toEqual([])
    expect(await filter('createdAt', 'from', '2020-01-01')).toHaveLength(4)
    expect(await filter('updatedAt', 'to', '2020-01-01')).toEqual([])
    expect(
      await names({
        sort: 'name',
        where: [
          { field: 'mood', is: 'is', values: ['dread'] },
          { field: 'purpose', is: 'isFilled' },
        ],
      }),
    ).toEqual(['Chase'])
  })

  test.each([
    [{ field: 'nothing', is: 'isEmpty' }, 'There is no field “nothing”'],
    [{ field: 'mood', is: 'from', values: ['x'] }, 'can’t be filtered by “from”'],
    [{ field: 'mood', is: 'is' }, 'needs a value'],
    [{ field: 'mood', is: 'is', values: ['a', 'b'] }, 'takes one value'],
    [{ field: 'mood', is: 'isEmpty', values: ['a'] }, 'takes no values'],
    [{ field: 'tags', is: 'anyOf', values: ['dark'] }, 'an id'],
    [{ field: 'isPlaceholder', is: 'is', values: ['maybe'] }, 'true or false'],
    [{ field: 'happensOn', is: 'from', values: ['the day after'] }, ''],
    [{ field: 'createdAt', is: 'from', values: ['yesterday'] }, 'a day'],
  ] as const)('refuses %j', async (condition, sentence) => {
    const refused = await failure(names({ where: [condition as never] }))
    expect(refused).toMatchObject({ code: 'BAD_REQUEST' })
    expect(JSON.stringify(refused)).toContain(sentence)
  })

  test('is searched by name, with typos', async () => {
    expect(await names({ search: 'arriv' })).toEqual(['Arrival'])
    expect(await names({ search: 'arival' })).toEqual(['Arrival'])
    expect(await mira.call.scene.tally({ worldId, search: 'arival' })).toMatchObject({ total: 1 })
  })

  test('has groups, whose rows follow each other in their order', async () => {
    const tally = await mira.call.scene.tally({ worldId, groupBy: 'locationId' })
    expect(tally).toEqual({
      total: 4,
      groups: [
        { value: abbey.id, name: 'Abbey', count: 1 },
        { value: harbour.id, name: 'Harbour', count: 2 },
        { value: null, name: null, count: 1 },
      ],
    })
    expect(await names({ groupBy: 'locationId', sort: 'name', order: 'desc' })).toEqual([
      'Arrival',
      'Chase',
      'Bell',
      'Dawn',
    ])
    const stories = await mira.call.story.tally({ worldId, groupBy: 'status' })
    expect(stories.groups).toEqual([{ value: 'idea', name: null, count: 1 }])
    // As written, but next to each other.
    expect((await mira.call.scene.tally({ worldId, groupBy: 'mood' })).groups.map(({ value }) => value)).toEqual([
      'calm',
      'Dread',
      'dread',
      null,
    ])
  })

  test('tells tags, and the names of what its rows refer to', async () => {
    const [bell] = (await theo.call.scene.table({ worldId, search: 'Bell' })).items
    expect(bell).toMatchObject({
      lists: { tags: [dark.id, lost.id], personaId: [wren.id], thingId: [] },
      names: { [harbour.id]: 'Harbour', [act.id]: 'Act I', [dark.id]: 'dark', [wren.id]: 'Wren' },
    })
    expect(bell).not.toHaveProperty('body')
  })

  test('is read from any offset on, whatever the limit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(5), fc.integer({ min: 1, max: 5 }), async (offset, limit) => {
        const all = await names({ sort: 'mood' })
        expect(await names({ sort: 'mood', offset, limit })).toEqual(all.slice(offset, offset + limit))
      }),
      { numRuns: 12 },
    )
  })

  test('of a world that one may not see does not exist', async () => {
    for (const input of [
      {},
      { search: 'bell' },
      { where: [{ field: 'happensOn', is: 'from' as const, values: ['412'] }] },
    ]) {
      expect(await failure(stranger.call.scene.table({ worldId, ...input }))).toMatchObject({ code: 'NOT_FOUND' })
      expect(await failure(stranger.call.scene.tally({ worldId, ...input }))).toMatchObject({ code: 'NOT_FOUND' })
    }
    expect(await failure(stranger.call.scene.tally({ worldId, groupBy: 'mood' }))).toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('many at once', () => {
  const made = async (...given: string[]) =>
    await Promise.all(given.map(async (name) => (await mira.call.thing.create({ worldId, name })).id))
  const tagsOf = async (id: string) => (await mira.call.tag.of({ id })).tags.map(({ name }) => name)

  test('get and lose tags, and only those that change are changed', async () => {
    const ids = await made('Rope', 'Sail', 'Oar')
    expect(await mira.call.bulk.tag({ worldId, ids, add: [dark.id] })).toEqual({ changed: 3 })
    expect(await mira.call.bulk.tag({ worldId, ids, add: [dark.id] })).toEqual({ changed: 0 })
    const [first = ''] = ids
    expect(await mira.call.bulk.tag({ worldId, ids: [first], add: [lost.id], remove: [dark.id] })).toEqual({
      changed: 1,
    })
    expect(await tagsOf(first)).toEqual(['lost'])
  })

  test('are moved to the end of another parent, in the order in which they are given', async () => {
    const ids = [idOf('Dawn'), idOf('Bell')]
    expect(await mira.call.bulk.move({ worldId, ids, parentId: other.id })).toEqual({ changed: 2 })
    const inOther = (await mira.call.scene.list({ worldId, actId: other.id })).items.map(({ name }) => name)
    expect(inOther).toEqual(['Dawn', 'Bell'])
    // After another, and to the beginning.
    const chase = idOf('Chase')
    await mira.call.bulk.move({ worldId, ids: [chase, idOf('Arrival')], parentId: other.id, afterId: idOf('Dawn') })
    expect((await mira.call.scene.list({ worldId, actId: other.id })).items.map(({ name }) => name)).toEqual([
      ...['Dawn', 'Chase', 'Arrival', 'Bell'],
    ])
    await mira.call.bulk.move({ worldId, ids: [idOf('Bell'), chase], parentId: other.id, afterId: null })
    expect((await mira.call.scene.list({ worldId, actId: other.id })).items.map(({ name }) => name)).toEqual([
      ...['Bell', 'Chase', 'Dawn', 'Arrival'],
    ])
    const among = { worldId, ids: [chase], parentId: other.id, afterId: chase }
    expect(await failure(mira.call.bulk.move(among))).toMatchObject({ code: 'BAD_REQUEST' })
    expect(await failure(mira.call.bulk.move({ worldId, ids, parentId: null }))).toMatchObject({ code: 'BAD_REQUEST' })
    expect(
      await failure(mira.call.bulk.move({ worldId, ids: [idOf('Dawn'), harbour.id], parentId: other.id })),
    ).toMatchObject({
      code: 'BAD_REQUEST',
    })
    // Into one of themselves: all or none.
    expect(
      await failure(mira.call.bulk.move({ worldId, ids: [abbey.id, harbour.id], parentId: harbour.id })),
    ).toMatchObject({ code: 'BAD_REQUEST' })
    expect(await mira.call.location.byId({ id: abbey.id })).toMatchObject({ parentId: null })
  })

  test('go into the trash and come back, with what is in them', async () => {
    const town = await mira.call.location.create({ worldId, name: 'Town' })
    const inn = await mira.call.location.create({ worldId, name: 'Inn', parentId: town.id })
    const room = await mira.call.location.create({ worldId, name: 'Room', parentId: inn.id })
    const well = await mira.call.location.create({ worldId, name: 'Well' })
    const ids = [inn.id, town.id, well.id]
    expect(await mira.call.bulk.delete({ worldId, ids })).toEqual({ changed: 2, along: 2 })
    expect(await failure(mira.call.bulk.delete({ worldId, ids }))).toMatchObject({ code: 'BAD_REQUEST' })
    expect(await mira.call.bulk.restore({ worldId, ids })).toEqual({ changed: 2 })
    // Also if what is inside went there first, by itself.
    await mira.call.bulk.delete({ worldId, ids: [room.id] })
    await mira.call.bulk.delete({ worldId, ids: [inn.id] })
    expect(await mira.call.bulk.restore({ worldId, ids: [room.id, inn.id] })).toEqual({ changed: 2 })
    expect(await mira.call.location.byId({ id: room.id })).toMatchObject({ parentId: inn.id })
  })

  test('are undone as one', async () => {
    const ids = await made('Net', 'Hook')
    const asked = caller(db, mira.principal, undefined, 'bulk-undo')
    await asked.bulk.tag({ worldId, ids, add: [dark.id] })
    expect(await mira.call.history.undo({ worldId, requestId: 'bulk-undo' })).toEqual({ undone: 2 })
    expect(await tagsOf(ids[0] ?? '')).toEqual([])
  })

  test('are changed by editors only, in one world, and not too many', async () => {
    const ids = await made('Lamp')
    expect(await failure(theo.call.bulk.tag({ worldId, ids, add: [dark.id] }))).toMatchObject({ code: 'FORBIDDEN' })
    expect(await failure(theo.call.bulk.delete({ worldId, ids }))).toMatchObject({ code: 'FORBIDDEN' })
    expect(await failure(stranger.call.bulk.delete({ worldId, ids }))).toMatchObject({ code: 'NOT_FOUND' })
    const elsewhere = await mira.call.world.create({ name: 'Elsewhere' })
    expect(await failure(mira.call.bulk.delete({ worldId: elsewhere.id, ids }))).toMatchObject({ code: 'BAD_REQUEST' })
    const many = Array.from({ length: maxBulk + 1 }, () => worldId)
    expect(await failure(mira.call.bulk.delete({ worldId, ids: many }))).toMatchObject({ code: 'BAD_REQUEST' })
    expect(await mira.call.thing.byId({ id: ids[0] ?? '' })).toMatchObject({ name: 'Lamp' })
  })
})

describe('a view', () => {
  const settings = {
    layout: 'table' as const,
    columns: ['name', 'mood'],
    sort: 'mood',
    where: [{ field: 'mood', is: 'isFilled' as const }],
  }

  test('is one’s own until it is shared', async () => {
    const view = await mira.call.view.create({ worldId, kind: 'scene', name: 'Moods', settings })
    expect(view).toMatchObject({ name: 'Moods', isShared: false, settings, version: 1 })
    const seenBy = async (who: typeof mira) =>
      (await who.call.view.list({ worldId, kind: 'scene' })).items.map(({ name }) => name)
    expect(await seenBy(mira)).toEqual(['Moods'])
    expect(await seenBy(theo)).toEqual([])
    expect(await failure(theo.call.view.delete({ id: view.id, version: 1 }))).toMatchObject({ code: 'NOT_FOUND' })
    const shared = await mira.call.view.update({ id: view.id, version: 1, isShared: true, name: 'By mood' })
    expect(shared).toMatchObject({ isShared: true, settings, version: 2 })
    expect(await seenBy(theo)).toEqual(['By mood'])
    expect(await failure(theo.call.view.delete({ id: view.id, version: 2 }))).toMatchObject({ code: 'FORBIDDEN' })
    expect(await failure(mira.call.view.delete({ id: view.id, version: 1 }))).toMatchObject({
      reason: { kind: 'changed' },
    })
    expect(await failure(stranger.call.view.list({ worldId, kind: 'scene' }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await failure(stranger.call.view.delete({ id: view.id, version: 2 }))).toMatchObject({ code: 'NOT_FOUND' })
    await mira.call.view.delete({ id: view.id, version: 2 })
    expect(await seenBy(mira)).toEqual([])
  })

  test('is saved by viewers for themselves, and has a name of its own', async () => {
    const view = await theo.call.view.create({ worldId, kind: 'scene', name: 'Mine', settings })
    expect(await failure(theo.call.view.create({ worldId, kind: 'scene', name: 'MINE', settings }))).toMatchObject({
      reason: { kind: 'taken', resource: 'view' },
    })
    await mira.call.view.create({ worldId, kind: 'scene', name: 'Mine', settings })
    expect(
      await failure(theo.call.view.create({ worldId, kind: 'scene', name: 'Ours', isShared: true, settings })),
    ).toMatchObject({ code: 'FORBIDDEN' })
    expect(await failure(theo.call.view.update({ id: view.id, version: 1, isShared: true }))).toMatchObject({
      code: 'FORBIDDEN',
    })
  })

  test.each([
    { columns: ['nothing'] },
    { columns: ['name', 'name'] },
    { sort: 'tags' },
    { groupBy: 'name' },
    { where: [{ field: 'logline', is: 'isFilled' as const }] },
  ])('refuses what does not fit its kind: %j', async (wrong) => {
    const given = { ...settings, ...wrong }
    expect(
      await failure(mira.call.view.create({ worldId, kind: 'scene', name: 'Wrong', settings: given })),
    ).toMatchObject({ code: 'BAD_REQUEST' })
  })
})

describe('a cover', () => {
  test('is an image of the world, and goes with history and undo', async () => {
    const image = await mira.call.image.create({ worldId, name: 'Portrait' })
    const made = await mira.call.persona.create({ worldId, name: 'Ash', coverId: image.id })
    expect(made).toMatchObject({ coverId: image.id })
    const { version } = await caller(db, mira.principal, undefined, 'no-cover').persona.update({
      id: made.id,
      version: 1,
      coverId: null,
    })
    expect(version).toBe(2)
    expect(await mira.call.persona.byId({ id: made.id })).toMatchObject({ coverId: null })
    await mira.call.history.undo({ worldId, requestId: 'no-cover' })
    expect(await mira.call.persona.byId({ id: made.id })).toMatchObject({ coverId: image.id })
    expect((await mira.call.persona.list({ worldId, search: 'Ash' })).items[0]).toMatchObject({ coverId: image.id })
  })

  test('can be nothing else', async () => {
    const elsewhere = await mira.call.world.create({ name: 'Far away' })
    const foreign = await mira.call.image.create({ worldId: elsewhere.id, name: 'Foreign' })
    for (const coverId of [foreign.id, harbour.id, worldId]) {
      expect(await failure(mira.call.persona.create({ worldId, name: 'Nobody', coverId }))).toMatchObject({
        code: 'BAD_REQUEST',
      })
    }
  })
})
