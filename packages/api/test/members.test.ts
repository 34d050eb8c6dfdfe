import { randomUUID } from 'node:crypto'
import { createApiKey, operator } from '@worldloom/auth'
import { permissionNames } from '@worldloom/schema'
import { describe, expect, test } from 'vitest'
import { type Caller, caller, failure, type Person, person, shareWorld, testDatabase } from './callers.ts'

const { db } = await testDatabase()
const mira = await person(db)

let count = 0
async function newWorld(owner: Person = mira) {
  count++
  return await owner.call.world.create({ name: `World ${count}` })
}

function tokenOf({ link }: { link: string }): string {
  return new URL(link).searchParams.get('token') ?? ''
}

describe('an invitation', () => {
  test('lets somebody in by its link, with the role it says, as often as it says', async () => {
    const world = await newWorld()
    const made = await mira.call.invitation.create({ worldId: world.id, role: 'editor', maxUses: 2 })
    expect(made).toMatchObject({ role: 'editor', maxUses: 2, useCount: 0, mailed: false })
    expect(made.link).toMatch(/^http:\/\/localhost\/join\?token=/)
    const token = tokenOf(made)
    const people = [await person(db), await person(db), await person(db)]
    const [one, two, three] = people as [Person, Person, Person]
    expect(await one.call.invitation.show({ token })).toMatchObject({ worldName: world.displayName, currentRole: null })
    expect(await one.call.invitation.accept({ token })).toMatchObject({ id: world.id, role: 'editor' })
    expect(await failure(one.call.invitation.accept({ token }))).toMatchObject({ code: 'CONFLICT' })
    await one.call.persona.create({ worldId: world.id, name: 'Written by an editor' })
    await two.call.invitation.accept({ token })
    expect(await failure(three.call.invitation.accept({ token }))).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('already been used'),
    })
    expect((await mira.call.invitation.list({ worldId: world.id })).items).toEqual([])
    expect((await mira.call.member.list({ worldId: world.id })).items).toHaveLength(3)
  })

  test('of one use lets in one, whoever comes at the same moment', async () => {
    const world = await newWorld()
    const token = tokenOf(await mira.call.invitation.create({ worldId: world.id, role: 'viewer' }))
    const people = await Promise.all(Array.from({ length: 5 }, () => person(db)))
    const results = await Promise.allSettled(people.map(({ call }) => call.invitation.accept({ token })))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('that is too old, revoked or made up is worth nothing', async () => {
    const world = await newWorld()
    const theo = await person(db)
    const old = await mira.call.invitation.create({ worldId: world.id, role: 'viewer' })
    await db
      .updateTable('invitations')
      .set({ expiresAt: new Date(Date.now() - 1000) })
      .where('id', '=', old.id)
      .execute()
    expect(await failure(theo.call.invitation.accept({ token: tokenOf(old) }))).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('expired'),
    })
    const revoked = await mira.call.invitation.create({ worldId: world.id, role: 'viewer' })
    expect(await failure(theo.call.invitation.revoke({ id: revoked.id }))).toEqual(
      await failure(theo.call.invitation.revoke({ id: randomUUID() })),
    )
    await mira.call.invitation.revoke({ id: revoked.id })
    for (const token of [tokenOf(revoked), 'x'.repeat(43), '', "' or 1=1 --"]) {
      expect(await failure(theo.call.invitation.show({ token }))).toMatchObject({ code: 'NOT_FOUND' })
    }
  })

  test('is made by the owner alone, for one person where it is mailed, and its link is kept nowhere', async () => {
    const world = await newWorld()
    const editor = await person(db)
    await shareWorld(db, world.id, editor.id, 'editor')
    const refused = await failure(editor.call.invitation.create({ worldId: world.id, role: 'viewer' }))
    expect(refused).toMatchObject({ reason: { kind: 'roleTooLow', needed: 'owner' } })
    const many = await failure(
      mira.call.invitation.create({ worldId: world.id, role: 'viewer', email: 'a@example.com', maxUses: 2 }),
    )
    expect(many).toMatchObject({ reason: { kind: 'badInput', fields: { maxUses: expect.anything() } } })
    // biome-ignore lint/suspicious/noExplicitAny: tests what the type refuses
    const asOwner = await failure(mira.call.invitation.create({ worldId: world.id, role: 'owner' as any }))
    expect(asOwner).toMatchObject({ code: 'BAD_REQUEST' })
    const made = await mira.call.invitation.create({ worldId: world.id, role: 'viewer', email: 'a@example.com' })
    const rows = JSON.stringify(await db.selectFrom('invitations').selectAll().execute())
    expect(rows).not.toContain(tokenOf(made))
    const [listed] = (await mira.call.invitation.list({ worldId: world.id })).items
    expect(listed).not.toHaveProperty('link')
  })

  test('raises a viewer to an editor, and never lowers anybody', async () => {
    const world = await newWorld()
    const theo = await person(db)
    await shareWorld(db, world.id, theo.id, 'viewer')
    const higher = tokenOf(await mira.call.invitation.create({ worldId: world.id, role: 'editor' }))
    const lower = tokenOf(await mira.call.invitation.create({ worldId: world.id, role: 'viewer' }))
    expect(await theo.call.invitation.accept({ token: higher })).toMatchObject({ role: 'editor' })
    expect(await failure(theo.call.invitation.accept({ token: lower }))).toMatchObject({ code: 'CONFLICT' })
    expect(await failure(mira.call.invitation.accept({ token: lower }))).toMatchObject({ code: 'CONFLICT' })
  })
})

describe('members', () => {
  test('are listed to each other; their addresses to the owner alone; to a passer-by not at all', async () => {
    const world = await newWorld()
    const theo = await person(db)
    await db.updateTable('users').set({ email: 'theo@example.com' }).where('id', '=', theo.id).execute()
    await shareWorld(db, world.id, theo.id, 'viewer')
    await mira.call.world.update({ id: world.id, version: 1, visibility: 'public' })
    const seen = (call: Caller) => call.member.list({ worldId: world.id })
    expect((await seen(mira.call)).items.find(({ userId }) => userId === theo.id)?.email).toBe('theo@example.com')
    expect((await seen(theo.call)).items.map(({ email }) => email)).toEqual([null, null])
    expect(await failure(seen((await person(db)).call))).toMatchObject({ code: 'NOT_FOUND' })
  })

  test('are given roles, removed, and leave; what they may do ends at once', async () => {
    const world = await newWorld()
    const theo = await person(db)
    const worldId = world.id
    await shareWorld(db, worldId, theo.id, 'viewer')
    expect(await failure(theo.call.member.update({ worldId, userId: theo.id, role: 'editor' }))).toMatchObject({
      reason: { kind: 'roleTooLow' },
    })
    await mira.call.member.update({ worldId, userId: theo.id, role: 'editor' })
    const { id } = await theo.call.thing.create({ worldId, name: 'Left behind' })
    await mira.call.member.remove({ worldId, userId: theo.id })
    expect(await failure(theo.call.thing.byId({ id }))).toMatchObject({ code: 'NOT_FOUND' })
    expect((await mira.call.thing.byId({ id })).ownerId).toBe(theo.id)
    expect(await failure(mira.call.member.remove({ worldId, userId: theo.id }))).toMatchObject({ code: 'NOT_FOUND' })
    await shareWorld(db, worldId, theo.id, 'viewer')
    await theo.call.member.leave({ worldId })
    expect(await failure(theo.call.world.byId({ id: worldId }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await failure(theo.call.member.leave({ worldId }))).toMatchObject({ code: 'NOT_FOUND' })
  })

  test('rule 31: the owner cannot leave, be removed or be made less; ownership is handed on', async () => {
    const world = await newWorld()
    const worldId = world.id
    const theo = await person(db)
    const lastOwner = { code: 'CONFLICT', reason: { kind: 'lastOwner' } }
    expect(await failure(mira.call.member.leave({ worldId }))).toMatchObject(lastOwner)
    expect(await failure(mira.call.member.remove({ worldId, userId: mira.id }))).toMatchObject(lastOwner)
    expect(await failure(mira.call.member.update({ worldId, userId: mira.id, role: 'editor' }))).toMatchObject(
      lastOwner,
    )
    expect(await failure(mira.call.world.transfer({ id: worldId, userId: theo.id }))).toMatchObject({
      code: 'NOT_FOUND',
    })
    await shareWorld(db, worldId, theo.id, 'editor')
    expect(await failure(theo.call.world.transfer({ id: worldId, userId: theo.id }))).toMatchObject({
      reason: { kind: 'roleTooLow' },
    })
    expect(await mira.call.world.transfer({ id: worldId, userId: theo.id })).toMatchObject({
      ownerId: theo.id,
      role: 'editor',
    })
    expect(await theo.call.world.byId({ id: worldId })).toMatchObject({ role: 'owner' })
    await mira.call.member.leave({ worldId })
  })

  test('of two transfers at once one holds, and there is one owner', async () => {
    const world = await newWorld()
    const people = [await person(db), await person(db)]
    for (const { id } of people) await shareWorld(db, world.id, id, 'viewer')
    const results = await Promise.allSettled(
      people.map(({ id }) => mira.call.world.transfer({ id: world.id, userId: id })),
    )
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const owners = await db
      .selectFrom('worldMembers')
      .select('userId')
      .where('worldId', '=', world.id)
      .where('role', '=', 'owner')
      .execute()
    const { ownerId } = await db
      .selectFrom('worlds')
      .select('ownerId')
      .where('id', '=', world.id)
      .executeTakeFirstOrThrow()
    expect(owners.map(({ userId }) => userId)).toEqual([ownerId])
  })
})

describe('what is public', () => {
  test('is read by everybody and written by members; unlisted is the same for those who know where', async () => {
    const world = await newWorld()
    const theo = await person(db)
    const { id } = await mira.call.story.create({ worldId: world.id, name: 'Open' })
    for (const [version, visibility] of ['public', 'unlisted'].entries()) {
      await mira.call.world.update({ id: world.id, version: version + 1, visibility: visibility as 'public' })
      expect((await theo.call.story.byId({ id })).name).toBe('Open')
      expect((await theo.call.story.list({ worldId: world.id })).items).toHaveLength(1)
      expect(await failure(theo.call.story.update({ id, version: 1, name: 'x' }))).toMatchObject({
        reason: { kind: 'roleTooLow' },
      })
      expect(await failure(theo.call.world.trash({ id: world.id }))).toMatchObject({ reason: { kind: 'roleTooLow' } })
    }
  })
})

describe('an API key that is limited to worlds', () => {
  async function keyOf(owner: Person, worldIds: readonly string[]): Promise<Caller> {
    const user = {
      id: owner.id,
      email: null,
      emailVerified: false,
      displayName: 'x',
      firstName: null,
      lastName: null,
      version: 1,
    }
    return caller(db, {
      kind: 'apiKey',
      apiKeyId: randomUUID(),
      user,
      roles: [],
      permissions: new Set(permissionNames),
      ownerPermissions: new Set(permissionNames),
      worldIds: new Set(worldIds),
    })
  }

  test('reaches these, and of any other answers as if it were not there', async () => {
    const [inside, outside] = [await newWorld(), await newWorld()]
    const key = await keyOf(mira, [inside.id])
    const mine = await mira.call.act.create({
      worldId: inside.id,
      name: 'Inside',
      storyId: (await mira.call.story.create({ worldId: inside.id, name: 'Inside' })).id,
    })
    const story = await mira.call.story.create({ worldId: outside.id, name: 'Outside' })
    const scene = await mira.call.location.create({ worldId: outside.id, name: 'Outside' })
    expect((await key.act.byId({ id: mine.id })).id).toBe(mine.id)
    expect((await key.world.list()).items.map(({ id }) => id)).toEqual([inside.id])
    await key.persona.create({ worldId: inside.id, name: 'By a key' })
    const calls: Promise<unknown>[] = [
      key.world.byId({ id: outside.id }),
      key.world.byName({ name: outside.name }),
      key.world.update({ id: outside.id, version: 1, name: 'x' }),
      key.world.delete({ id: outside.id, version: 1 }),
      key.world.restore({ id: outside.id }),
      key.world.overview({ id: outside.id }),
      key.world.trash({ id: outside.id }),
      key.story.byId({ id: story.id }),
      key.story.outline({ id: story.id }),
      key.story.contents({ id: story.id }),
      key.story.list({ worldId: outside.id }),
      key.story.byName({ worldId: outside.id, name: 'Outside' }),
      key.story.create({ worldId: outside.id, name: 'x' }),
      key.story.update({ id: story.id, version: 1, name: 'x' }),
      key.story.delete({ id: story.id, version: 1 }),
      key.location.children({ id: scene.id }),
      key.location.ancestors({ id: scene.id }),
      key.member.list({ worldId: outside.id }),
      key.invitation.create({ worldId: outside.id, role: 'viewer' }),
      key.invitation.list({ worldId: outside.id }),
    ]
    for (const { code } of await Promise.all(calls.map(failure))) expect(code).toBe('NOT_FOUND')
    expect(await failure(key.world.create({ name: 'x' }))).toMatchObject({ code: 'CONFLICT' })
  })

  test('is made by who is a member of them, and makes none that reaches further', async () => {
    const [inside, outside] = [await newWorld(), await newWorld()]
    const made = await mira.call.apiKey.create({ name: 'Limited', permissions: ['world:read'], worldIds: [inside.id] })
    expect(made.worlds).toEqual([{ id: inside.id, displayName: inside.displayName }])
    const foreign = await newWorld(await person(db))
    for (const worldIds of [[foreign.id], [inside.id, randomUUID()], []]) {
      const { code, reason } = await failure(mira.call.apiKey.create({ name: 'x', permissions: [], worldIds }))
      expect([code, reason]).toMatchObject(['BAD_REQUEST', { fields: { worldIds: expect.anything() } }])
    }
    const key = await keyOf(mira, [inside.id])
    expect(await failure(key.apiKey.create({ name: 'Wider', worldIds: [outside.id] }))).toMatchObject({
      code: 'BAD_REQUEST',
    })
    const heir = await key.apiKey.create({ name: 'Heir' })
    expect(heir.worlds?.map(({ id }) => id)).toEqual([inside.id])
    expect((await mira.call.apiKey.create({ name: 'Free' })).worlds).toBeNull()
  })

  test('whose last world is gone reaches none, not all', async () => {
    const world = await newWorld()
    const grants = { user: { id: mira.id } as never, roles: [], permissions: new Set<string>() }
    const { id } = await createApiKey(db, operator, grants, {
      name: 'Orphan',
      description: '',
      roles: [],
      permissions: [],
      worldIds: [world.id],
    })
    await db.deleteFrom('apiKeyWorlds').where('worldId', '=', world.id).execute()
    expect((await mira.call.apiKey.byId({ id })).worlds).toEqual([])
  })
})
