import { maxTags } from '@worldloom/schema'
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
const make = async () => await mira.call.persona.create({ worldId, name: `Persona ${++count}` })
const tagged = async (id: string) => (await mira.call.tag.of({ id })).tags.map(({ name }) => name)
const setTags = async (id: string, ...tagIds: string[]) => {
  const { version } = await mira.call.tag.of({ id })
  return await mira.call.tag.set({ id, version, tagIds })
}

describe('a tag', () => {
  test('is made, renamed, given another color and deleted', async () => {
    const tag = await mira.call.tag.create({ worldId, name: '  Keepers  ' })
    expect(tag).toMatchObject({ worldId, name: 'Keepers', color: 'gray', version: 1 })
    const renamed = await mira.call.tag.update({ id: tag.id, version: 1, name: 'Light keepers', color: 'teal' })
    expect(renamed).toMatchObject({ name: 'Light keepers', color: 'teal', version: 2 })
    expect(await mira.call.tag.byId({ id: tag.id })).toEqual(renamed)
    expect(await failure(mira.call.tag.update({ id: tag.id, version: 1, name: 'x' }))).toMatchObject({
      reason: { kind: 'changed', current: { name: 'Light keepers' } },
    })
    await mira.call.tag.delete({ id: tag.id, version: 2 })
    expect(await failure(mira.call.tag.byId({ id: tag.id }))).toMatchObject({ code: 'NOT_FOUND' })
  })

  test('has a name of its own in its world', async () => {
    await mira.call.tag.create({ worldId, name: 'Unique' })
    expect(await failure(mira.call.tag.create({ worldId, name: 'UNIQUE' }))).toMatchObject({
      reason: { kind: 'taken', resource: 'tag', field: 'name' },
    })
    await mira.call.tag.create({ worldId: elsewhere.id, name: 'Unique' })
  })

  test('is given to entries, which lists can be filtered by', async () => {
    const [one, other] = [await make(), await make()]
    const tag = await mira.call.tag.create({ worldId, name: 'Given' })
    expect(await setTags(one.id, tag.id, tag.id)).toMatchObject({ version: 2, tags: [{ name: 'Given' }] })
    expect((await mira.call.persona.list({ worldId, tagId: tag.id })).items.map(({ id }) => id)).toEqual([one.id])
    expect((await mira.call.tag.list({ worldId })).items).toContainEqual(
      expect.objectContaining({ name: 'Given', count: 1 }),
    )
    expect(await tagged(other.id)).toEqual([])
    expect(await failure(mira.call.tag.set({ id: one.id, version: 1, tagIds: [] }))).toMatchObject({
      reason: { kind: 'changed' },
    })
    await setTags(one.id)
    expect(await tagged(one.id)).toEqual([])
  })

  test('lists its entries of all kinds by name, page by page', async () => {
    const tag = await mira.call.tag.create({ worldId, name: 'Of all kinds' })
    const made = [
      await mira.call.thing.create({ worldId, name: 'bell' }),
      await mira.call.persona.create({ worldId, name: 'Anselm', description: 'A monk.' }),
      await mira.call.location.create({ worldId, name: 'Chapel' }),
    ]
    for (const { id } of made) await setTags(id, tag.id)
    const first = await theo.call.tag.entries({ id: tag.id, limit: 2 })
    expect(first.items.map(({ kind, name, description }) => [kind, name, description])).toEqual([
      ['persona', 'Anselm', 'A monk.'],
      ['thing', 'bell', ''],
    ])
    const second = await theo.call.tag.entries({ id: tag.id, limit: 2, cursor: first.nextCursor ?? '' })
    expect(second).toMatchObject({ items: [{ name: 'Chapel' }], nextCursor: null })
    expect(await failure(stranger.call.tag.entries({ id: tag.id }))).toMatchObject({ code: 'NOT_FOUND' })
  })

  test('is merged into another: its entries have that instead, and undoing gives each its own again', async () => {
    const [one, both] = [await make(), await make()]
    const from = await mira.call.tag.create({ worldId, name: 'From' })
    const into = await mira.call.tag.create({ worldId, name: 'Into' })
    await setTags(one.id, from.id)
    await setTags(both.id, from.id, into.id)
    const merging = await person(db)
    await shareWorld(db, worldId, merging.id, 'editor')
    expect(await merging.call.tag.merge({ id: from.id, version: 1, intoId: into.id })).toMatchObject({ entries: 2 })
    expect(await tagged(one.id)).toEqual(['Into'])
    expect(await tagged(both.id)).toEqual(['Into'])
    expect(await failure(mira.call.tag.byId({ id: from.id }))).toMatchObject({ code: 'NOT_FOUND' })

    await merging.call.history.undo({ worldId, requestId: 'test' })
    expect(await tagged(one.id)).toEqual(['From'])
    expect(await tagged(both.id)).toEqual(['From', 'Into'])
  })

  test('that is deleted is back on its entries when that is undone', async () => {
    const entry = await make()
    const tag = await mira.call.tag.create({ worldId, name: 'Back again' })
    await setTags(entry.id, tag.id)
    const deleting = await person(db)
    await shareWorld(db, worldId, deleting.id, 'editor')
    await deleting.call.tag.delete({ id: tag.id, version: 1 })
    expect(await tagged(entry.id)).toEqual([])
    await deleting.call.history.undo({ worldId, requestId: 'test' })
    expect(await tagged(entry.id)).toEqual(['Back again'])
  })

  test('is in the history and in a mirror', async () => {
    const { next } = await mira.call.world.sync({ worldId })
    const entry = await make()
    const tag = await mira.call.tag.create({ worldId, name: 'Logged' })
    await setTags(entry.id, tag.id)
    const { items } = await mira.call.history.list({ worldId, limit: 3 })
    expect(items.map(({ kind, action, fields }) => [kind, action, fields])).toEqual([
      ['persona', 'link', ['tagIds']],
      ['tag', 'create', []],
      ['persona', 'create', []],
    ])
    const page = await mira.call.world.sync({ worldId, since: next })
    expect(page.tags).toEqual([tag])
    expect(page.entries).toMatchObject([{ entry: { id: entry.id }, links: { tagIds: [tag.id] } }])
    await mira.call.tag.delete({ id: tag.id, version: 1 })
    expect((await mira.call.world.sync({ worldId, since: page.next })).gone).toEqual([{ kind: 'tag', id: tag.id }])
  })
})

describe('is refused:', () => {
  test('a tag of another world, or the same to merge with', async () => {
    const entry = await make()
    const foreign = await mira.call.tag.create({ worldId: elsewhere.id, name: 'Foreign' })
    const own = await mira.call.tag.create({ worldId, name: 'Own' })
    expect((await failure(setTags(entry.id, foreign.id))).reason).toMatchObject({
      fields: { tagIds: [expect.stringContaining('Not all')] },
    })
    expect((await failure(mira.call.tag.merge({ id: own.id, version: 1, intoId: foreign.id }))).message).toContain(
      'no such tag in this world',
    )
    expect((await failure(mira.call.tag.merge({ id: own.id, version: 1, intoId: own.id }))).message).toContain(
      'Is the same tag',
    )
  })

  test('a name that is none, a color that is none', async () => {
    for (const name of ['', '   ', '\u200b', 'x'.repeat(101)]) {
      expect(await failure(mira.call.tag.create({ worldId, name }))).toMatchObject({ code: 'BAD_REQUEST' })
    }
    expect(await failure(mira.call.tag.create({ worldId, name: 'x', color: 'mauve' as 'red' }))).toMatchObject({
      code: 'BAD_REQUEST',
    })
  })

  test('a tag too many', async () => {
    const full = await mira.call.world.create({ name: 'Full' })
    const rows = Array.from({ length: maxTags }, (_, index) => ({ worldId: full.id, name: `Tag ${index}` }))
    await db.insertInto('tags').values(rows).execute()
    expect(await failure(mira.call.tag.create({ worldId: full.id, name: 'One more' }))).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('2,000 tags'),
    })
    expect(
      (await failure(mira.call.tag.set({ id: worldId, version: 1, tagIds: rows.map(() => worldId) }))).message,
    ).toContain('At most 50')
  })

  test('anything by those who may only read, or not even that', async () => {
    const tag = await mira.call.tag.create({ worldId, name: 'Not theirs' })
    expect(await theo.call.tag.byId({ id: tag.id })).toEqual(tag)
    expect(await failure(theo.call.tag.update({ id: tag.id, version: 1, name: 'x' }))).toMatchObject({
      code: 'FORBIDDEN',
    })
    expect(await failure(theo.call.tag.create({ worldId, name: 'x' }))).toMatchObject({ code: 'FORBIDDEN' })
    const refused = await Promise.all([
      failure(stranger.call.tag.byId({ id: tag.id })),
      failure(stranger.call.tag.list({ worldId })),
      failure(stranger.call.tag.delete({ id: tag.id, version: 1 })),
    ])
    for (const { code } of refused) expect(code).toBe('NOT_FOUND')
  })
})
