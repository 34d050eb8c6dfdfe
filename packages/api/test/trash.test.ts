import { emptyTrash } from '@worldloom/worlds'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { caller, failure, person, testDatabase } from './callers.ts'

const { db } = await testDatabase()
const mira = await person(db)
const { call } = mira

const days = 86_400
/** As if everything that is in the trash had been there for so many days. */
async function age(count: number): Promise<void> {
  for (const table of ['worlds', 'entities', 'tags', 'links', 'link_kinds', 'maps', 'map_markers']) {
    await sql`update ${sql.table(table)} set deleted_at = now() - make_interval(days => ${count}) where deleted_at is not null`.execute(
      db,
    )
  }
}

const countOf = async (table: string, worldId: string) => {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from ${sql.table(table)} where world_id = ${worldId}`.execute(db)
  return rows[0]?.count
}

let count = 0
const newWorld = async () => (await call.world.create({ name: `World ${++count}` })).id
const read = async (run: Promise<unknown>) => (await failure(run)).reason

describe('what has been in the trash for longer than it is kept is gone for good', () => {
  test('entries, with what belongs to them; what is younger, and what is not in the trash, stays', async () => {
    const worldId = await newWorld()
    const story = await call.story.create({ worldId, name: 'Story' })
    const act = await call.act.create({ worldId, storyId: story.id, name: 'Act' })
    const scene = await call.scene.create({ worldId, actId: act.id, name: 'Scene' })
    const kept = await call.thing.create({ worldId, name: 'Kept' })
    const young = await call.thing.create({ worldId, name: 'Young' })
    await call.story.delete({ id: story.id, version: 1 })
    await age(31)
    await call.thing.delete({ id: young.id, version: 1 })
    expect(await emptyTrash(db, 30 * days)).toEqual({ worlds: 0, entries: 3, records: 0 })
    const left = await db.selectFrom('entities').where('worldId', '=', worldId).select('id').execute()
    expect(left.map(({ id }) => id).toSorted()).toEqual([kept.id, young.id].toSorted())
    expect(await read(call.scene.restore({ id: scene.id }))).toMatchObject({ kind: 'notFound' })
    expect((await call.world.trash({ id: worldId })).items.map(({ id }) => id)).toEqual([young.id])
    // The log still tells of them.
    expect((await call.history.list({ worldId, limit: 50 })).items.map(({ subjectName }) => subjectName)).toContain(
      'Scene',
    )
  })

  test('what referred to it refers to nothing, and works as before', async () => {
    const worldId = await newWorld()
    const coast = await call.location.create({ worldId, name: 'Coast' })
    const owner = await call.persona.create({ worldId, name: 'Owner' })
    const lamp = await call.thing.create({ worldId, name: 'Lamp', ownerPersonaId: owner.id })
    const story = await call.story.create({ worldId, name: 'Story' })
    const act = await call.act.create({ worldId, storyId: story.id, name: 'Act' })
    const scene = await call.scene.create({ worldId, actId: act.id, name: 'Scene', locationId: coast.id })
    await call.scene.setCast({ id: scene.id, version: scene.version, personaIds: [owner.id] })
    const kinds = (await call.linkKind.list({ worldId })).items
    const kind = kinds.find(({ toKinds }) => toKinds.includes('thing'))
    const link = await call.link.create({ worldId, linkKindId: kind?.id ?? '', fromId: owner.id, toId: lamp.id })
    await call.location.delete({ id: coast.id, version: 1 })
    await call.persona.delete({ id: owner.id, version: (await call.persona.byId({ id: owner.id })).version })
    await age(31)
    await emptyTrash(db, 30 * days)
    expect((await call.world.trash({ id: worldId })).items).toEqual([])
    const after = await call.scene.byId({ id: scene.id })
    expect(after.locationId).toBeNull()
    expect((await call.thing.byId({ id: lamp.id })).ownerPersonaId).toBeNull()
    expect((await call.scene.parts({ id: scene.id })).cast).toEqual([])
    expect((await failure(call.link.byId({ id: link.id }))).reason).toMatchObject({ kind: 'notFound' })
    await call.scene.update({ id: scene.id, version: after.version, body: 'It goes on.' })
  })

  test('an image that is the picture of a map stays for as long as there is the map', async () => {
    const worldId = await newWorld()
    const image = await call.image.create({ worldId, name: 'Chart' })
    const map = await call.map.create({ worldId, name: 'Map', imageId: image.id })
    await call.image.delete({ id: image.id, version: 1 })
    await age(31)
    expect(await emptyTrash(db, 30 * days)).toMatchObject({ entries: 0 })
    await call.map.delete({ id: map.id, version: map.version })
    await age(31)
    expect(await emptyTrash(db, 30 * days)).toEqual({ worlds: 0, entries: 0, records: 1 })
    expect(await emptyTrash(db, 30 * days)).toEqual({ worlds: 0, entries: 1, records: 0 })
  })

  test('a world with all that is in it, in several transactions, and nothing of another', async () => {
    const other = await call.world.create({ name: 'Other', template: 'novel' })
    const world = await call.world.create({ name: 'Gone', template: 'novel' })
    const many = Array.from({ length: 250 }, (_, index) => ({ name: `Thing ${index}` }))
    for (const { name } of many) await call.thing.create({ worldId: world.id, name })
    const scenes = (await call.scene.list({ worldId: world.id, limit: 5 })).items
    await call.scene.delete({ id: scenes[0]?.id ?? '', version: scenes[0]?.version ?? 0 })
    const before = await countOf('entities', other.id)
    await call.world.delete({ id: world.id, version: world.version })
    await age(29)
    expect(await emptyTrash(db, 30 * days)).toMatchObject({ worlds: 0 })
    await age(31)
    expect(await emptyTrash(db, 30 * days)).toMatchObject({ worlds: 1 })
    for (const table of ['entities', 'changes', 'links', 'mentions', 'search_documents', 'world_members']) {
      expect(await countOf(table, world.id), table).toBe(0)
    }
    expect(await read(call.world.restore({ id: world.id }))).toMatchObject({ kind: 'notFound' })
    expect(await countOf('entities', other.id)).toBe(before)
  })

  test('a world that is being deleted is neither listed nor restored, and the rest of it goes the next time', async () => {
    const world = await call.world.create({ name: 'Half gone', template: 'novel' })
    await call.world.delete({ id: world.id, version: world.version })
    await age(31)
    const ended = AbortSignal.abort()
    expect(await emptyTrash(db, 30 * days, ended)).toEqual({ worlds: 0, entries: 0, records: 0 })
    expect((await call.world.list({ state: 'trash' })).items.map(({ id }) => id)).not.toContain(world.id)
    expect(await read(call.world.restore({ id: world.id }))).toMatchObject({ kind: 'notFound' })
    expect(await emptyTrash(db, 30 * days)).toMatchObject({ worlds: 1 })
  })

  test('undoing the deleting of what is gone says that it is', async () => {
    const worldId = await newWorld()
    const thing = await call.thing.create({ worldId, name: 'Thing' })
    await caller(db, mira.principal, undefined, 'the deleting').thing.delete({ id: thing.id, version: 1 })
    await age(31)
    await emptyTrash(db, 30 * days)
    const refused = await failure(call.history.undo({ worldId, requestId: 'the deleting' }))
    expect(refused.message).toMatch(/trash|deleted|gone|no such/i)
  })
})
