import { usualLinkKinds } from '@worldloom/schema'
import { describe, expect, test } from 'vitest'
import { failure, person, shareWorld, testDatabase } from './callers.ts'

const { db } = await testDatabase()
const mira = await person(db)
const theo = await person(db)
const stranger = await person(db)
const { id: worldId } = await mira.call.world.create({ name: 'The Iron Coast' })
const elsewhere = await mira.call.world.create({ name: 'Elsewhere' })
await shareWorld(db, worldId, theo.id, 'viewer')

let count = 0
const persona = async (name = 'Persona', world = worldId) =>
  await mira.call.persona.create({ worldId: world, name: `${name} ${++count}` })
const kinds = (await mira.call.linkKind.list({ worldId })).items
const kindNamed = (name: string) => {
  const kind = kinds.find((each) => each.name === name)
  if (!kind) throw new Error(`no kind ${name}`)
  return kind
}
const link = async (name: string, fromId: string, toId: string, more: object = {}) =>
  await mira.call.link.create({ worldId, linkKindId: kindNamed(name).id, fromId, toId, ...more })
const linked = async (id: string) =>
  (await mira.call.link.list({ id })).items.map(({ label, other, direction }) => [label, other.id, direction])

describe('a new world', () => {
  test('comes with kinds of links', () => {
    expect(kinds.length).toBe(usualLinkKinds('en').length)
    expect(kinds.length).toBeGreaterThanOrEqual(12)
    expect(kindNamed('mother of')).toMatchObject({
      inverseName: 'child of (mother)',
      fromKinds: ['persona'],
      cardinality: 'oneToMany',
      isAcyclic: true,
      meaning: 'parent',
      count: 0,
    })
  })
})

describe('a kind of link', () => {
  test('is made, changed and deleted', async () => {
    const made = await mira.call.linkKind.create({
      worldId,
      name: 'haunts',
      inverseName: 'haunted by',
      toKinds: ['location', 'thing'],
    })
    expect(made).toMatchObject({ isSymmetric: false, fromKinds: [], toKinds: ['location', 'thing'], meaning: null })
    const changed = await mira.call.linkKind.update({ id: made.id, version: 1, toKinds: [] })
    expect(changed).toMatchObject({ toKinds: [], version: 2 })
    expect(await mira.call.linkKind.byId({ id: made.id })).toEqual(changed)
    await mira.call.linkKind.delete({ id: made.id, version: 2 })
    expect(await failure(mira.call.linkKind.byId({ id: made.id }))).toMatchObject({ code: 'NOT_FOUND' })
  })

  test('without a name for the way back is symmetric', async () => {
    const made = await mira.call.linkKind.create({ worldId, name: 'rival of', fromKinds: ['persona'] })
    expect(made).toMatchObject({
      inverseName: 'rival of',
      isSymmetric: true,
      fromKinds: ['persona'],
      toKinds: ['persona'],
    })
  })

  test.each([
    [{ name: 'Mother OF', inverseName: 'x' }, 'already used'],
    [{ name: 'same', inverseName: 'Same' }, 'make the kind symmetric'],
    [{ name: 'circle', isSymmetric: true, isAcyclic: true }, 'always leads back'],
    [{ name: 'parents', isSymmetric: true, meaning: 'parent' }, 'no parent or owner'],
    [{ name: 'half', isSymmetric: true, cardinality: 'oneToMany' }, 'manyToMany or oneToOne'],
    [{ name: 'kinds', isSymmetric: true, fromKinds: ['persona'], toKinds: ['thing'] }, 'the same kinds at both ends'],
    [{ name: '' }, 'Give it a name'],
  ] as const)('%o is refused', async (input, message) => {
    const create = mira.call.linkKind.create as (given: object) => Promise<unknown>
    expect((await failure(create({ worldId, ...input }))).message).toContain(message)
  })

  test('keeps what its links need', async () => {
    const [one, other] = [await persona(), await persona()]
    const kind = await mira.call.linkKind.create({ worldId, name: 'guards', inverseName: 'guarded by' })
    await mira.call.link.create({ worldId, linkKindId: kind.id, fromId: one.id, toId: other.id })
    expect((await failure(mira.call.linkKind.delete({ id: kind.id, version: 1 }))).message).toContain(
      'There is a link of this kind',
    )
    expect(
      (await failure(mira.call.linkKind.update({ id: kind.id, version: 1, toKinds: ['thing'] }))).message,
    ).toContain('between other kinds')
    expect(
      (await failure(mira.call.linkKind.update({ id: kind.id, version: 1, cardinality: 'oneToOne' }))).message,
    ).toContain('may not fit')
    expect(await mira.call.linkKind.update({ id: kind.id, version: 1, name: 'shields' })).toMatchObject({
      name: 'shields',
    })
  })
})

describe('a link', () => {
  test('reads its own way from each end', async () => {
    const [mother, child] = [await persona('Mother'), await persona('Child')]
    const made = await link('mother of', mother.id, child.id, { note: 'By candlelight' })
    expect(made).toMatchObject({
      fromId: mother.id,
      fromKind: 'persona',
      toId: child.id,
      note: 'By candlelight',
      version: 1,
    })
    expect(await linked(mother.id)).toEqual([['mother of', child.id, 'out']])
    expect(await linked(child.id)).toEqual([['child of (mother)', mother.id, 'in']])
    expect(await mira.call.link.byId({ id: made.id })).toEqual(made)
  })

  test('of a symmetric kind is the same from both ends, and there once', async () => {
    const [one, other] = [await persona(), await persona()]
    await link('friend of', other.id, one.id)
    expect(await linked(one.id)).toEqual([['friend of', other.id, 'both']])
    expect(await linked(other.id)).toEqual([['friend of', one.id, 'both']])
    expect((await failure(link('friend of', one.id, other.id))).message).toContain('linked like that already')
  })

  test('has a note and dates, which can be changed', async () => {
    const [one, other] = [await persona(), await persona()]
    const made = await link('loves', one.id, other.id, { beganOn: '12 March 405' })
    expect(made).toMatchObject({ beganOn: '405-03-12', endedOn: null })
    const changed = await mira.call.link.update({
      id: made.id,
      version: 1,
      note: 'Until the end',
      endedOn: 'winter of 406',
    })
    expect(changed).toMatchObject({ beganOn: '405-03-12', endedOn: '406-s4', note: 'Until the end', version: 2 })
    expect(await failure(mira.call.link.update({ id: made.id, version: 1, note: '' }))).toMatchObject({
      reason: { kind: 'changed' },
    })
    expect((await failure(mira.call.link.update({ id: made.id, version: 2, endedOn: '404' }))).message).toContain(
      'Is before the beginning',
    )
    expect((await failure(mira.call.link.update({ id: made.id, version: 2, endedOn: '404-13-01' }))).message).toContain(
      'no month 13',
    )
    await mira.call.link.delete({ id: made.id, version: 2 })
    expect(await linked(one.id)).toEqual([])
  })

  test('there can be only one of holds one at a time', async () => {
    const [first, second, child] = [await persona(), await persona(), await persona()]
    await link('mother of', first.id, child.id, { endedOn: '400' })
    expect(await failure(link('mother of', second.id, child.id))).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining(first.displayName),
    })
    await link('mother of', second.id, child.id, { beganOn: '401' })
    await link('mother of', second.id, (await persona()).id)
  })

  test('goes with its entries into the trash, and comes back with them', async () => {
    const [one, other] = [await persona(), await persona()]
    const made = await link('enemy of', one.id, other.id)
    await mira.call.persona.delete({ id: other.id, version: other.version })
    expect(await linked(one.id)).toEqual([])
    expect(await failure(mira.call.link.byId({ id: made.id }))).toMatchObject({ code: 'NOT_FOUND' })
    await mira.call.persona.restore({ id: other.id })
    expect(await linked(one.id)).toEqual([['enemy of', other.id, 'both']])
  })

  test('is undone and redone', async () => {
    const editor = await person(db)
    await shareWorld(db, worldId, editor.id, 'editor')
    const [one, other] = [await persona(), await persona()]
    const made = await editor.call.link.create({
      worldId,
      linkKindId: kindNamed('serves').id,
      fromId: one.id,
      toId: other.id,
    })
    await editor.call.history.undo({ worldId, requestId: 'test' })
    expect(await linked(one.id)).toEqual([])
    const deleting = await person(db)
    await shareWorld(db, worldId, deleting.id, 'editor')
    const again = await mira.call.link.create({
      worldId,
      linkKindId: kindNamed('serves').id,
      fromId: one.id,
      toId: other.id,
      beganOn: '400',
    })
    await deleting.call.link.delete({ id: again.id, version: 1 })
    await deleting.call.history.undo({ worldId, requestId: 'test' })
    expect(await linked(one.id)).toEqual([['serves', other.id, 'out']])
    expect((await mira.call.timeline.list({ worldId, of: one.id })).items).toMatchObject([
      { field: 'beganOn', link: { id: again.id } },
    ])
    expect(made.id).not.toBe(again.id)
  })

  test('is in the history and in a mirror', async () => {
    const [one, other] = [await persona(), await persona()]
    const { next } = await mira.call.world.sync({ worldId, limit: 200 })
    const made = await link('sibling of', one.id, other.id)
    const { items } = await mira.call.history.list({ worldId, kind: 'link', limit: 1 })
    expect(items).toMatchObject([
      { action: 'create', subjectId: made.id, subjectName: expect.stringContaining('sibling of') },
    ])
    const page = await mira.call.world.sync({ worldId, since: next })
    expect(page.links).toEqual([made])
    await mira.call.link.delete({ id: made.id, version: 1 })
    expect((await mira.call.world.sync({ worldId, since: page.next })).gone).toEqual([{ kind: 'link', id: made.id }])
  })
})

test('a mirror takes over all links, page by page', async () => {
  const world = await mira.call.world.create({ name: 'Many links' })
  const [kind] = (await mira.call.linkKind.list({ worldId: world.id })).items.filter(({ name }) => name === 'loves')
  const everybody = []
  for (let index = 0; index < 7; index++) everybody.push(await persona('Linked', world.id))
  const [first, ...others] = everybody
  for (const other of others) {
    await mira.call.link.create({
      worldId: world.id,
      linkKindId: kind?.id ?? '',
      fromId: first?.id ?? '',
      toId: other.id,
    })
  }
  const seen: string[] = []
  let linkKinds = 0
  let since: string | undefined
  for (let hasMore = true; hasMore; ) {
    const page = await mira.call.world.sync({ worldId: world.id, limit: 4, ...(since && { since }) })
    seen.push(...page.links.map(({ toId }) => toId))
    linkKinds += page.linkKinds.length
    ;({ next: since, hasMore } = page)
  }
  expect(seen.sort()).toEqual(others.map(({ id }) => id).sort())
  expect(linkKinds).toBe(usualLinkKinds('en').length)
})

describe('what the model itself has', () => {
  test('is in the same list, without being stored twice', async () => {
    const story = await mira.call.story.create({ worldId, name: 'A story' })
    const act = await mira.call.act.create({ worldId, name: 'An act', storyId: story.id })
    const place = await mira.call.location.create({ worldId, name: 'A place' })
    const inner = await mira.call.location.create({ worldId, name: 'An inner place', parentId: place.id })
    const somebody = await persona('Somebody')
    const bell = await mira.call.thing.create({ worldId, name: 'A bell', ownerPersonaId: somebody.id })
    const scene = await mira.call.scene.create({ worldId, name: 'A scene', actId: act.id, locationId: inner.id })
    await mira.call.scene.setCast({ id: scene.id, version: scene.version, personaIds: [somebody.id] })
    const { version } = await mira.call.scene.byId({ id: scene.id })
    await mira.call.scene.setThings({ id: scene.id, version, thingIds: [bell.id] })
    const book = await mira.call.book.create({ worldId, name: 'A book' })
    await mira.call.book.addStory({ id: book.id, storyId: story.id })

    const sorted = async (id: string) => (await linked(id)).map(([label, other]) => `${label} ${other}`).sort()
    expect(await sorted(scene.id)).toEqual(
      [
        `is a scene of ${act.id}`,
        `takes place in ${inner.id}`,
        `has in its cast ${somebody.id}`,
        `has in it ${bell.id}`,
      ].sort(),
    )
    expect(await sorted(somebody.id)).toEqual([`appears in ${scene.id}`, `owns ${bell.id}`].sort())
    expect(await sorted(inner.id)).toEqual([`is the place of ${scene.id}`, `lies in ${place.id}`].sort())
    expect(await sorted(story.id)).toEqual([`has the act ${act.id}`, `is bound in ${book.id}`].sort())
    expect(
      (await mira.call.link.list({ id: scene.id })).items.every(
        ({ link: own, structure }) => own === null && structure !== null,
      ),
    ).toBe(true)
  })

  test('comes page by page', async () => {
    const hub = await persona('Hub')
    for (let index = 0; index < 5; index++) await link('friend of', hub.id, (await persona('Friend')).id)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await mira.call.link.list({ id: hub.id, limit: 2, ...(cursor && { cursor }) })
      seen.push(...page.items.map(({ other }) => other.id))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(new Set(seen).size).toBe(5)
  })
})

describe('is refused:', () => {
  test('a link to another world, to itself, to the trash, and of kinds that it does not join', async () => {
    const [one, other] = [await persona(), await persona()]
    const foreign = await persona('Foreign', elsewhere.id)
    const place = await mira.call.location.create({ worldId, name: `Place ${++count}` })
    const reasons = async (call: Promise<unknown>) => (await failure(call)).reason
    expect(await reasons(link('loves', one.id, foreign.id))).toMatchObject({
      fields: { toId: [expect.stringContaining('no such entry in this world')] },
    })
    expect(await reasons(link('loves', one.id, one.id))).toMatchObject({
      fields: { toId: [expect.stringContaining('with itself')] },
    })
    expect(await reasons(link('loves', one.id, place.id))).toMatchObject({
      fields: { toId: [expect.stringContaining('Only personas can stand after')] },
    })
    await mira.call.persona.delete({ id: other.id, version: other.version })
    expect(await reasons(link('loves', one.id, other.id))).toMatchObject({
      fields: { toId: [expect.stringContaining('in the trash')] },
    })
    const foreignKind = (await mira.call.linkKind.list({ worldId: elsewhere.id })).items[0]
    expect(
      await reasons(
        mira.call.link.create({ worldId, linkKindId: foreignKind?.id ?? '', fromId: one.id, toId: place.id }),
      ),
    ).toMatchObject({ fields: { linkKindId: [expect.stringContaining('no such kind of link in this world')] } })
  })

  test('a circle of ancestors, also by two requests at once', async () => {
    const [grandmother, mother, child] = [await persona(), await persona(), await persona()]
    await link('mother of', grandmother.id, mother.id)
    await link('mother of', mother.id, child.id)
    expect((await failure(link('mother of', child.id, grandmother.id))).message).toContain('that would be a circle')
    const [one, other] = [await persona(), await persona()]
    const both = await Promise.allSettled([link('mother of', one.id, other.id), link('mother of', other.id, one.id)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('anything by those who may only read, or not even that', async () => {
    const [one, other] = [await persona(), await persona()]
    const made = await link('loves', one.id, other.id)
    expect(await theo.call.link.byId({ id: made.id })).toEqual(made)
    expect(await failure(theo.call.link.delete({ id: made.id, version: 1 }))).toMatchObject({ code: 'FORBIDDEN' })
    const refused = await Promise.all([
      failure(stranger.call.link.byId({ id: made.id })),
      failure(stranger.call.link.list({ id: one.id })),
      failure(stranger.call.link.delete({ id: made.id, version: 1 })),
      failure(stranger.call.linkKind.list({ worldId })),
    ])
    for (const { code } of refused) expect(code).toBe('NOT_FOUND')
  })
})
