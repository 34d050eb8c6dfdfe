import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { failure, person, shareWorld, testDatabase } from './callers.ts'

const { db } = await testDatabase()
const mira = await person(db)

let count = 0
async function newWorld() {
  count++
  return (await mira.call.world.create({ name: `World ${count}` })).id
}

/** A moment that nothing else happens in. */
async function moment(): Promise<string> {
  const pause = () => new Promise((resolve) => setTimeout(resolve, 2))
  await pause()
  const { rows } = await sql<{ now: Date }>`select clock_timestamp()::timestamptz(3) as now`.execute(db)
  await pause()
  return rows[0]?.now.toISOString() ?? ''
}

test('the world as it was at any moment is what it was read as then', async () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('create' as const), name: fc.integer({ min: 0, max: 5 }) }),
    fc.record({ do: fc.constant('update' as const), on: fc.nat(), name: fc.integer({ min: 0, max: 5 }) }),
    fc.record({ do: fc.constant('own' as const), on: fc.nat(), text: fc.string({ maxLength: 5 }) }),
    fc.record({ do: fc.constant('delete' as const), on: fc.nat() }),
    fc.record({ do: fc.constant('restore' as const), on: fc.nat() }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
      const worldId = await newWorld()
      const ids: string[] = []
      const read = async (asOf?: string) => {
        const past = asOf ? { asOf } : {}
        const { items } = await mira.call.persona.list({ worldId, sort: 'name', ...past })
        return await Promise.all(items.map(({ id }) => mira.call.persona.byId({ id, ...past })))
      }
      const seen: [asOf: string, then: Awaited<ReturnType<typeof read>>][] = []
      for (const each of steps) {
        const id = 'on' in each ? (ids[each.on % Math.max(1, ids.length)] ?? '') : ''
        const version =
          (
            await db
              .selectFrom('entities')
              .where('id', '=', id || null)
              .select('version')
              .executeTakeFirst()
          )?.version ?? 1
        // What is refused (a name that is taken, what is not there) changes nothing.
        const done = await (
          {
            create: () => mira.call.persona.create({ worldId, name: `Name ${'name' in each && each.name}` }),
            update: () => mira.call.persona.update({ id, version, name: `Name ${'name' in each && each.name}` }),
            own: () => mira.call.persona.update({ id, version, pronouns: 'text' in each ? each.text : '', body: 'B' }),
            delete: () => mira.call.persona.delete({ id, version }),
            restore: () => mira.call.persona.restore({ id }),
          } as const
        )
          [each.do]()
          .catch(() => undefined)
        if (each.do === 'create' && done) ids.push(done.id)
        seen.push([await moment(), await read()])
      }
      for (const [asOf, then] of seen) {
        const withoutTimes = (entities: typeof then) => entities.map(({ updatedAt: _, ...entity }) => entity)
        expect(withoutTimes(await read(asOf))).toEqual(withoutTimes(then))
      }
    }),
    { numRuns: 25 },
  )
})

describe('as of a moment', () => {
  test('the scenes of an act are in their order of then, page by page', async () => {
    const worldId = await newWorld()
    const story = await mira.call.story.create({ worldId, name: 'Story' })
    const act = await mira.call.act.create({ worldId, storyId: story.id, name: 'Act' })
    const other = await mira.call.act.create({ worldId, storyId: story.id, name: 'Other' })
    const ids: string[] = []
    for (const name of ['One', 'Two', 'Three']) {
      ids.push((await mira.call.scene.create({ worldId, actId: act.id, name })).id)
    }
    const asOf = await moment()
    await mira.call.scene.move({ id: ids[0] ?? '', afterId: ids[2] ?? '' })
    await mira.call.scene.move({ id: ids[1] ?? '', actId: other.id })
    const names: string[] = []
    for (let cursor: string | undefined; ; ) {
      const page = await mira.call.scene.list({ worldId, actId: act.id, asOf, limit: 1, ...(cursor && { cursor }) })
      names.push(...page.items.map(({ name }) => name))
      if (!page.nextCursor) break
      cursor = page.nextCursor
    }
    expect(names).toEqual(['One', 'Two', 'Three'])
    expect((await mira.call.scene.list({ worldId, actId: act.id })).items.map(({ name }) => name)).toEqual([
      'Three',
      'One',
    ])
  })

  test('lists are searched and filtered by what was then', async () => {
    const worldId = await newWorld()
    const lamp = await mira.call.thing.create({ worldId, name: 'Lamp', thingKind: 'light' })
    const asOf = await moment()
    await mira.call.thing.update({ id: lamp.id, version: 1, name: 'Bell' })
    const found = async (search: string, past = {}) =>
      (await mira.call.thing.list({ worldId, search, ...past })).items.map(({ name }) => name)
    expect(await found('lam', { asOf })).toEqual(['Lamp'])
    expect(await found('bell', { asOf })).toEqual([])
    expect(await found('bell')).toEqual(['Bell'])
    expect(await mira.call.thing.byId({ id: lamp.id, asOf })).toMatchObject({
      name: 'Lamp',
      version: 1,
    })
  })

  test('there is nothing before the log, and what needs the present is refused', async () => {
    const worldId = await newWorld()
    const lamp = await mira.call.thing.create({ worldId, name: 'Lamp' })
    const before = '2000-01-01T00:00:00Z'
    expect((await mira.call.thing.list({ worldId, asOf: before })).items).toEqual([])
    expect((await failure(mira.call.thing.byId({ id: lamp.id, asOf: before }))).reason).toMatchObject({
      kind: 'notFound',
    })
    expect((await failure(mira.call.thing.list({ worldId, asOf: before, sort: 'updatedAt' }))).reason).toMatchObject({
      kind: 'badInput',
    })
    const asOf = await moment()
    const bad = [
      () => mira.call.scene.list({ worldId, asOf, personaId: lamp.id }),
      () => mira.call.thing.list({ worldId, asOf: 'yesterday' }),
      () => mira.call.scene.list({ worldId, asOf, sort: 'position' }),
    ]
    for (const call of bad) expect((await failure(call())).reason).toMatchObject({ kind: 'badInput' })
    await sql`delete from changes where world_id = ${worldId} and position = 1`.execute(db)
    expect((await failure(mira.call.thing.list({ worldId, asOf: before }))).reason).toMatchObject({
      kind: 'badInput',
      fields: { asOf: [expect.stringContaining('begins later')] },
    })
  })

  test('only members read it', async () => {
    const worldId = await newWorld()
    await mira.call.world.update({ id: worldId, version: 1, visibility: 'public' })
    const lamp = await mira.call.thing.create({ worldId, name: 'Lamp' })
    const asOf = await moment()
    const theo = await person(db)
    const reads = [() => theo.call.thing.list({ worldId, asOf }), () => theo.call.thing.byId({ id: lamp.id, asOf })]
    for (const read of reads) {
      expect((await failure(read())).reason).toMatchObject({ kind: 'notFound' })
    }
    await shareWorld(db, worldId, theo.id, 'viewer')
    expect((await theo.call.thing.list({ worldId, asOf })).items).toHaveLength(1)
  })
})
