import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { failure, person, testDatabase } from './callers.ts'

const { db } = await testDatabase()
const mira = await person(db)
const stranger = await person(db)
const { id: worldId } = await mira.call.world.create({ name: 'Coast' })
const story = await mira.call.story.create({ worldId, name: 'Lamps' })
const act = await mira.call.act.create({ worldId, storyId: story.id, name: 'Signals' })
const inAct = { worldId, actId: act.id }

const progress = async (days = 7) => await mira.call.world.progress({ id: worldId, days })
/** How many words the story had on each of the last days. */
const counts = async (days = 7) => (await progress(days)).stories.find(({ id }) => id === story.id)?.counts

/** As if what was counted today had been counted so many days ago. */
async function daysAgo(count: number): Promise<void> {
  await sql`update word_counts set day = day - ${count}::int where day = (now() at time zone 'utc')::date`.execute(db)
}

describe('the words of a story', () => {
  test('are those of its scenes, by day, as they are written, deleted and restored', async () => {
    expect((await progress()).stories).toEqual([])
    const scene = await mira.call.scene.create({ ...inAct, name: 'One', body: 'It was  not\nthe tide.' })
    const other = await mira.call.scene.create({ ...inAct, name: 'Two', body: 'A [@bell](entry:x) — rang.' })
    expect(await counts()).toEqual([0, 0, 0, 0, 0, 0, 9])
    await daysAgo(3)
    expect(await counts()).toEqual([0, 0, 0, 9, 9, 9, 9])
    await mira.call.scene.update({ id: scene.id, version: scene.version, body: 'It was.' })
    expect(await counts()).toEqual([0, 0, 0, 9, 9, 9, 6])
    // What is changed again on the same day counts as it is then.
    await mira.call.scene.update({ id: scene.id, version: scene.version + 1, body: 'It was the tide, after all.' })
    expect(await counts()).toEqual([0, 0, 0, 9, 9, 9, 10])
    await daysAgo(1)
    await mira.call.scene.delete({ id: other.id, version: other.version })
    expect(await counts()).toEqual([0, 0, 0, 9, 9, 10, 6])
    await mira.call.scene.restore({ id: other.id })
    expect(await counts()).toEqual([0, 0, 0, 9, 9, 10, 10])
  })

  test('that were written before the first day are there on it', async () => {
    const before = (await counts()) ?? []
    const scene = await mira.call.scene.create({ ...inAct, name: 'Three', body: 'Long ago.' })
    await sql`update word_counts set day = day - 100 where scene_id = ${scene.id}`.execute(db)
    expect(await counts()).toEqual(before.map((count) => count + 2))
    await mira.call.scene.delete({ id: scene.id, version: scene.version })
    expect((await counts())?.at(-1)).toBe(before.at(-1))
  })

  test('are of no story in the trash, and of no world that is not there', async () => {
    const gone = await mira.call.story.create({ worldId, name: 'Gone' })
    const ofGone = await mira.call.act.create({ worldId, storyId: gone.id, name: 'Of it' })
    await mira.call.scene.create({ worldId, actId: ofGone.id, name: 'In it', body: 'Words.' })
    expect((await progress()).stories.map(({ displayName }) => displayName)).toEqual(['Lamps', 'Gone'])
    await mira.call.story.delete({ id: gone.id, version: gone.version })
    expect((await progress()).stories.map(({ displayName }) => displayName)).toEqual(['Lamps'])
    expect(await failure(stranger.call.world.progress({ id: worldId }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await failure(mira.call.world.progress({ id: worldId, days: 6 }))).toMatchObject({ code: 'BAD_REQUEST' })
  })
})

test('empty is what nothing is written about and nothing is in, oldest first', async () => {
  const names = async () => (await mira.call.world.empty({ id: worldId })).items.map(({ displayName }) => displayName)
  expect(await names()).toEqual([])
  const wren = await mira.call.persona.create({ worldId, name: 'Wren' })
  await mira.call.thing.create({ worldId, name: 'Bell', description: 'It rings.' })
  await mira.call.thing.create({ worldId, name: 'Lamp', body: 'It burns.' })
  await mira.call.thing.create({ worldId, name: 'Named in a text', isPlaceholder: true })
  await mira.call.image.create({ worldId, name: 'Chart' })
  const coast = await mira.call.location.create({ worldId, name: 'Coast' })
  await mira.call.location.create({ worldId, name: 'Harbour', parentId: coast.id })
  expect(await names()).toEqual(['Wren', 'Harbour'])
  const first = await mira.call.world.empty({ id: worldId, limit: 1 })
  expect(first.items).toMatchObject([{ displayName: 'Wren' }])
  const second = await mira.call.world.empty({ id: worldId, limit: 1, cursor: first.nextCursor ?? '' })
  expect(second).toMatchObject({ items: [{ displayName: 'Harbour' }], nextCursor: null })
  await mira.call.persona.update({ id: wren.id, version: wren.version, description: 'She counts.' })
  expect(await names()).toEqual(['Harbour'])
  expect(await failure(stranger.call.world.empty({ id: worldId }))).toMatchObject({ code: 'NOT_FOUND' })
})
