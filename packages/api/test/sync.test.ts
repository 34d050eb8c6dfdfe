import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { failure, type Person, person, shareWorld, testDatabase } from './callers.ts'

const { db } = await testDatabase()
const mira = await person(db)

let count = 0
async function newWorld() {
  count++
  return (await mira.call.world.create({ name: `World ${count}` })).id
}

type Page = Awaited<ReturnType<Person['call']['world']['sync']>>

/** Reads on until there is nothing more. */
async function readOn(worldId: string, since?: string, limit = 3): Promise<Page[]> {
  const pages: Page[] = []
  for (let next = since; ; ) {
    const page = await mira.call.world.sync({ worldId, limit, ...(next && { since: next }) })
    pages.push(page)
    if (!page.hasMore) return pages
    next = page.next
  }
}

const namesOf = (pages: readonly Page[]) => pages.flatMap(({ entries }) => entries.map(({ entry }) => entry.name))

describe('a mirror', () => {
  test('takes over everything page by page, and what was changed meanwhile after that', async () => {
    const worldId = await newWorld()
    const names = ['Anchor', 'Bell', 'Chart', 'Dory', 'Ember', 'Fog', 'Gull']
    for (const name of names) await mira.call.thing.create({ worldId, name })
    const trashed = await mira.call.persona.create({ worldId, name: 'Nobody' })
    await mira.call.persona.delete({ id: trashed.id, version: 1 })
    const first = await mira.call.world.sync({ worldId, limit: 3 })
    expect(first.world).toMatchObject({ id: worldId })
    await mira.call.persona.create({ worldId, name: 'Wren' })
    const rest = await readOn(worldId, first.next)
    expect(namesOf([first, ...rest]).toSorted()).toEqual([...names, 'Wren'])
    expect(rest.slice(0, -1).every(({ world }) => world === null)).toBe(true)
    expect(await readOn(worldId, rest.at(-1)?.next)).toEqual([
      {
        world: null,
        ...{ entries: [], tags: [], linkKinds: [], links: [], gone: [] },
        next: rest.at(-1)?.next,
        hasMore: false,
      },
    ])
  })

  test('gets what was changed as it is now, and what is gone, each once a page', async () => {
    const worldId = await newWorld()
    const story = await mira.call.story.create({ worldId, name: 'Story' })
    const act = await mira.call.act.create({ worldId, storyId: story.id, name: 'Act' })
    const scene = await mira.call.scene.create({ worldId, actId: act.id, name: 'Scene' })
    const wren = await mira.call.persona.create({ worldId, name: 'Wren' })
    const since = (await readOn(worldId)).at(-1)?.next
    await mira.call.scene.setCast({ id: scene.id, version: 1, personaIds: [wren.id] })
    await mira.call.persona.update({ id: wren.id, version: 1, body: 'Keeper.' })
    await mira.call.persona.update({ id: wren.id, version: 2, body: 'Keeper of the light.' })
    await mira.call.world.update({ id: worldId, version: 1, description: 'Drowned' })
    const [page] = await readOn(worldId, since, 100)
    expect(page?.world).toMatchObject({ description: 'Drowned', version: 2 })
    expect(page?.entries).toMatchObject([
      { entry: { kind: 'scene', id: scene.id, version: 2 }, links: { personaIds: [wren.id], thingIds: [] } },
      { entry: { kind: 'persona', id: wren.id, body: 'Keeper of the light.', version: 3 }, links: {} },
    ])
    await mira.call.act.delete({ id: act.id, version: 1 })
    const [after] = await readOn(worldId, page?.next, 100)
    expect(after?.gone.toSorted((one, other) => one.kind.localeCompare(other.kind))).toEqual([
      { kind: 'act', id: act.id },
      { kind: 'scene', id: scene.id },
    ])
    await mira.call.act.restore({ id: act.id })
    expect(namesOf(await readOn(worldId, after?.next, 100)).toSorted()).toEqual(['Act', 'Scene'])
  })

  test('can start from the id of an event of a stream, of several worlds', async () => {
    const [one, two] = [await newWorld(), await newWorld()]
    await mira.call.thing.create({ worldId: two, name: 'Bell' })
    expect(namesOf(await readOn(two, `${one}:1,${two}:1`))).toEqual(['Bell'])
  })
})

describe('a position is refused', () => {
  test.each([
    ['of another world', '00000000-0000-7000-8000-000000000001:1', 'badInput'],
    ['that is none', 'x', 'badInput'],
    ['with a kind that there is not', '$:1:dragon.0.00000000-0000-7000-8000-000000000001', 'badInput'],
    ['with an SQL statement in it', "$:1:story.0.'; drop table changes; --", 'badInput'],
    ['of the future', '$:99', 'syncAnew'],
  ])('%s', async (_, since, kind) => {
    const worldId = await newWorld()
    const call = mira.call.world.sync({ worldId, since: since.replace('$', worldId) })
    expect(await failure(call)).toMatchObject({ reason: { kind } })
  })

  test('older than what the log has, or before an import', async () => {
    const worldId = await newWorld()
    for (const name of ['Anchor', 'Bell']) await mira.call.thing.create({ worldId, name })
    const sync = (position: number) => mira.call.world.sync({ worldId, since: `${worldId}:${position}` })
    await sql`delete from changes where world_id = ${worldId} and position < 3`.execute(db)
    expect(await failure(sync(1))).toMatchObject({
      code: 'PRECONDITION_FAILED',
      reason: { kind: 'syncAnew' },
      message: expect.stringContaining('Sync anew'),
    })
    expect(namesOf([await sync(2)])).toEqual(['Bell'])
    await sql`update changes set action = 'import' where world_id = ${worldId}`.execute(db)
    expect(await failure(sync(2))).toMatchObject({ reason: { kind: 'syncAnew' } })
    await sql`delete from changes where world_id = ${worldId}`.execute(db)
    expect(await failure(sync(1))).toMatchObject({ reason: { kind: 'syncAnew' } })
    expect((await sync(3)).hasMore).toBe(false)
  })
})

test('only members can mirror a world', async () => {
  const worldId = await newWorld()
  await mira.call.world.update({ id: worldId, version: 1, visibility: 'public' })
  const theo = await person(db)
  for (const since of [undefined, `${worldId}:1`]) {
    expect(await failure(theo.call.world.sync({ worldId, ...(since && { since }) }))).toMatchObject({
      reason: { kind: 'notFound' },
    })
  }
  await shareWorld(db, worldId, theo.id, 'viewer')
  expect((await theo.call.world.sync({ worldId })).world).toMatchObject({ id: worldId })
})
