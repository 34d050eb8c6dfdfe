import type { ApiKeyPrincipal } from '@worldloom/auth'
import { permissionNames } from '@worldloom/schema'
import { describe, expect, test } from 'vitest'
import { type Caller, caller, failure, person, shareWorld, testDatabase } from './callers.ts'

const { db } = await testDatabase()
const mira = await person(db)
const theo = await person(db)
const rosa = await person(db)

let count = 0
/** A world that Mira shares with Theo, who may write in it, and Rosa, who may not. */
async function newWorld() {
  count++
  const { id: worldId } = await mira.call.world.create({ name: `World ${count}` })
  await shareWorld(db, worldId, theo.id, 'editor')
  await shareWorld(db, worldId, rosa.id, 'viewer')
  const wren = await mira.call.persona.create({ worldId, name: 'Wren', body: 'She keeps the light.' })
  return { worldId, wren }
}

/** A program of Mira's that may propose, and nothing else that writes. */
async function program(permissions: readonly string[] = ['world:read', 'entity:read', 'entity:propose']) {
  count++
  const { id } = await db
    .insertInto('apiKeys')
    .values({ userId: mira.id, name: `Helper ${count}`, prefix: `p${count}`, keyHash: Buffer.from(`h${count}`) })
    .returning('id')
    .executeTakeFirstOrThrow()
  const principal: ApiKeyPrincipal = {
    ...{
      kind: 'apiKey',
      apiKeyId: id,
      user: mira.principal.user,
      roles: [],
      ownerPermissions: mira.principal.permissions,
    },
    permissions: new Set(permissions),
  }
  return caller(db, principal)
}

/** What a change set would change, and what confirms it. */
async function look(call: Caller, id: string) {
  const { etag, changes, changeSet } = await call.changeSet.byId({ id })
  return { changes, changeSet, confirm: (by = call) => by.changeSet.confirm({ id, etag }) }
}

describe('a change set', () => {
  test('over several entries is proposed by a program, seen, confirmed by a person, and undone as one', async () => {
    const { worldId, wren } = await newWorld()
    const lamp = await mira.call.thing.create({ worldId, name: 'Lamp' })
    const { items: kinds } = await mira.call.linkKind.list({ worldId })
    const friends = kinds.find(({ name }) => name === 'friend of') ?? expect.fail('no kind of link')
    const helper = await program()
    const proposed = await helper.changeSet.create({
      worldId,
      title: 'A keeper for the harbour',
      changes: [
        { action: 'create', kind: 'story', as: '$tale', fields: { name: 'The tale' } },
        { action: 'create', kind: 'act', as: '$act', fields: { name: 'One', storyId: '$tale' } },
        { action: 'create', kind: 'persona', as: '$odo', fields: { name: 'Odo', pronouns: 'he' } },
        { action: 'update', id: wren.id, version: 1, fields: { body: 'She keeps the great light.' } },
        { action: 'link', linkKindId: friends.id, fromId: '$odo', toId: wren.id, note: 'Since school' },
        { action: 'delete', id: lamp.id, version: 1 },
      ],
    })
    expect(proposed).toMatchObject({
      status: 'pending',
      count: 6,
      apiKeyName: expect.stringMatching(/^Helper/),
      proposedById: mira.id,
    })
    expect(proposed.url).toBe(`http://localhost/worlds/${worldId}/proposals/${proposed.id}`)
    // Nothing is written.
    expect(await mira.call.persona.byId({ id: wren.id })).toMatchObject({ version: 1 })
    expect((await mira.call.persona.list({ worldId })).items).toHaveLength(1)
    expect(await theo.call.changeSet.count({ worldId })).toEqual({ pending: 1 })

    const { changes, confirm } = await look(theo.call, proposed.id)
    expect(changes).toMatchObject([
      { action: 'create', kind: 'story', displayName: 'The tale', as: '$tale' },
      {
        action: 'create',
        kind: 'act',
        fields: expect.arrayContaining([{ field: 'storyId', before: null, after: '$tale' }]),
      },
      { action: 'create', kind: 'persona', displayName: 'Odo' },
      {
        ...{ action: 'update', kind: 'persona', id: wren.id, displayName: 'Wren', isOutdated: false },
        fields: [{ field: 'body', parts: expect.arrayContaining([{ change: 'added', text: 'great ' }]) }],
      },
      {
        ...{ action: 'link', displayName: 'friend of' },
        link: { from: { id: null, displayName: 'Odo' }, to: { id: wren.id }, note: 'Since school' },
      },
      { action: 'delete', kind: 'thing', displayName: 'Lamp', along: 0 },
    ])
    const asTheo = caller(db, theo.principal, undefined, 'confirming')
    expect(await confirm(asTheo)).toMatchObject({ status: 'confirmed', decidedById: theo.id, requestId: 'confirming' })

    expect(await mira.call.persona.byId({ id: wren.id })).toMatchObject({ body: 'She keeps the great light.' })
    const { items: personas } = await mira.call.persona.list({ worldId })
    const odo = personas.find(({ name }) => name === 'Odo') ?? expect.fail('not created')
    expect((await mira.call.link.list({ id: odo.id })).items).toMatchObject([{ other: { id: wren.id } }])
    expect((await mira.call.act.list({ worldId })).items).toMatchObject([{ name: 'One' }])
    expect((await failure(mira.call.thing.byId({ id: lamp.id }))).reason).toMatchObject({ kind: 'notFound' })
    // What it was stays to be seen, however the entries change.
    expect((await look(mira.call, proposed.id)).changes).toEqual(changes)
    expect((await failure(confirm())).message).toContain('already confirmed')

    await theo.call.history.undo({ worldId, requestId: 'confirming' })
    expect(await mira.call.persona.byId({ id: wren.id })).toMatchObject({ body: 'She keeps the light.' })
    expect((await mira.call.persona.list({ worldId })).items).toHaveLength(1)
    expect((await mira.call.story.list({ worldId })).items).toEqual([])
    expect(await mira.call.thing.byId({ id: lamp.id })).toMatchObject({ name: 'Lamp' })
  })

  test('what has changed since it was looked at is looked at again before it is confirmed', async () => {
    const { worldId, wren } = await newWorld()
    const { id } = await (await program()).changeSet.create({
      worldId,
      title: 'A title',
      changes: [{ action: 'update', id: wren.id, version: 1, fields: { description: 'Keeper' } }],
    })
    const seen = await look(mira.call, id)
    await theo.call.persona.update({ id: wren.id, version: 1, description: 'A woman of fifty' })
    expect(await failure(seen.confirm())).toMatchObject({
      reason: { kind: 'conflict' },
      message: expect.stringContaining('Look at it again'),
    })
    const again = await look(mira.call, id)
    expect(again.changes).toMatchObject([{ isOutdated: true, isGone: false }])
    expect(JSON.stringify(again.changes)).toContain('fifty')
    await again.confirm()
    expect(await mira.call.persona.byId({ id: wren.id })).toMatchObject({ description: 'Keeper' })
  })

  test('what is gone by now cannot be confirmed, and nothing of it is written', async () => {
    const { worldId, wren } = await newWorld()
    const { id } = await (await program()).changeSet.create({
      worldId,
      title: 'Two changes',
      changes: [
        { action: 'create', kind: 'thing', fields: { name: 'Rope' } },
        { action: 'update', id: wren.id, version: 1, fields: { description: 'Keeper' } },
      ],
    })
    await mira.call.persona.delete({ id: wren.id, version: 1 })
    const { changes, confirm } = await look(mira.call, id)
    expect(changes).toMatchObject([{ isGone: false }, { isGone: true }])
    expect(await failure(confirm())).toMatchObject({
      reason: { kind: 'badInput', fields: { 'changes.1.id': ['There is no such entry in this world'] } },
    })
    expect((await mira.call.thing.list({ worldId })).items).toEqual([])
    expect(await mira.call.changeSet.count({ worldId })).toEqual({ pending: 1 })
    expect(await mira.call.changeSet.dismiss({ id })).toMatchObject({ status: 'dismissed', requestId: null })
    expect((await failure(confirm())).message).toContain('already dismissed')
    expect((await mira.call.changeSet.list({ worldId, status: 'dismissed' })).items).toHaveLength(1)
    expect((await mira.call.changeSet.list({ worldId, status: 'pending' })).items).toEqual([])
  })

  test('two people who decide at once do not both', async () => {
    const { worldId } = await newWorld()
    const { id } = await (await program()).changeSet.create({
      worldId,
      title: 'Once',
      changes: [{ action: 'create', kind: 'thing', fields: { name: 'Rope' } }],
    })
    const seen = await look(mira.call, id)
    const outcomes = await Promise.allSettled([
      seen.confirm(),
      seen.confirm(theo.call),
      mira.call.changeSet.dismiss({ id }),
      seen.confirm(),
    ])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('is listed a page at a time, the latest first', async () => {
    const { worldId } = await newWorld()
    const helper = await program()
    const ids: string[] = []
    for (const name of ['One', 'Two', 'Three']) {
      const changes = [{ action: 'create' as const, kind: 'thing' as const, fields: { name } }]
      ids.unshift((await helper.changeSet.create({ worldId, title: name, changes })).id)
    }
    const first = await mira.call.changeSet.list({ worldId, limit: 2 })
    const second = await mira.call.changeSet.list({ worldId, limit: 2, cursor: first.nextCursor ?? '' })
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids)
    expect(second.nextCursor).toBeNull()
    // Rule 43: the cursor of one list is none of another.
    const other = await newWorld()
    const cursor = first.nextCursor ?? ''
    expect((await failure(mira.call.changeSet.list({ worldId: other.worldId, cursor }))).reason).toMatchObject({
      kind: 'badCursor',
    })
  })
})

describe('is refused', () => {
  test('what could not be done, naming the change and its field', async () => {
    const { worldId, wren } = await newWorld()
    const elsewhere = await newWorld()
    const helper = await program()
    const propose = (...changes: unknown[]) =>
      failure(helper.changeSet.create({ worldId, title: 'Faulty', changes: changes as never }))
    const fine = { action: 'create', kind: 'thing', fields: { name: 'Rope' } }
    for (const [change, field] of [
      [{ action: 'create', kind: 'thing', fields: {} }, 'changes.1.fields.name'],
      [{ action: 'create', kind: 'thing', fields: { name: 'X', ownerId: mira.id } }, 'changes.1.fields.ownerId'],
      [{ action: 'create', kind: 'scene', fields: { name: 'X', actId: '$nothing' } }, 'changes.1.fields.actId'],
      [
        { action: 'create', kind: 'persona', fields: { name: 'X', bornOn: 'the day after' } },
        'changes.1.fields.bornOn',
      ],
      [{ action: 'update', id: wren.id, version: 1, fields: {} }, 'changes.1.fields'],
      [{ action: 'update', id: wren.id, version: 1, fields: { wings: 2 } }, 'changes.1.fields.wings'],
      [{ action: 'update', id: elsewhere.wren.id, version: 1, fields: { body: 'x' } }, 'changes.1.id'],
      [{ action: 'delete', id: elsewhere.wren.id, version: 1 }, 'changes.1.id'],
      [{ action: 'link', linkKindId: wren.id, fromId: wren.id, toId: wren.id }, 'changes.1.linkKindId'],
    ] as const) {
      const { reason } = await propose(fine, change)
      expect(reason, field).toMatchObject({ kind: 'badInput', fields: { [field]: [expect.any(String)] } })
    }
    expect((await propose({ action: 'update', id: wren.id, version: 7, fields: { body: 'x' } })).reason).toMatchObject({
      kind: 'changed',
    })
    expect((await propose(fine, fine)).reason).toMatchObject({ kind: 'taken' })
    expect((await propose()).reason).toMatchObject({ kind: 'badInput' })
    expect((await propose({ action: 'drop', id: wren.id })).reason).toMatchObject({ kind: 'badInput' })
    expect(await mira.call.changeSet.count({ worldId })).toEqual({ pending: 0 })
    expect((await mira.call.thing.list({ worldId })).items).toEqual([])
    const head = await db.selectFrom('changes').where('worldId', '=', worldId).select('position').execute()
    expect(head.length).toBe((await mira.call.history.list({ worldId })).items.length)
  })

  test('rule 47: programs that confirm, whatever they may do, and decide on what others proposed', async () => {
    const { worldId } = await newWorld()
    const changes = [{ action: 'create' as const, kind: 'thing' as const, fields: { name: 'Rope' } }]
    const helper = await program()
    const { id } = await helper.changeSet.create({ worldId, title: 'Mine', changes })
    const seen = await look(mira.call, id)
    const almighty = await program(permissionNames)
    expect((await failure(seen.confirm(helper))).reason).toMatchObject({ kind: 'credentialNotAccepted' })
    expect((await failure(seen.confirm(almighty))).reason).toMatchObject({ kind: 'credentialNotAccepted' })
    const bearer = caller(db, {
      ...mira.principal,
      kind: 'bearer',
      sessionId: '00000000-0000-7000-8000-000000000000',
    } as never) // as a token's
    expect((await failure(seen.confirm(bearer))).reason).toMatchObject({ kind: 'credentialNotAccepted' })
    expect((await failure(almighty.changeSet.dismiss({ id }))).reason).toMatchObject({ kind: 'notPermitted' })
    expect(await helper.changeSet.dismiss({ id })).toMatchObject({ status: 'dismissed' })
  })

  test('who may not write there, who may not do what it does, and who may not see it', async () => {
    const { worldId, wren } = await newWorld()
    const changes = [{ action: 'delete' as const, id: wren.id, version: 1 }]
    expect((await failure(rosa.call.changeSet.create({ worldId, title: 'X', changes }))).reason).toMatchObject({
      kind: 'roleTooLow',
    })
    const { id } = await (await program()).changeSet.create({ worldId, title: 'X', changes })
    const seen = await look(rosa.call, id)
    expect((await failure(seen.confirm())).reason).toMatchObject({ kind: 'roleTooLow' })
    expect((await failure(rosa.call.changeSet.dismiss({ id }))).reason).toMatchObject({ kind: 'roleTooLow' })
    const careful = await person(
      db,
      permissionNames.filter((name) => name !== 'entity:delete'),
    )
    await shareWorld(db, worldId, careful.id, 'editor')
    expect((await failure(seen.confirm(careful.call))).reason).toMatchObject({ kind: 'notPermitted' })
    // Rule 29: as if it were not there, also in a world that anybody may read.
    const stranger = await person(db)
    const absent = await failure(stranger.call.changeSet.byId({ id: '00000000-0000-7000-8000-000000000001' }))
    await mira.call.world.update({ id: worldId, version: 1, visibility: 'public' })
    // Each begins when the one before has failed: a rejection that nobody awaits yet ends the run.
    for (const call of [
      () => stranger.call.changeSet.byId({ id }),
      () => stranger.call.changeSet.dismiss({ id }),
      () => seen.confirm(stranger.call),
    ]) {
      expect(await failure(call())).toEqual(absent)
    }
    expect((await failure(stranger.call.changeSet.list({ worldId }))).reason).toMatchObject({ kind: 'notFound' })
    const reader = await program(['world:read', 'entity:read'])
    expect((await failure(reader.changeSet.create({ worldId, title: 'X', changes }))).reason).toMatchObject({
      kind: 'notPermitted',
    })
  })

  test('more than can wait for a decision', async () => {
    const { worldId } = await newWorld()
    const helper = await program()
    const changes = [{ action: 'create' as const, kind: 'thing' as const, fields: { name: 'Rope' } }]
    await helper.changeSet.create({ worldId, title: 'First', changes })
    await db
      .insertInto('changeSets')
      .values(Array.from({ length: 99 }, () => ({ worldId, title: 'X', changes: '[]', proposedBy: mira.id })))
      .execute()
    const refused = await failure(helper.changeSet.create({ worldId, title: 'Too many', changes }))
    expect(refused.message).toContain('100 of your proposals')
  })
})
