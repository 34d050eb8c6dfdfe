import { writeMention } from '@worldloom/schema'
import { sumDegrees } from '@worldloom/worlds'
import { describe, expect, test } from 'vitest'
import { failure, person, testDatabase } from './callers.ts'

const { db } = await testDatabase()
const mira = await person(db)
const stranger = await person(db)
const { id: worldId } = await mira.call.world.create({ name: 'The Iron Coast' })
const kinds = (await mira.call.linkKind.list({ worldId })).items
const friend = kinds.find(({ name }) => name === 'friend of')?.id ?? ''
const loves = kinds.find(({ name }) => name === 'loves')?.id ?? ''

const persona = async (name: string, more: object = {}) => await mira.call.persona.create({ worldId, name, ...more })
const [hub, one, two, three, far, alone] = await Promise.all(
  ['Hub', 'One', 'Two', 'Three', 'Far', 'Alone'].map((name) => persona(name)),
)
if (!hub || !one || !two || !three || !far || !alone) throw new Error('not made')
const link = async (linkKindId: string, fromId: string, toId: string) =>
  await mira.call.link.create({ worldId, linkKindId, fromId, toId })
for (const other of [one, two, three]) await link(friend, hub.id, other.id)
await link(loves, one.id, two.id)
await link(friend, three.id, far.id)
const bell = await mira.call.thing.create({
  worldId,
  name: 'Bell',
  ownerPersonaId: far.id,
  body: `Cast for ${writeMention(hub.id, 'Hub')}.`,
})
await sumDegrees(db)

const around = async (id: string, more: object = {}) => await mira.call.graph.around({ id, ...more })
const names = ({ nodes }: { nodes: readonly { readonly name: string }[] }) => nodes.map(({ name }) => name).sort()

describe('the graph around an entry', () => {
  test('has what links, mentions and the model connect it with, step by step', async () => {
    const first = await around(hub.id)
    expect(names(first)).toEqual(['Bell', 'Hub', 'One', 'Three', 'Two'])
    expect(first.isCut).toBe(false)
    expect(first.nodes[0]).toMatchObject({ id: hub.id, distance: 0, degree: 4 })
    expect(first.edges).toContainEqual({
      fromId: bell.id,
      toId: hub.id,
      source: 'mention',
      linkId: null,
      linkKindId: null,
      structure: null,
    })
    expect(first.edges).toContainEqual(
      expect.objectContaining({ fromId: one.id, toId: two.id, source: 'link', linkKindId: loves }),
    )
    const second = await around(hub.id, { depth: 2 })
    expect(names(second)).toEqual(['Bell', 'Far', 'Hub', 'One', 'Three', 'Two'])
    expect(second.nodes.find(({ id }) => id === far.id)).toMatchObject({ distance: 2 })
    expect(second.edges).toContainEqual(
      expect.objectContaining({ fromId: far.id, toId: bell.id, source: 'structure', structure: 'owner' }),
    )
  })

  test('is of some kinds, links and sources only, if wanted', async () => {
    expect(names(await around(hub.id, { kinds: ['thing'] }))).toEqual(['Bell', 'Hub'])
    expect(names(await around(hub.id, { sources: ['mention'] }))).toEqual(['Bell', 'Hub'])
    expect(names(await around(one.id, { sources: ['link'], linkKinds: [loves] }))).toEqual(['One', 'Two'])
  })

  test('keeps the most connected when it is cut, and says so', async () => {
    const cut = await around(hub.id, { limit: 3 })
    expect(cut.isCut).toBe(true)
    expect(cut.nodes).toHaveLength(3)
    expect(cut.nodes.every(({ degree }) => degree >= 2)).toBe(true)
  })

  test('has nothing from the trash', async () => {
    const gone = await persona('Gone')
    await link(friend, alone.id, gone.id)
    await mira.call.persona.delete({ id: gone.id, version: 1 })
    expect(names(await around(alone.id))).toEqual(['Alone'])
  })
})

describe('the graph of a world', () => {
  test('has the most connected first', async () => {
    await sumDegrees(db)
    const graph = await mira.call.graph.world({ worldId, limit: 2 })
    expect(graph.isCut).toBe(true)
    expect(graph.nodes.map(({ name }) => name)).toEqual(['Hub', expect.stringMatching(/One|Two|Three|Far|Bell/)])
    const all = await mira.call.graph.world({ worldId })
    expect(names(all)).toEqual(['Alone', 'Bell', 'Far', 'Hub', 'One', 'Three', 'Two'])
    expect(all.isCut).toBe(false)
    expect(all.edges).toHaveLength(7)
  })

  test('counts edges that are added and removed', async () => {
    const degree = async () => {
      await sumDegrees(db)
      return (await around(alone.id)).nodes[0]?.degree
    }
    const before = (await degree()) ?? 0
    const thing = await mira.call.thing.create({ worldId, name: 'Owned', ownerPersonaId: alone.id })
    expect(await degree()).toBe(before + 1)
    await mira.call.thing.update({ id: thing.id, version: 1, ownerPersonaId: far.id })
    expect(await degree()).toBe(before)
  })
})

test('shows nobody what they may not read', async () => {
  expect(await failure(stranger.call.graph.around({ id: hub.id }))).toMatchObject({ code: 'NOT_FOUND' })
  expect(await failure(stranger.call.graph.world({ worldId }))).toMatchObject({ code: 'NOT_FOUND' })
  for (const input of [{ depth: 4 }, { depth: 0 }, { limit: 2001 }, { kinds: ['dragon'] }]) {
    expect(await failure(around(hub.id, input))).toMatchObject({ code: 'BAD_REQUEST' })
  }
})
