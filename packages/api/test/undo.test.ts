import { describe, expect, test } from 'vitest'
import { type Caller, caller, failure, type Person, person, shareWorld, testDatabase } from './callers.ts'

const { db } = await testDatabase()
const mira = await person(db)
const theo = await person(db)

let count = 0
/** A world that Mira shares with Theo. */
async function newWorld(): Promise<string> {
  count++
  const { id } = await mira.call.world.create({ name: `World ${count}` })
  await shareWorld(db, id, theo.id, 'editor')
  return id
}

/** Does something in a request of its own. @returns what undoes it */
async function doing<Result>(
  worldId: string,
  run: (call: Caller) => Promise<Result>,
  who: Person = mira,
): Promise<{ result: Result; undo: () => Promise<{ undone: number }>; redo: () => Promise<{ undone: number }> }> {
  count++
  const requestId = `request ${count}`
  const result = await run(caller(db, who.principal, undefined, requestId))
  return {
    result,
    undo: () => caller(db, who.principal, undefined, `undo ${requestId}`).history.undo({ worldId, requestId }),
    redo: () => who.call.history.undo({ worldId, requestId: `undo ${requestId}` }),
  }
}

describe('what a request did is undone, and that in turn', () => {
  test('creating a world with all that its template says', async () => {
    const input = { name: 'A novel to undo', template: 'novel' } as const
    const world = await caller(db, mira.principal, undefined, 'from a template').world.create(input)
    const again = { worldId: world.id, requestId: 'from a template' }
    expect((await caller(db, mira.principal, undefined, 'its undoing').history.undo(again)).undone).toBeGreaterThan(20)
    expect((await failure(mira.call.world.byId({ id: world.id }))).reason).toMatchObject({ kind: 'notFound' })
    await mira.call.history.undo({ worldId: world.id, requestId: 'its undoing' })
    expect((await mira.call.world.overview({ id: world.id })).counts.scene).toBe(12)
    // Once somebody has written in it, it is more than what the template made.
    const other = await caller(db, mira.principal, undefined, 'another').world.create({ ...input, name: 'Another' })
    await mira.call.persona.create({ worldId: other.id, name: 'Somebody' })
    const refused = await failure(mira.call.history.undo({ worldId: other.id, requestId: 'another' }))
    expect(refused.message).toContain('has been worked on since')
  })

  test('creating and updating', async () => {
    const worldId = await newWorld()
    const created = await doing(worldId, (call) => call.persona.create({ worldId, name: 'Wren', pronouns: 'she' }))
    const { id } = created.result
    const updated = await doing(worldId, (call) => call.persona.update({ id, version: 1, name: 'Halloran', body: 'B' }))
    expect(await updated.undo()).toEqual({ undone: 1 })
    expect(await mira.call.persona.byId({ id })).toMatchObject({
      name: 'Wren',
      displayName: 'Wren',
      body: '',
      version: 3,
    })
    await updated.redo()
    expect(await mira.call.persona.byId({ id })).toMatchObject({ name: 'Halloran', body: 'B', version: 4 })
    await updated.redo().then(
      () => expect.fail('it was undone twice'),
      (error) => expect(error.cause.reason.kind).toBe('changedSince'),
    )
    expect((await failure(created.undo())).reason).toMatchObject({
      kind: 'changedSince',
      changes: expect.arrayContaining([expect.objectContaining({ action: 'update', version: 4 })]),
    })
    const other = await doing(worldId, (call) => call.persona.create({ worldId, name: 'Other' }))
    await other.undo()
    expect((await failure(mira.call.persona.byId({ id: other.result.id }))).reason).toMatchObject({ kind: 'notFound' })
    await other.redo()
    expect(await mira.call.persona.byId({ id: other.result.id })).toMatchObject({ name: 'Other' })
  })

  test('one after the other, backwards', async () => {
    const worldId = await newWorld()
    const { id } = await mira.call.thing.create({ worldId, name: 'Lamp' })
    const one = await doing(worldId, (call) => call.thing.update({ id, version: 1, body: 'One' }))
    const two = await doing(worldId, (call) => call.thing.update({ id, version: 2, body: 'Two' }))
    expect((await failure(one.undo())).reason).toMatchObject({ kind: 'changedSince' })
    await two.undo()
    await one.undo()
    expect(await mira.call.thing.byId({ id })).toMatchObject({ body: '', version: 5 })
  })

  test('what others changed elsewhere stays', async () => {
    const worldId = await newWorld()
    const { id } = await mira.call.thing.create({ worldId, name: 'Lamp' })
    const mine = await doing(worldId, (call) => call.thing.update({ id, version: 1, body: 'Mine' }))
    await theo.call.thing.update({ id, version: 2, description: 'His' })
    await mine.undo()
    expect(await mira.call.thing.byId({ id })).toMatchObject({ body: '', description: 'His' })
  })

  test('deleting, with what went along', async () => {
    const worldId = await newWorld()
    const story = await mira.call.story.create({ worldId, name: 'Story' })
    const act = await mira.call.act.create({ worldId, storyId: story.id, name: 'Act' })
    const deleted = await doing(worldId, (call) => call.story.delete({ id: story.id, version: 1 }))
    await deleted.undo()
    expect(await mira.call.act.byId({ id: act.id })).toMatchObject({ name: 'Act' })
    await deleted.redo()
    expect((await failure(mira.call.act.byId({ id: act.id }))).reason).toMatchObject({ kind: 'notFound' })
    await mira.call.story.create({ worldId, name: 'Story' })
    expect((await failure(deleted.undo())).message).toContain('Rename it first')
  })

  test('moving', async () => {
    const worldId = await newWorld()
    const story = await mira.call.story.create({ worldId, name: 'Story' })
    const ids: string[] = []
    for (const name of ['One', 'Two', 'Three']) {
      ids.push((await mira.call.act.create({ worldId, storyId: story.id, name })).id)
    }
    const order = async () => (await mira.call.act.list({ worldId, storyId: story.id })).items.map(({ name }) => name)
    const moved = await doing(worldId, (call) => call.act.move({ id: ids[0] ?? '', afterId: ids[2] ?? '' }))
    expect(await order()).toEqual(['Two', 'Three', 'One'])
    await moved.undo()
    expect(await order()).toEqual(['One', 'Two', 'Three'])
    const scene = await mira.call.scene.create({ worldId, actId: ids[0] ?? '', name: 'Scene' })
    const away = await doing(worldId, (call) => call.scene.move({ id: scene.id, actId: ids[1] ?? '' }))
    await away.undo()
    expect(await mira.call.scene.byId({ id: scene.id })).toMatchObject({ actId: ids[0] })
  })

  test('linking', async () => {
    const worldId = await newWorld()
    const story = await mira.call.story.create({ worldId, name: 'Story' })
    const other = await mira.call.story.create({ worldId, name: 'Other' })
    const act = await mira.call.act.create({ worldId, storyId: story.id, name: 'Act' })
    const scene = await mira.call.scene.create({ worldId, actId: act.id, name: 'Scene' })
    const wren = await mira.call.persona.create({ worldId, name: 'Wren' })
    const lamp = await mira.call.thing.create({ worldId, name: 'Lamp' })
    const cast = await doing(worldId, (call) => call.scene.setCast({ id: scene.id, version: 1, personaIds: [wren.id] }))
    const things = await doing(worldId, (call) =>
      call.scene.setThings({ id: scene.id, version: 2, thingIds: [lamp.id] }),
    )
    await cast.undo()
    expect(await mira.call.scene.parts({ id: scene.id })).toMatchObject({ cast: [], things: [{ id: lamp.id }] })
    await things.undo()
    expect(await mira.call.scene.parts({ id: scene.id })).toMatchObject({ cast: [], things: [] })
    const book = await mira.call.book.create({ worldId, name: 'Book' })
    const titles = async () => (await mira.call.book.stories({ id: book.id })).items.map(({ name }) => name)
    await mira.call.book.addStory({ id: book.id, storyId: story.id })
    const bound = await doing(worldId, (call) => call.book.addStory({ id: book.id, storyId: other.id, afterId: null }))
    await bound.undo()
    expect(await titles()).toEqual(['Story'])
    await bound.redo()
    const reordered = await doing(worldId, (call) =>
      call.book.reorder({ id: book.id, storyId: other.id, afterId: story.id }),
    )
    expect(await titles()).toEqual(['Story', 'Other'])
    await reordered.undo()
    expect(await titles()).toEqual(['Other', 'Story'])
    const removed = await doing(worldId, (call) => call.book.removeStory({ id: book.id, storyId: other.id }))
    await removed.undo()
    expect(await titles()).toEqual(['Other', 'Story'])
  })

  test('to the world and its members', async () => {
    const worldId = await newWorld()
    const world = () => mira.call.world.byId({ id: worldId })
    const updated = await doing(worldId, (call) => call.world.update({ id: worldId, version: 1, visibility: 'public' }))
    await updated.undo()
    expect(await world()).toMatchObject({ visibility: 'private', version: 3 })
    const role = await doing(worldId, (call) => call.member.update({ worldId, userId: theo.id, role: 'viewer' }))
    await role.undo()
    const roleOf = async () =>
      (await mira.call.member.list({ worldId })).items.find(({ userId }) => userId === theo.id)?.role
    expect(await roleOf()).toBe('editor')
    const removed = await doing(worldId, (call) => call.member.remove({ worldId, userId: theo.id }))
    expect(await roleOf()).toBeUndefined()
    await removed.undo()
    expect(await roleOf()).toBe('editor')
    const deleted = await doing(worldId, (call) => call.world.delete({ id: worldId, version: 3 }))
    await deleted.undo()
    expect(await world()).toMatchObject({ id: worldId })
    count++
    const fresh = await caller(db, mira.principal, undefined, 'fresh').world.create({ name: `World ${count}` })
    await mira.call.history.undo({ worldId: fresh.id, requestId: 'fresh' })
    expect((await failure(mira.call.world.byId({ id: fresh.id }))).reason).toMatchObject({ kind: 'notFound' })
  })
})

describe('undoing is refused', () => {
  test('what somebody else did, what is unknown, and without the right to do the opposite', async () => {
    const worldId = await newWorld()
    const his = await doing(worldId, (call) => call.thing.create({ worldId, name: 'Lamp' }), theo)
    const requestId = `request ${count}`
    expect((await failure(mira.call.history.undo({ worldId, requestId }))).reason).toMatchObject({ kind: 'notFound' })
    expect((await failure(theo.call.history.undo({ worldId, requestId: 'nothing' }))).reason).toMatchObject({
      kind: 'notFound',
    })
    expect((await failure(theo.call.history.undo({ worldId, requestId: '' }))).reason).toMatchObject({
      kind: 'badInput',
    })
    const lesser = { ...theo.principal, permissions: new Set(['entity:read', 'entity:create', 'entity:update']) }
    expect((await failure(caller(db, lesser).history.undo({ worldId, requestId }))).reason).toMatchObject({
      kind: 'notPermitted',
      permission: 'entity:delete',
    })
    await mira.call.member.update({ worldId, userId: theo.id, role: 'viewer' })
    expect((await failure(his.undo())).reason).toMatchObject({ kind: 'roleTooLow' })
    await mira.call.member.remove({ worldId, userId: theo.id })
    expect((await failure(his.undo())).reason).toMatchObject({ kind: 'notFound' })
  })

  test('where something has been put in since: nothing is undone', async () => {
    const worldId = await newWorld()
    const story = await doing(worldId, (call) => call.story.create({ worldId, name: 'Story' }))
    await theo.call.act.create({ worldId, storyId: story.result.id, name: 'Act' })
    expect(await failure(story.undo())).toMatchObject({ reason: { kind: 'conflict' }, message: /something in/ })
    expect(await mira.call.story.byId({ id: story.result.id })).toMatchObject({ version: 1 })
  })
})
