import { randomUUID } from 'node:crypto'
import { type ApiKeyPrincipal, actionPermissions } from '@worldloom/auth'
import { permissionNames, seededGrants, type WorldRole } from '@worldloom/schema'
import { describe, expect, test } from 'vitest'
import { appRouter, listProcedures } from '../src/index.ts'
import { type Caller, caller, failure, person, shareWorld, testDatabase } from './callers.ts'

const { db } = await testDatabase()
const mira = await person(db)
const procedures = listProcedures(appRouter)

function keyOf(permissions: readonly string[], ownerPermissions: readonly string[] = permissionNames): Caller {
  const principal: ApiKeyPrincipal = {
    ...{ kind: 'apiKey', apiKeyId: randomUUID(), user: mira.principal.user, roles: [] },
    permissions: new Set(permissions),
    ownerPermissions: new Set(ownerPermissions),
  }
  return caller(db, principal)
}

describe('a refusal', () => {
  test('says which permission is missing, which roles have it, and whether it is the person or the key who lacks it', async () => {
    const nobody = await person(db, ['world:read'])
    expect((await failure(nobody.call.world.create({ name: 'X' }))).reason).toEqual({
      ...{ kind: 'notPermitted', permission: 'world:create', lackedBy: 'person', roles: ['admin', 'user'] },
    })
    const refused = await failure(keyOf(['world:read']).world.create({ name: 'X' }))
    expect(refused.reason).toMatchObject({ lackedBy: 'credential', roles: ['admin', 'user'] })
    expect(refused.message).toContain('which its owner has')
    const both = await failure(keyOf(['world:read'], ['world:read']).world.create({ name: 'X' }))
    expect(both.reason).toMatchObject({ lackedBy: 'person' })
    // Also where it is not the declared permission.
    const { id } = await mira.call.world.create({ name: 'Said' })
    const careful = await person(
      db,
      permissionNames.filter((name) => name !== 'entity:delete'),
    )
    await shareWorld(db, id, careful.id, 'editor')
    const made = await caller(db, careful.principal, undefined, 'made').thing.create({ worldId: id, name: 'Lamp' })
    expect(made.version).toBe(1)
    expect((await failure(careful.call.history.undo({ worldId: id, requestId: 'made' }))).reason).toMatchObject({
      ...{ permission: 'entity:delete', lackedBy: 'person', roles: ['admin', 'user'] },
    })
  })

  test('says which role in the world is needed, and which one has', async () => {
    const { id } = await mira.call.world.create({ name: 'Roles' })
    const reader = await person(db)
    await shareWorld(db, id, reader.id, 'viewer')
    expect((await failure(reader.call.thing.create({ worldId: id, name: 'X' }))).reason).toEqual({
      ...{ kind: 'roleTooLow', needed: 'editor', has: 'viewer' },
    })
  })
})

describe('me.may', () => {
  test('answers without trying, and why not as the refusal would', async () => {
    const nobody = await person(db, ['profile:read', 'world:read'])
    expect(await nobody.call.me.may({ procedure: 'world.list' })).toEqual({
      ...{ may: true, message: null, reason: null },
      needs: { credentials: ['session', 'bearer', 'apiKey'], permission: 'world:read', worldRole: null, fresh: false },
    })
    const asked = await nobody.call.me.may({ procedure: 'world.create' })
    const tried = await failure(nobody.call.world.create({ name: 'X' }))
    expect(asked).toMatchObject({ may: false, message: tried.message, reason: tried.reason })
    expect(await nobody.call.me.may({ procedure: 'world.delete' })).toMatchObject({ needs: { fresh: true } })
    const key = keyOf(['profile:read'])
    expect(await key.me.may({ procedure: 'changeSet.confirm' })).toMatchObject({
      ...{ may: false, reason: { kind: 'credentialNotAccepted' }, needs: { credentials: ['session'] } },
    })
    expect((await failure(nobody.call.me.may({ procedure: 'nothing.there' }))).reason).toMatchObject({
      kind: 'notFound',
    })
    for (const procedure of ['__proto__', 'constructor', '', 'x'.repeat(101)]) {
      expect((await failure(nobody.call.me.may({ procedure }))).reason).toBeDefined()
    }
    // Mira has every permission, no role, and a browser.
    const permitted = procedures.filter(
      ({ access }) => access?.credentials === 'none' || (access?.credentials.includes('session') && !access.role),
    )
    for (const { path } of permitted) expect(await mira.call.me.may({ procedure: path })).toMatchObject({ may: true })
  })

  test.each<WorldRole>(['viewer', 'editor', 'owner'])(
    'agrees with what happens to somebody who is %s in the world',
    async (role) => {
      const { id: worldId } = await mira.call.world.create({ name: `Agreed ${role}` })
      const who = role === 'owner' ? mira : await person(db)
      if (role !== 'owner') await shareWorld(db, worldId, who.id, role)
      const { id, version } = await mira.call.thing.create({ worldId, name: 'Lamp' })
      const changes = [{ action: 'create' as const, kind: 'thing' as const, fields: { name: 'Rope' } }]
      const calls: Record<string, () => Promise<unknown>> = {
        'thing.byId': () => who.call.thing.byId({ id }),
        'thing.create': () => who.call.thing.create({ worldId, name: 'Another' }),
        'thing.update': () => who.call.thing.update({ id, version, body: 'x' }),
        'thing.delete': () => who.call.thing.delete({ id, version: role === 'viewer' ? version : version + 1 }),
        'tag.create': () => who.call.tag.create({ worldId, name: 'Tag' }),
        'changeSet.create': () => who.call.changeSet.create({ worldId, title: 'X', changes }),
        'history.version': () => who.call.history.version({ id, at: 1 }),
        'history.list': () => who.call.history.list({ worldId }),
        'member.list': () => who.call.member.list({ worldId }),
        'shareLink.create': () => who.call.shareLink.create({ worldId }),
        'webhook.create': () => who.call.webhook.create({ worldId, url: 'https://example.com/' }),
        'world.update': () => who.call.world.update({ id: worldId, version: 1, description: 'x' }),
        'world.delete': () => who.call.world.delete({ id: worldId, version: role === 'viewer' ? 1 : 2 }),
      }
      for (const [procedure, call] of Object.entries(calls)) {
        const { may, reason, needs } = await who.call.me.may({ procedure, worldId })
        const refused = await call().then(
          () => undefined,
          (error) => error.cause.reason,
        )
        expect({ procedure, may, reason }).toEqual({ procedure, may: refused === undefined, reason: refused ?? null })
        if (reason?.kind === 'roleTooLow') expect(needs.worldRole).toBe(reason.needed)
      }
    },
  )

  test('rule 29: a world that one may not see is not there', async () => {
    const { id: worldId } = await mira.call.world.create({ name: 'Hidden' })
    const stranger = await person(db)
    for (const asked of [worldId, randomUUID()]) {
      expect(await stranger.call.me.may({ procedure: 'thing.create', worldId: asked })).toMatchObject({
        ...{ may: false, reason: { kind: 'notFound', resource: 'world' } },
      })
    }
  })
})

test('an administrator asks for anybody, in worlds that they can see themselves', async () => {
  const { id: worldId } = await mira.call.world.create({ name: 'Asked about' })
  const { id } = await db.insertInto('users').values({ displayName: 'Asked' }).returning('id').executeTakeFirstOrThrow()
  const role = await db.selectFrom('roles').select('id').where('name', '=', 'viewer').executeTakeFirstOrThrow()
  await db.insertInto('userRoles').values({ userId: id, roleId: role.id }).execute()
  expect(await mira.call.user.may({ id, procedure: 'world.list' })).toMatchObject({ may: true })
  expect(await mira.call.user.may({ id, procedure: 'thing.create', worldId })).toMatchObject({
    ...{ may: false, reason: { kind: 'notPermitted', permission: 'entity:create', roles: ['admin', 'user'] } },
  })
  const other = await person(db)
  expect((await failure(other.call.user.may({ id, procedure: 'thing.create', worldId }))).reason).toMatchObject({
    kind: 'notFound',
  })
  expect((await failure(mira.call.user.may({ id: randomUUID(), procedure: 'world.list' }))).reason).toMatchObject({
    kind: 'notFound',
  })
})

describe('trying a change of a role', () => {
  test('counts what people did lately by this role alone', async () => {
    await mira.call.role.create({ name: 'maker', permissions: ['entity:create', 'entity:update', 'apiKey:create'] })
    await mira.call.role.create({ name: 'helper', permissions: ['entity:create'] })
    const idOf = async (name: string) =>
      (await db.selectFrom('roles').select('id').where('name', '=', name).executeTakeFirstOrThrow()).id
    const [one, two] = [await person(db), await person(db)]
    await db
      .insertInto('userRoles')
      .values([
        { userId: one.id, roleId: await idOf('maker') },
        { userId: two.id, roleId: await idOf('maker') },
        // Would have it all the same.
        { userId: two.id, roleId: await idOf('helper') },
      ])
      .execute()
    const { id: worldId } = await mira.call.world.create({ name: 'Worked in' })
    for (const each of [one, two]) {
      await shareWorld(db, worldId, each.id, 'editor')
      const made = await each.call.thing.create({ worldId, name: `Of ${each.id}` })
      await each.call.thing.update({ id: made.id, version: 1, body: 'x' })
      await each.call.thing.update({ id: made.id, version: 2, body: 'y' })
    }
    const { call } = mira
    expect(await call.role.tryOut({ name: 'maker', permissions: ['entity:create', 'entity:update'] })).toEqual({
      ...{ days: 30, calls: 0, people: 0, items: [] },
    })
    expect(await call.role.tryOut({ name: 'maker', permissions: [] })).toEqual({
      ...{ days: 30, calls: 5, people: 2 },
      items: expect.arrayContaining([
        { permission: 'entity:create', calls: 1, people: 1 },
        { permission: 'entity:update', calls: 4, people: 2 },
      ]),
    })
    // Nothing is changed by that.
    expect((await call.role.byName({ name: 'maker' })).permissions).toHaveLength(3)
    expect((await failure(call.role.tryOut({ name: 'nobody', permissions: [] }))).reason).toMatchObject({
      kind: 'notFound',
    })
    const user = await person(db, seededGrants.user)
    expect((await failure(user.call.role.tryOut({ name: 'maker', permissions: [] }))).reason).toMatchObject({
      permission: 'audit:read',
    })
  })

  test('knows the permission that each action takes, as the procedure of that name declares it', () => {
    for (const { path, access } of procedures) {
      const known = Object.entries(actionPermissions).find(([action]) => action === path)?.[1]
      if (known) expect([path, access?.credentials !== 'none' && access?.permission]).toEqual([path, known])
    }
  })
})
