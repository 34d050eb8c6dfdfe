import { thirteenMoonsCalendar, writeMention } from '@worldloom/schema'
import { describe, expect, test } from 'vitest'
import { failure, person, testDatabase } from './callers.ts'

const { db } = await testDatabase()
const mira = await person(db)
const stranger = await person(db)
const { id: worldId } = await mira.call.world.create({ name: 'The Iron Coast', calendar: thirteenMoonsCalendar })
const elsewhere = await mira.call.world.create({ name: 'Elsewhere' })

const story = await mira.call.story.create({ worldId, name: 'The story' })
const act = await mira.call.act.create({ worldId, name: 'First act', storyId: story.id })
const lastAct = await mira.call.act.create({ worldId, name: 'Last act', storyId: story.id })
const scene = async (name: string, happensOn: string | null, actId = act.id) =>
  await mira.call.scene.create({ worldId, actId, name, happensOn })
const first = await scene('The beginning', '412-01-12')
const middle = await scene('The middle', '412-06-01')
const end = await scene('The end', '413-01-01', lastAct.id)
const undated = await scene('The end of the end', null, lastAct.id)

const kinds = (await mira.call.linkKind.list({ worldId })).items
const link = async (name: string, fromId: string, toId: string, more: object = {}) =>
  await mira.call.link.create({
    worldId,
    linkKindId: kinds.find((each) => each.name === name)?.id ?? '',
    fromId,
    toId,
    ...more,
  })

const keeper = await mira.call.persona.create({
  worldId,
  name: 'The keeper',
  description: 'Keeps a light.',
  body: 'CANARY-BODY: he is the drowned king.',
  bornOn: '380',
  diedOn: '412-06-02',
  died: 'CANARY-DEATH on the stairs',
  spoilers: { body: middle.id, motivations: end.id },
  motivations: 'CANARY-MOTIVE',
})
const king = await mira.call.persona.create({ worldId, name: 'The canary king', spoilers: { entry: end.id } })
const child = await mira.call.persona.create({ worldId, name: 'The child', bornOn: '412-10' })
const bell = await mira.call.thing.create({
  worldId,
  name: 'The bell',
  ownerPersonaId: king.id,
  madeOn: '300',
  lostOn: '413',
})
await link('owns', keeper.id, bell.id, { beganOn: '400', endedOn: '412-05' })
await link('owns', king.id, bell.id, { beganOn: '412-06' })
const friends = await link('friend of', keeper.id, child.id)
await mira.call.thing.create({
  worldId,
  name: 'A letter',
  description: `To ${writeMention(keeper.id, 'the keeper')}.`,
  body: `CANARY-LETTER for ${writeMention(keeper.id, 'the keeper')}.`,
  spoilers: { body: end.id },
})

const found = async (text: string, atScene?: string) =>
  (await mira.call.search.query({ worldId, text, ...(atScene && { atScene }) })).items.map(({ name }) => name)

describe('at the moment of a scene', () => {
  test('an entry has what is known by then', async () => {
    const before = await mira.call.persona.byId({ id: keeper.id, atScene: first.id })
    expect(before).toMatchObject({
      name: 'The keeper',
      description: 'Keeps a light.',
      body: '',
      motivations: '',
      diedOn: null,
      died: '',
      spoilers: {},
    })
    const then = await mira.call.persona.byId({ id: keeper.id, atScene: middle.id })
    expect(then).toMatchObject({ body: expect.stringContaining('CANARY-BODY'), motivations: '', diedOn: null })
    const after = await mira.call.persona.byId({ id: keeper.id, atScene: end.id })
    expect(after).toMatchObject({
      motivations: 'CANARY-MOTIVE',
      diedOn: '412-06-02',
      died: expect.stringContaining('CANARY'),
    })
  })

  test('there is nothing that is only known or only begins later', async () => {
    const at = async (atScene: string) =>
      await Promise.all([
        failure(mira.call.persona.byId({ id: king.id, atScene })).catch(() => undefined),
        failure(mira.call.persona.byId({ id: child.id, atScene })).catch(() => undefined),
      ])
    expect(await at(first.id)).toMatchObject([{ code: 'NOT_FOUND' }, { code: 'NOT_FOUND' }])
    expect(await at(end.id)).toEqual([undefined, undefined])
    expect(await failure(mira.call.scene.byId({ id: end.id, atScene: first.id }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await failure(mira.call.scene.byId({ id: undated.id, atScene: middle.id }))).toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(await failure(mira.call.act.byId({ id: lastAct.id, atScene: middle.id }))).toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  test('a thing belongs to whom it belongs to then', async () => {
    const owner = async (atScene: string) => (await mira.call.thing.byId({ id: bell.id, atScene })).ownerPersonaId
    expect(await owner(first.id)).toBe(keeper.id)
    expect(await owner(end.id)).toBe(king.id)
    // The king, whose it is by then, is not known yet.
    expect(await owner(middle.id)).toBeNull()
  })

  test('a search finds nothing in what is not known, nor shows it', async () => {
    expect(await found('canary')).toEqual(expect.arrayContaining(['The canary king', 'The keeper', 'A letter']))
    expect(await found('canary', first.id)).toEqual([])
    expect(await found('canary', middle.id)).toEqual(['The keeper'])
    expect(await found('drowned', first.id)).toEqual([])
    expect(await found('child', first.id)).toEqual([])
    expect(await found('end', middle.id)).toEqual([])
    expect(
      (await mira.call.search.query({ worldId, text: 'keeper', atScene: first.id })).items.map(({ excerpt }) =>
        excerpt.map((part) => part.text).join(''),
      ),
    ).not.toContainEqual(expect.stringContaining('CANARY'))
    const page = await mira.call.search.query({ worldId, text: 'canari', atScene: first.id })
    expect(page).toMatchObject({ items: [], corrections: [] })
  })

  test('links are those that hold then', async () => {
    const linked = async (atScene: string) =>
      (await mira.call.link.list({ id: keeper.id, atScene })).items.map(({ label, other }) => `${label} ${other.name}`)
    expect(await linked(first.id)).toEqual(['owns The bell'])
    expect((await linked(middle.id)).sort()).toEqual([])
    expect(await linked(end.id)).toEqual(['friend of The child'])
    expect(friends.version).toBe(1)
  })

  test('mentions come without sentences that are not known', async () => {
    const sentences = async (atScene: string) =>
      (await mira.call.mention.list({ id: keeper.id, atScene })).items.map(({ sentence }) => sentence)
    expect(await sentences(first.id)).toEqual(['To the keeper.'])
    expect(await sentences(end.id)).toHaveLength(2)
  })

  test('the graph and the timeline have what is there, and say who has gone', async () => {
    const nodes = async (atScene: string) => (await mira.call.graph.around({ id: keeper.id, atScene })).nodes
    expect((await nodes(first.id)).map(({ name }) => name).sort()).toEqual(['A letter', 'The bell', 'The keeper'])
    expect((await nodes(end.id)).find(({ id }) => id === keeper.id)?.isOver).toBe(true)
    expect((await nodes(first.id)).find(({ id }) => id === keeper.id)?.isOver).toBe(false)
    const world = await mira.call.graph.world({ worldId, atScene: first.id })
    expect(world.nodes.map(({ name }) => name)).not.toContain('The canary king')
    expect(world.edges.every(({ fromId, toId }) => fromId !== king.id && toId !== king.id)).toBe(true)
    const timeline = (await mira.call.timeline.list({ worldId, atScene: middle.id })).items
    expect(timeline.map(({ entry, link: of, field }) => `${entry?.name ?? of?.label} ${field}`)).toEqual([
      'The bell madeOn',
      'The keeper bornOn',
      'owns beganOn',
      'The beginning happensOn',
      'owns endedOn',
      'The middle happensOn',
    ])
  })
})

describe('is refused:', () => {
  test('a scene of another world, of nobody, or together with another clock', async () => {
    const otherStory = await mira.call.story.create({ worldId: elsewhere.id, name: 'Other' })
    const otherAct = await mira.call.act.create({ worldId: elsewhere.id, name: 'Other', storyId: otherStory.id })
    const other = await mira.call.scene.create({ worldId: elsewhere.id, name: 'Other', actId: otherAct.id })
    expect(await failure(mira.call.persona.byId({ id: keeper.id, atScene: other.id }))).toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(await failure(mira.call.search.query({ worldId, text: 'x', atScene: other.id }))).toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(await failure(stranger.call.persona.byId({ id: keeper.id, atScene: first.id }))).toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(
      (await failure(mira.call.persona.byId({ id: keeper.id, atScene: first.id, asOf: new Date().toISOString() })))
        .message,
    ).toContain('Can’t be combined')
  })

  test('a spoiler of no field, or until no scene', async () => {
    const update = (spoilers: Record<string, string>) =>
      mira.call.persona.update({ id: child.id, version: 1, spoilers })
    expect((await failure(update({ hair: first.id }))).message).toContain('by the name of a field')
    expect((await failure(update({ body: keeper.id }))).message).toContain('no such scene in this world')
  })
})
