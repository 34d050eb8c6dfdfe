import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { failure, person, shareWorld, testDatabase } from './callers.ts'

const { db } = await testDatabase()
const mira = await person(db)
const theo = await person(db)

describe('world.create', () => {
  test('makes a private world of the caller, with what was left out filled in', async () => {
    const world = await mira.call.world.create({ name: 'Arda' })
    expect(world).toMatchObject({
      name: 'Arda',
      displayName: 'Arda',
      description: '',
      body: '',
      visibility: 'private',
      version: 1,
      ownerId: mira.id,
      role: 'owner',
    })
    expect(world.createdAt).toBeInstanceOf(Date)
    expect(await mira.call.world.byId({ id: world.id })).toEqual(world)
    expect(await mira.call.world.byName({ name: 'ARDA' })).toEqual(world)
  })

  test('names of every kind are kept as they are', async () => {
    for (const name of ['🌋🐉', 'عالم الظل', '中つ国', "Robert'); drop table worlds;--", 'x'.repeat(255)]) {
      const { id } = await mira.call.world.create({ name })
      expect((await mira.call.world.byId({ id })).name).toBe(name)
    }
  })

  test.each([
    ['', 'Give it a name'],
    ['   \t ', 'Give it a name'],
    ['\u200b', 'Give it a name'],
    ['x'.repeat(256), 'At most 255 characters'],
    ['nul \0 byte', 'Contains characters that cannot be stored'],
    ['half \ud83d pair', 'Contains characters that cannot be stored'],
  ])('the name %j is refused at its field', async (name, fault) => {
    expect(await failure(mira.call.world.create({ name }))).toMatchObject({
      code: 'BAD_REQUEST',
      reason: { kind: 'badInput', fields: { name: [fault] } },
    })
  })

  test('a name that differs by case, spaces or Unicode form alone is taken, and the field is named', async () => {
    await mira.call.world.create({ name: 'Amélie Land' })
    for (const name of ['AMÉLIE LAND', '  amélie   land ', 'Ame\u0301lie Land']) {
      expect(await failure(mira.call.world.create({ name }))).toMatchObject({
        code: 'CONFLICT',
        reason: { kind: 'taken', resource: 'world', field: 'name' },
      })
    }
    // Other people's worlds may have the same name.
    await theo.call.world.create({ name: 'Amélie Land' })
  })

  test('rule 30: fields that are the server’s are refused, not stored', async () => {
    const hostile = { name: 'Mine', ownerId: theo.id, version: 99, createdAt: '2000-01-01', role: 'owner' }
    const { reason } = await failure(mira.call.world.create(hostile))
    expect(reason).toMatchObject({
      kind: 'badInput',
      fields: { ownerId: [expect.any(String)], version: [expect.any(String)] },
    })
    expect(await failure(mira.call.world.byName({ name: 'Mine' }))).toMatchObject({ code: 'NOT_FOUND' })
  })

  test('of two at once with one name, one is made', async () => {
    const results = await Promise.allSettled([1, 2, 3, 4].map(() => mira.call.world.create({ name: 'Race' })))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })
})

describe('rule 29: a world that is not shared with you is one that does not exist', () => {
  test('the answers are the same to the letter, for everything one could try', async () => {
    const { id, version } = await mira.call.world.create({ name: 'Hidden' })
    const nowhere = randomUUID()
    const attempts = (target: string) => [
      theo.call.world.byId({ id: target }),
      theo.call.world.update({ id: target, version, name: 'Stolen' }),
      theo.call.world.delete({ id: target, version }),
      theo.call.world.restore({ id: target }),
    ]
    const hidden = await Promise.all(attempts(id).map(failure))
    const missing = await Promise.all(attempts(nowhere).map(failure))
    expect(hidden).toEqual(missing)
    expect(hidden.map(({ code }) => code)).toEqual(Array(4).fill('NOT_FOUND'))
    expect(await failure(theo.call.world.byName({ name: 'Hidden', ownerId: mira.id }))).toEqual(
      await failure(theo.call.world.byName({ name: 'Nothing', ownerId: mira.id })),
    )
    expect((await theo.call.world.list({})).items.map((world) => world.id)).not.toContain(id)
    expect((await mira.call.world.byId({ id })).name).toBe('Hidden')
  })

  test('unlisted and public worlds can be read by who knows where they are, and are in nobody’s list', async () => {
    for (const visibility of ['unlisted', 'public'] as const) {
      const { id, version } = await mira.call.world.create({ name: `Open ${visibility}`, visibility })
      expect(await theo.call.world.byId({ id })).toMatchObject({ id, role: null })
      expect((await theo.call.world.list({})).items.map((world) => world.id)).not.toContain(id)
      expect(await failure(theo.call.world.update({ id, version, name: 'Stolen' }))).toMatchObject({
        code: 'FORBIDDEN',
      })
    }
  })

  test('viewers read, editors also write, only the owner shares and deletes', async () => {
    const { id } = await mira.call.world.create({ name: 'Shared' })
    const viewer = await person(db)
    const editor = await person(db)
    await shareWorld(db, id, viewer.id, 'viewer')
    await shareWorld(db, id, editor.id, 'editor')
    expect((await viewer.call.world.list({})).items).toMatchObject([{ id, role: 'viewer' }])
    expect(await failure(viewer.call.world.update({ id, version: 1, name: 'No' }))).toMatchObject({
      code: 'FORBIDDEN',
      reason: { kind: 'roleTooLow', needed: 'editor' },
    })
    const edited = await editor.call.world.update({ id, version: 1, description: 'Edited' })
    expect(edited).toMatchObject({ version: 2, description: 'Edited', role: 'editor' })
    for (const attempt of [
      () => editor.call.world.update({ id, version: 2, visibility: 'public' }),
      () => editor.call.world.delete({ id, version: 2 }),
    ]) {
      expect(await failure(attempt())).toMatchObject({ reason: { kind: 'roleTooLow', needed: 'owner' } })
    }
  })
})

describe('world.update', () => {
  test('changes what is given and nothing else, and raises the version', async () => {
    const before = await mira.call.world.create({ name: 'Before', description: 'kept', body: '# kept' })
    const after = await mira.call.world.update({ id: before.id, version: before.version, name: 'After' })
    expect(after).toMatchObject({
      name: 'After',
      displayName: 'After',
      description: 'kept',
      body: '# kept',
      version: 2,
    })
    const named = await mira.call.world.update({ id: before.id, version: 2, displayName: 'The After' })
    expect(await mira.call.world.update({ id: before.id, version: 3, name: 'Later' })).toMatchObject({
      displayName: named.displayName,
    })
    expect(await mira.call.world.update({ id: before.id, version: 4, displayName: '' })).toMatchObject({
      displayName: 'Later',
    })
  })

  test('against an old version it is refused with the world as it is now', async () => {
    const { id } = await mira.call.world.create({ name: 'Contested' })
    await mira.call.world.update({ id, version: 1, description: 'first' })
    expect(await failure(mira.call.world.update({ id, version: 1, description: 'second' }))).toMatchObject({
      code: 'CONFLICT',
      reason: { kind: 'changed', resource: 'world', current: { id, version: 2, description: 'first' } },
    })
    expect((await mira.call.world.byId({ id })).description).toBe('first')
  })

  test('of many at once against one version, exactly one holds', async () => {
    const { id } = await mira.call.world.create({ name: 'Crowded' })
    const attempts = Array.from({ length: 8 }, (_, index) =>
      mira.call.world.update({ id, version: 1, description: `by ${index}` }),
    )
    const results = await Promise.allSettled(attempts)
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await mira.call.world.byId({ id })).version).toBe(2)
  })

  test('a name that is taken is refused at its field', async () => {
    await mira.call.world.create({ name: 'Occupied' })
    const { id } = await mira.call.world.create({ name: 'Wanting' })
    expect(await failure(mira.call.world.update({ id, version: 1, name: 'OCCUPIED' }))).toMatchObject({
      reason: { kind: 'taken', field: 'name' },
    })
  })
})

describe('world.delete and world.restore', () => {
  test('what is deleted is gone everywhere but in the trash, and comes back as it was', async () => {
    const world = await mira.call.world.create({ name: 'Atlantis', body: 'wet' })
    await mira.call.world.delete({ id: world.id, version: 1 })
    expect(await failure(mira.call.world.byId({ id: world.id }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await failure(mira.call.world.delete({ id: world.id, version: 2 }))).toMatchObject({ code: 'NOT_FOUND' })
    const trash = await mira.call.world.list({ state: 'trash' })
    expect(trash.items).toMatchObject([{ id: world.id, deletedAt: expect.any(Date) }])
    expect(await mira.call.world.restore({ id: world.id })).toMatchObject({
      name: 'Atlantis',
      body: 'wet',
      role: 'owner',
    })
    expect((await mira.call.world.list({ state: 'trash' })).items).toEqual([])
    expect(await failure(mira.call.world.restore({ id: world.id }))).toMatchObject({ code: 'NOT_FOUND' })
  })

  test('an old version is not deleted', async () => {
    const { id } = await mira.call.world.create({ name: 'Changed' })
    await mira.call.world.update({ id, version: 1, body: 'new' })
    expect(await failure(mira.call.world.delete({ id, version: 1 }))).toMatchObject({ reason: { kind: 'changed' } })
  })

  test('restoring into a name that was taken meanwhile names the conflict and loses nothing', async () => {
    const { id } = await mira.call.world.create({ name: 'Phoenix' })
    await mira.call.world.delete({ id, version: 1 })
    await mira.call.world.create({ name: 'phoenix' })
    expect(await failure(mira.call.world.restore({ id }))).toMatchObject({ reason: { kind: 'taken', field: 'name' } })
    expect((await mira.call.world.list({ state: 'trash' })).items.map((world) => world.id)).toContain(id)
  })
})

describe('world.list', async () => {
  const author = await person(db)
  const count = 57
  for (let index = 0; index < count; index++) {
    await author.call.world.create({
      name: `World ${String(index % 19)}-${index}`,
      displayName: `Nº ${index} 100%_sure`,
    })
  }
  // Many with the same timestamp, which only the id can order.
  await sql`update worlds set created_at = date_trunc('minute', created_at) where owner_id = ${author.id}`.execute(db)

  test.each([
    ['updatedAt', 'desc'],
    ['createdAt', 'asc'],
    ['createdAt', 'desc'],
    ['name', 'asc'],
    ['name', 'desc'],
  ] as const)('pages by %s %s hold every world once, in order', async (sort, order) => {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await author.call.world.list({ sort, order, limit: 10, ...(cursor && { cursor }) })
      expect(page.items.length).toBeLessThanOrEqual(10)
      seen.push(...page.items.map((world) => world.id))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    const all = await author.call.world.list({ sort, order, limit: 200 })
    expect(seen).toEqual(all.items.map((world) => world.id))
    expect(new Set(seen).size).toBe(count)
    expect(all.nextCursor).toBeNull()
    if (sort === 'name') {
      const names = all.items.map((world) => world.name.toLowerCase())
      expect(order === 'asc' ? names : names.reverse()).toEqual(names.toSorted())
    }
  })

  test('a search finds parts of names without regard to case, and takes no character for a wildcard', async () => {
    const search = async (text: string) => (await author.call.world.list({ search: text, limit: 200 })).items.length
    expect(await search('WORLD 3-')).toBe(3)
    expect(await search('100%_SURE')).toBe(count)
    expect(await search('100__sure')).toBe(0)
    expect(await search('%')).toBe(count)
    expect(await search('World%3')).toBe(0)
    expect(await search("'; drop table worlds; --")).toBe(0)
  })

  test('a cursor is good for its own list only', async () => {
    const { nextCursor } = await author.call.world.list({ limit: 5 })
    const cursor = nextCursor ?? ''
    const elsewhere = [
      { cursor, sort: 'name' },
      { cursor, order: 'asc' },
      { cursor, search: 'x' },
      { cursor, state: 'trash' },
      { cursor: 'not a cursor' },
      { cursor: Buffer.from('["worlds"]').toString('base64url') },
      { cursor: Buffer.from('{"a":').toString('base64url') },
    ] as const
    for (const input of elsewhere) {
      expect(await failure(author.call.world.list(input))).toMatchObject({
        code: 'BAD_REQUEST',
        reason: { kind: 'badCursor' },
      })
    }
  })

  test.each(['yesterday', '-1', '999999999999999', '1e9', ''])(
    'a forged cursor that ends at %j is refused, not a fault of ours',
    async (sortKey) => {
      const forged = ['worlds:active:updatedAt:desc:', sortKey, randomUUID()]
      const cursor = Buffer.from(JSON.stringify(forged)).toString('base64url')
      expect(await failure(author.call.world.list({ cursor }))).toMatchObject({
        code: 'BAD_REQUEST',
        reason: { kind: 'badCursor' },
      })
    },
  )

  test.each([
    { limit: 0 },
    { limit: 201 },
    { limit: 1_000_000 },
    { limit: 1.5 },
    { sort: 'password' },
    { order: 'sideways' },
    { filter: 1 },
  ])('rule 33: %j is refused at its field', async (input) => {
    const field = Object.keys(input)[0] ?? ''
    // The types forbid it, but programs without types can send it.
    const { reason } = await failure(author.call.world.list(input as { limit: number }))
    expect(reason).toMatchObject({ kind: 'badInput', fields: { [field]: [expect.any(String)] } })
  })
})
