import { maxPins } from '@worldloom/schema'
import { expect, test } from 'vitest'
import { failure, person, shareWorld, testDatabase } from './callers.ts'

const { db } = await testDatabase()
const mira = await person(db)
const theo = await person(db)
const stranger = await person(db)
const { id: worldId } = await mira.call.world.create({ name: 'The Iron Coast' })
await shareWorld(db, worldId, theo.id, 'viewer')
const pinned = async (who: typeof mira) => (await who.call.pin.list({ worldId })).items.map(({ name }) => name)

test('entries are pinned by each person for themselves, in the order in which they did', async () => {
  const wren = await mira.call.persona.create({ worldId, name: 'Wren' })
  const bell = await mira.call.thing.create({ worldId, name: 'The Low Bell' })
  expect(await mira.call.pin.add({ id: bell.id })).toEqual({ id: bell.id, isPinned: true })
  await mira.call.pin.add({ id: wren.id })
  await mira.call.pin.add({ id: bell.id })
  // A viewer changes nothing of the world by it.
  await theo.call.pin.add({ id: wren.id })
  expect(await pinned(mira)).toEqual(['The Low Bell', 'Wren'])
  expect((await mira.call.pin.list({ worldId })).items[0]).toEqual({
    id: bell.id,
    kind: 'thing',
    name: 'The Low Bell',
    displayName: 'The Low Bell',
  })
  expect(await pinned(theo)).toEqual(['Wren'])
  expect((await mira.call.thing.byId({ id: bell.id })).version).toBe(1)

  await mira.call.persona.delete({ id: wren.id, version: 1 })
  expect(await pinned(mira)).toEqual(['The Low Bell'])
  await mira.call.persona.restore({ id: wren.id })
  expect(await pinned(mira)).toEqual(['The Low Bell', 'Wren'])

  expect(await mira.call.pin.remove({ id: bell.id })).toEqual({ id: bell.id, isPinned: false })
  await mira.call.pin.remove({ id: bell.id })
  expect(await pinned(mira)).toEqual(['Wren'])
})

test('what one may not see can be neither pinned nor listed', async () => {
  const { id } = await mira.call.location.create({ worldId, name: 'Secret' })
  expect(await failure(stranger.call.pin.add({ id }))).toMatchObject({ code: 'NOT_FOUND' })
  expect(await failure(stranger.call.pin.remove({ id }))).toMatchObject({ code: 'NOT_FOUND' })
  expect(await failure(stranger.call.pin.list({ worldId }))).toMatchObject({ code: 'NOT_FOUND' })
})

test('there are at most so many, also of several at once', async () => {
  const made = await Promise.all(
    Array.from({ length: maxPins + 2 }, (_, index) => mira.call.thing.create({ worldId, name: `Thing ${index}` })),
  )
  await Promise.all((await mira.call.pin.list({ worldId })).items.map(({ id }) => mira.call.pin.remove({ id })))
  const tried = await Promise.allSettled(made.map(({ id }) => mira.call.pin.add({ id })))
  expect(tried.filter(({ status }) => status === 'rejected')).toHaveLength(2)
  expect(await pinned(mira)).toHaveLength(maxPins)
  const refused = made[tried.findIndex(({ status }) => status === 'rejected')]
  expect(await failure(mira.call.pin.add({ id: refused?.id ?? '' }))).toMatchObject({
    code: 'CONFLICT',
    message: `You can pin ${maxPins} entries of a world. Unpin one first.`,
  })
})
