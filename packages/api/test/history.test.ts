import { ChangeListener, operator } from '@worldloom/auth'
import { inTransaction } from '@worldloom/db'
import {
  type Change,
  dropOldChangePartitions,
  ensureChangePartitions,
  LiveWorlds,
  recordChanges,
} from '@worldloom/worlds'
import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { failure, type Person, person, shareWorld, testDatabase } from './callers.ts'

const { db } = await testDatabase()
const mira = await person(db)

let count = 0
async function newWorld(owner: Person = mira) {
  count++
  return await owner.call.world.create({ name: `World ${count}` })
}

/** A world's log, earliest first. */
async function logOf(worldId: string) {
  return await db.selectFrom('changes').selectAll().where('worldId', '=', worldId).orderBy('position').execute()
}

/** What the log says was done, without the world's own creation. */
async function doneIn(worldId: string) {
  const log = await logOf(worldId)
  return log
    .slice(1)
    .map(({ action, subjectKind, version, previous }) => [`${action} ${subjectKind}`, version, previous] as const)
}

describe('the log has one row for each change', () => {
  test('to an entry, with the values that it replaced', async () => {
    const world = await newWorld()
    const wren = await mira.call.persona.create({ worldId: world.id, name: 'Wren', pronouns: 'she' })
    await mira.call.persona.update({ id: wren.id, version: 1, name: 'Wren', pronouns: 'they', body: 'Keeper.' })
    await mira.call.persona.update({ id: wren.id, version: 2, name: 'Halloran' })
    expect(await doneIn(world.id)).toEqual([
      ['create persona', 1, {}],
      ['update persona', 2, { body: '', pronouns: 'she' }],
      ['update persona', 3, { name: 'Wren', displayName: 'Wren' }],
    ])
    const [created] = await logOf(world.id)
    expect(created).toMatchObject({
      ...{ position: '1', action: 'create', subjectKind: 'world', subjectId: world.id, subjectName: world.name },
      ...{ actorKind: 'session', actorId: mira.id, actorName: 'Somebody', viaChat: false, requestId: 'test' },
    })
  })

  test('to where it is and what it is linked with', async () => {
    const world = await newWorld()
    const worldId = world.id
    const story = await mira.call.story.create({ worldId, name: 'Story' })
    const [one, two] = [
      await mira.call.act.create({ worldId, storyId: story.id, name: 'One' }),
      await mira.call.act.create({ worldId, storyId: story.id, name: 'Two' }),
    ]
    const scene = await mira.call.scene.create({ worldId, actId: one.id, name: 'Scene' })
    const wren = await mira.call.persona.create({ worldId, name: 'Wren' })
    const book = await mira.call.book.create({ worldId, name: 'Book' })
    const before = (await logOf(worldId)).length
    const moved = await mira.call.scene.move({ id: scene.id, actId: two.id })
    await mira.call.scene.setCast({ id: scene.id, version: moved.version, personaIds: [wren.id] })
    await mira.call.scene.setCast({ id: scene.id, version: moved.version + 1, personaIds: [] })
    await mira.call.book.addStory({ id: book.id, storyId: story.id })
    await mira.call.book.removeStory({ id: book.id, storyId: story.id })
    expect((await doneIn(worldId)).slice(before - 1)).toEqual([
      ['move scene', 2, { actId: one.id }],
      ['link scene', 3, { personaIds: [] }],
      ['unlink scene', 4, { personaIds: [wren.id] }],
      ['link book', 2, { storyIds: [] }],
      ['unlink book', 3, { storyIds: [story.id] }],
    ])
  })

  test('into the trash and back, for everything that goes along', async () => {
    const world = await newWorld()
    const story = await mira.call.story.create({ worldId: world.id, name: 'Story' })
    await mira.call.act.create({ worldId: world.id, storyId: story.id, name: 'Act' })
    await mira.call.story.delete({ id: story.id, version: 1 })
    await mira.call.story.restore({ id: story.id })
    const done = (await doneIn(world.id)).slice(2).map(([what, version]) => [what, version])
    expect(done.slice(0, 2)).toEqual([
      ['delete story', 2],
      ['delete act', 2],
    ])
    expect(done.slice(2).sort()).toEqual([
      ['restore act', 3],
      ['restore story', 3],
    ])
  })

  test('to the world and its members', async () => {
    const world = await newWorld()
    const theo = await person(db)
    const { link } = await mira.call.invitation.create({ worldId: world.id, role: 'viewer' })
    await theo.call.invitation.accept({ token: new URL(link).searchParams.get('token') ?? '' })
    await mira.call.member.update({ worldId: world.id, userId: theo.id, role: 'editor' })
    await mira.call.world.update({ id: world.id, version: 1, description: 'Far away' })
    await mira.call.world.transfer({ id: world.id, userId: theo.id })
    await theo.call.member.remove({ worldId: world.id, userId: mira.id })
    await theo.call.world.delete({ id: world.id, version: 3 })
    expect(await doneIn(world.id)).toEqual([
      ['create member', null, {}],
      ['update member', null, { role: 'viewer' }],
      ['update world', 2, { description: '' }],
      ['update world', 3, { ownerId: mira.id }],
      ['update member', null, { role: 'editor' }],
      ['update member', null, { role: 'owner' }],
      ['delete member', null, { role: 'editor' }],
      ['delete world', 4, {}],
    ])
  })

  test('and none for one that was refused', async () => {
    const world = await newWorld()
    const wren = await mira.call.persona.create({ worldId: world.id, name: 'Wren' })
    await failure(mira.call.persona.create({ worldId: world.id, name: 'wren' }))
    await failure(mira.call.persona.update({ id: wren.id, version: 7, name: 'Other' }))
    expect(await doneIn(world.id)).toHaveLength(1)
  })
})

test('positions have no gaps, and who has read one has read all before it, whatever commits when', async () => {
  const step = fc.record({
    before: fc.nat(15),
    after: fc.nat(15),
    rows: fc.integer({ min: 1, max: 3 }),
    fails: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 4 }),
      async (writers) => {
        const { id: worldId } = await newWorld()
        const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
        const change = { action: 'update', subject: { kind: 'world', id: worldId, name: '' }, version: 1 } as const
        let written = 1
        let isWriting = true
        const read = async () => {
          const seen: number[] = []
          const look = async () => {
            const rows = await db
              .selectFrom('changes')
              .select('position')
              .where('worldId', '=', worldId)
              .where('position', '>', String(seen.at(-1) ?? 0))
              .orderBy('position')
              .execute()
            seen.push(...rows.map(({ position }) => Number(position)))
          }
          while (isWriting) await look()
          await look()
          return seen
        }
        const readers = [read(), read()]
        await Promise.all(
          writers.map(async (steps) => {
            for (const { before, after, rows, fails } of steps) {
              const outcome = db.transaction().execute(async (trx) => {
                await pause(before)
                await recordChanges(
                  trx,
                  operator,
                  worldId,
                  Array.from({ length: rows }, () => change),
                )
                await pause(after)
                if (fails) throw new Error('rolled back')
              })
              await outcome.then(
                () => {
                  written += rows
                },
                () => undefined,
              )
            }
          }),
        )
        isWriting = false
        const all = Array.from({ length: written }, (_, index) => index + 1)
        for (const seen of await Promise.all(readers)) expect(seen).toEqual(all)
      },
    ),
    { numRuns: 15 },
  )
})

test('every version can be rebuilt', async () => {
  const field = fc.constantFrom('name', 'description', 'body', 'epithet', 'motivations')
  const edit = fc.dictionary(field, fc.stringMatching(/^[a-z]{1,12}$/), { minKeys: 1, maxKeys: 3 })
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 8 }), async (edits) => {
      const world = await newWorld()
      const { id } = await mira.call.persona.create({ worldId: world.id, name: 'First' })
      const versions = [await mira.call.history.version({ id, at: 1 })]
      for (const [index, values] of edits.entries()) {
        await mira.call.persona.update({ id, version: index + 1, ...values })
        versions.push(await mira.call.history.version({ id, at: index + 2 }))
      }
      for (const { version, fields } of versions) {
        expect((await mira.call.history.version({ id, at: version })).fields).toEqual(fields)
      }
      expect(versions.at(-1)?.isCurrent).toBe(true)
    }),
    { numRuns: 15 },
  )
})

describe('history', () => {
  test('is listed latest first, a page at a time, and filtered', async () => {
    const world = await newWorld()
    const theo = await person(db)
    await shareWorld(db, world.id, theo.id, 'editor')
    const wren = await mira.call.persona.create({ worldId: world.id, name: 'Wren' })
    for (let version = 1; version < 6; version++) {
      await theo.call.persona.update({ id: wren.id, version, description: `Draft ${version}` })
    }
    const pages = []
    for (let cursor: string | undefined; ; ) {
      const page = await mira.call.history.list({ worldId: world.id, limit: 3, ...(cursor && { cursor }) })
      pages.push(page.items.map(({ position }) => position))
      if (!page.nextCursor) break
      cursor = page.nextCursor
    }
    expect(pages).toEqual([[7, 6, 5], [4, 3, 2], [1]])
    const ofMira = await mira.call.history.list({ worldId: world.id, userId: mira.id })
    expect(ofMira.items.map(({ action, kind }) => `${action} ${kind}`)).toEqual(['create persona', 'create world'])
    const ofWren = await mira.call.history.list({ worldId: world.id, subjectId: wren.id, limit: 1 })
    expect(ofWren.items).toMatchObject([{ version: 6, fields: ['description'], userId: theo.id, subjectName: 'Wren' }])
    expect((await mira.call.history.list({ worldId: world.id, kind: 'world' })).items).toHaveLength(1)
    expect((await mira.call.history.list({ worldId: world.id, to: '2020-01-01T00:00:00Z' })).items).toEqual([])
  })

  test('is for members only, also of a public world', async () => {
    const world = await newWorld()
    await mira.call.world.update({ id: world.id, version: 1, visibility: 'public' })
    const wren = await mira.call.persona.create({ worldId: world.id, name: 'Wren' })
    const theo = await person(db)
    expect((await theo.call.persona.byId({ id: wren.id })).name).toBe('Wren')
    const calls = [
      () => theo.call.history.list({ worldId: world.id }),
      () => theo.call.history.version({ id: wren.id, at: 1 }),
      () => theo.call.history.diff({ id: wren.id, from: 1 }),
      () => theo.call.history.restore({ id: wren.id, to: 1, version: 1 }),
    ]
    for (const call of calls) expect(await failure(call())).toMatchObject({ code: 'NOT_FOUND' })
    await shareWorld(db, world.id, theo.id, 'viewer')
    expect((await theo.call.history.list({ worldId: world.id })).items).toHaveLength(3)
  })

  test('has no versions that there never were', async () => {
    const world = await newWorld()
    const wren = await mira.call.persona.create({ worldId: world.id, name: 'Wren' })
    for (const version of [2, 1000]) {
      expect(await failure(mira.call.history.version({ id: wren.id, at: version }))).toMatchObject({
        code: 'NOT_FOUND',
      })
    }
  })

  test('compares two versions, texts by words', async () => {
    const world = await newWorld()
    const wren = await mira.call.persona.create({ worldId: world.id, name: 'Wren', body: 'The sea was calm.' })
    await mira.call.persona.update({ id: wren.id, version: 1, body: 'The sea was rough.' })
    expect(await mira.call.history.diff({ id: wren.id, from: 1 })).toEqual({
      ...{ id: wren.id, kind: 'persona', from: 1, to: 2 },
      fields: [
        {
          field: 'body',
          parts: [
            { change: 'same', text: 'The sea was ' },
            { change: 'removed', text: 'calm' },
            { change: 'added', text: 'rough' },
            { change: 'same', text: '.' },
          ],
        },
      ],
    })
  })

  test('compares links before and after', async () => {
    const world = await newWorld()
    const worldId = world.id
    const story = await mira.call.story.create({ worldId, name: 'Story' })
    const act = await mira.call.act.create({ worldId, storyId: story.id, name: 'Act' })
    const scene = await mira.call.scene.create({ worldId, actId: act.id, name: 'Scene' })
    const wren = await mira.call.persona.create({ worldId, name: 'Wren' })
    await mira.call.scene.setCast({ id: scene.id, version: 1, personaIds: [wren.id] })
    const { fields } = await mira.call.history.diff({ id: scene.id, from: 1, to: 2 })
    expect(fields).toEqual([{ field: 'personaIds', before: [], after: [wren.id] }])
  })

  test('has links to what is in the trash, in the same order each time', async () => {
    const world = await newWorld()
    const worldId = world.id
    const story = await mira.call.story.create({ worldId, name: 'Story' })
    const act = await mira.call.act.create({ worldId, storyId: story.id, name: 'Act' })
    const scene = await mira.call.scene.create({ worldId, actId: act.id, name: 'Scene' })
    const wren = await mira.call.persona.create({ worldId, name: 'Wren' })
    const theo = await mira.call.persona.create({ worldId, name: 'Theo' })
    await mira.call.scene.setCast({ id: scene.id, version: 1, personaIds: [theo.id, wren.id] })
    await mira.call.persona.delete({ id: wren.id, version: 1 })
    const before = await mira.call.history.version({ id: scene.id, at: 2 })
    await mira.call.scene.setCast({ id: scene.id, version: 2, personaIds: [] })
    const after = await mira.call.history.version({ id: scene.id, at: 2 })
    expect(after.fields).toEqual(before.fields)
    expect(after.fields.personaIds).toEqual([wren.id, theo.id].sort())
  })

  test('compares long texts that have nothing in common', async () => {
    const world = await newWorld()
    const words = (seed: string) => Array.from({ length: 25_000 }, (_, index) => `${seed}${index}`).join(' ')
    const wren = await mira.call.persona.create({ worldId: world.id, name: 'Wren', body: words('a') })
    await mira.call.persona.update({ id: wren.id, version: 1, body: words('b') })
    const { fields } = await mira.call.history.diff({ id: wren.id, from: 1 })
    const [body] = fields
    const parts = body && 'parts' in body ? body.parts : []
    const textOf = (change: string) =>
      parts.filter((part) => part.change === change || part.change === 'same').map(({ text }) => text)
    expect(textOf('removed').join('')).toBe(words('a'))
    expect(textOf('added').join('')).toBe(words('b'))
  })
})

describe('restoring a version', () => {
  test('makes a new one with the fields of the old', async () => {
    const world = await newWorld()
    const wren = await mira.call.persona.create({ worldId: world.id, name: 'Wren', pronouns: 'she', body: 'First.' })
    await mira.call.persona.update({ id: wren.id, version: 1, name: 'Halloran', pronouns: '', body: 'Second.' })
    const restored = await mira.call.history.restore({ id: wren.id, to: 1, version: 2 })
    expect(restored).toMatchObject({
      version: 3,
      isCurrent: true,
      fields: { name: 'Wren', pronouns: 'she', body: 'First.' },
    })
    expect(await mira.call.persona.byId({ id: wren.id })).toMatchObject({ version: 3, displayName: 'Wren' })
    expect((await doneIn(world.id)).at(-1)).toEqual([
      'update persona',
      3,
      { name: 'Halloran', displayName: 'Halloran', pronouns: '', body: 'Second.' },
    ])
  })

  test('is refused, and says why, where the name is taken, something is gone, or the version is old', async () => {
    const world = await newWorld()
    const worldId = world.id
    const wren = await mira.call.persona.create({ worldId, name: 'Wren' })
    const bell = await mira.call.thing.create({ worldId, name: 'Bell', ownerPersonaId: wren.id })
    await mira.call.thing.update({ id: bell.id, version: 1, name: 'Gong', ownerPersonaId: null })
    expect(await failure(mira.call.history.restore({ id: bell.id, to: 1, version: 1 }))).toMatchObject({
      reason: { kind: 'changed' },
    })
    const other = await mira.call.thing.create({ worldId, name: 'Bell' })
    expect(await failure(mira.call.history.restore({ id: bell.id, to: 1, version: 2 }))).toMatchObject({
      reason: { kind: 'taken' },
    })
    await mira.call.thing.delete({ id: other.id, version: 1 })
    await mira.call.persona.delete({ id: wren.id, version: 1 })
    expect(await failure(mira.call.history.restore({ id: bell.id, to: 1, version: 2 }))).toMatchObject({
      reason: { kind: 'badInput', fields: { ownerPersonaId: expect.anything() } },
    })
    expect(await failure(mira.call.history.restore({ id: bell.id, to: 2, version: 2 }))).toMatchObject({
      reason: { kind: 'conflict' },
    })
    const theo = await person(db)
    await shareWorld(db, worldId, theo.id, 'viewer')
    expect(await failure(theo.call.history.restore({ id: bell.id, to: 1, version: 2 }))).toMatchObject({
      reason: { kind: 'roleTooLow' },
    })
  })
})

test('the log is partitioned by month, and what came before its partition was there is moved into it', async () => {
  const world = await newWorld()
  await sql`update changes set changed_at = '2031-03-15T12:00:00Z' where world_id = ${world.id}`.execute(db)
  const partitionOf = async () =>
    (
      await sql<{
        name: string
      }>`select tableoid::regclass::text as name from changes where world_id = ${world.id}`.execute(db)
    ).rows
  expect(await partitionOf()).toEqual([{ name: 'changes_default' }])
  for (let again = 0; again < 2; again++) await sql`select ensure_changes_partition('2031-03-01')`.execute(db)
  expect(await partitionOf()).toEqual([{ name: 'changes_2031_03' }])
  await ensureChangePartitions(db)
  await mira.call.world.update({ id: world.id, version: 1, description: 'Now' })
  expect((await mira.call.history.list({ worldId: world.id })).items).toHaveLength(2)
})

test('months that are over for longer than the log is kept are dropped, and no others', async () => {
  const world = await newWorld()
  await sql`select ensure_changes_partition('2020-03-01')`.execute(db)
  await sql`update changes set changed_at = '2020-03-31T23:59:59Z' where world_id = ${world.id}`.execute(db)
  await mira.call.world.update({ id: world.id, version: 1, description: 'Now' })
  const age = (Date.now() - Date.UTC(2020, 3, 1)) / 1000
  expect(await dropOldChangePartitions(db, age + 60)).toEqual([])
  expect(await dropOldChangePartitions(db, age - 60)).toEqual(['changes_2020_03'])
  expect((await mira.call.history.list({ worldId: world.id })).items).toMatchObject([{ position: 2 }])
})

describe('a change on an older version', () => {
  test('is merged with what others changed since, if that is something else', async () => {
    const { id: worldId } = await newWorld()
    const wren = await mira.call.persona.create({ worldId, name: 'Wren', pronouns: 'she' })
    await mira.call.persona.update({ id: wren.id, version: 1, body: 'Keeper.' })
    const merged = await mira.call.persona.update({ id: wren.id, version: 1, pronouns: 'they' })
    expect(merged).toMatchObject({ version: 3, body: 'Keeper.', pronouns: 'they', name: 'Wren' })
    // Whoever sends all fields back has changed only those that differ.
    await mira.call.persona.update({ id: wren.id, version: 3, name: 'Halloran' })
    const whole = await mira.call.persona.update({ ...pick(merged), version: 3, description: 'Sleepless' })
    expect(whole).toMatchObject({ version: 5, name: 'Halloran', description: 'Sleepless', body: 'Keeper.' })
    const same = await mira.call.persona.update({ id: wren.id, version: 4, description: 'Sleepless' })
    expect(same).toMatchObject({ version: 6, description: 'Sleepless' })
    const version = await mira.call.history.version({ id: wren.id, at: 4 })
    expect(version.fields).toMatchObject({ name: 'Halloran', description: '' })
  })

  test('is refused if both changed the same, if it is not to be merged, or if the log does not say', async () => {
    const { id: worldId } = await newWorld()
    const wren = await mira.call.persona.create({ worldId, name: 'Wren' })
    await mira.call.persona.update({ id: wren.id, version: 1, body: 'Keeper.' })
    const refused = { reason: { kind: 'changed', current: expect.objectContaining({ version: 2, body: 'Keeper.' }) } }
    expect(await failure(mira.call.persona.update({ id: wren.id, version: 1, body: 'Other.' }))).toMatchObject(refused)
    const strict = mira.call.persona.update({ id: wren.id, version: 1, name: 'Halloran', merge: false })
    expect(await failure(strict)).toMatchObject(refused)
    expect(await failure(mira.call.persona.update({ id: wren.id, version: 9, name: 'Halloran' }))).toMatchObject(
      refused,
    )
    await sql`delete from changes where subject_id = ${wren.id}`.execute(db)
    expect(await failure(mira.call.persona.update({ id: wren.id, version: 1, name: 'Halloran' }))).toMatchObject(
      refused,
    )
  })

  test('merges links and the world itself as well', async () => {
    const world = await newWorld()
    const worldId = world.id
    const story = await mira.call.story.create({ worldId, name: 'Story' })
    const act = await mira.call.act.create({ worldId, storyId: story.id, name: 'Act' })
    const scene = await mira.call.scene.create({ worldId, actId: act.id, name: 'Scene' })
    const [wren, lamp] = [
      await mira.call.persona.create({ worldId, name: 'Wren' }),
      await mira.call.thing.create({ worldId, name: 'Lamp' }),
    ]
    await mira.call.scene.setCast({ id: scene.id, version: 1, personaIds: [wren.id] })
    await mira.call.scene.setThings({ id: scene.id, version: 1, thingIds: [lamp.id] })
    await mira.call.scene.update({ id: scene.id, version: 1, body: 'The bell.' })
    expect(await failure(mira.call.scene.setCast({ id: scene.id, version: 1, personaIds: [] }))).toMatchObject({
      reason: { kind: 'changed' },
    })
    await mira.call.world.update({ id: worldId, version: 1, description: 'Drowned' })
    expect(await mira.call.world.update({ id: worldId, version: 1, body: 'Water.' })).toMatchObject({
      version: 3,
      description: 'Drowned',
    })
    expect(await failure(mira.call.world.update({ id: worldId, version: 1, description: 'Dry' }))).toMatchObject({
      reason: { kind: 'changed' },
    })
  })
})

/** What a form would send back. */
function pick({ id, name, description, body, pronouns }: Awaited<ReturnType<Person['call']['persona']['byId']>>) {
  return { id, name, description, body, pronouns }
}

test('a change whose row of the log cannot be written is not made', async () => {
  const world = await newWorld()
  const failing = inTransaction(db, async (trx) => {
    await trx.updateTable('worlds').set({ description: 'Lost' }).where('id', '=', world.id).execute()
    const change = { action: 'dance', subject: { kind: 'world', id: world.id, name: 'World' }, version: 2 }
    await recordChanges(trx, operator, world.id, [change as unknown as Change]) // of no such action
    return 'made'
  })
  await expect(failing).rejects.toThrow(/change_action/)
  expect(await mira.call.world.byId({ id: world.id })).toMatchObject({ description: '', version: 1 })
  expect(await logOf(world.id)).toHaveLength(1)
})

test('one person has only so many streams in a process, and can open another once one is closed', async () => {
  const world = await newWorld()
  const live = new LiveWorlds({
    db,
    listener: new ChangeListener({ databaseUrl: '', db }),
    onError: () => undefined,
    maxStreams: 2,
  })
  const open = async (who: Person) => {
    const { principal } = who
    const stream = live.follow({ principal, recheck: async () => principal, worldIds: [world.id] })
    await stream.next()
    return stream
  }
  const streams = [await open(mira), await open(mira)]
  await expect(open(mira)).rejects.toMatchObject({ reason: { kind: 'rateLimited' } })
  const theo = await person(db)
  await shareWorld(db, world.id, theo.id, 'viewer')
  await open(theo)
  await streams[0]?.return(undefined)
  await open(mira)
  expect(live.readers).toBe(3)
  live.close()
})
