import { createDatabase } from '@worldloom/db'
import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { accessToken, person, refusal, withKey } from './access.ts'
import { startTestWorldloom } from './worldloom.ts'

const worldloom = await startTestWorldloom()
const second = await startTestWorldloom({ DATABASE_URL: worldloom.database.url })
const { db, close } = createDatabase(worldloom.database.url)
afterAll(close)

describe('rule 23: a key is seen once', () => {
  test('and is a hash from then on; everything else stays to be seen', async () => {
    const mira = await person(worldloom, db, 'user')
    const made = await mira.client.apiKey.create.mutate({
      name: 'Export',
      description: 'Nightly',
      permissions: ['world:read'],
    })
    expect(made.key).toMatch(/^wl_[0-9A-Za-z]{46}$/)
    expect(made).toMatchObject({
      name: 'Export',
      description: 'Nightly',
      isActive: true,
      useCount: 0,
      lastUsedAt: null,
    })
    const listed = await mira.client.apiKey.list.query()
    expect(JSON.stringify(listed)).not.toContain(made.key)
    expect(listed.items[0]).toMatchObject({
      masked: `${made.key.slice(0, 10)}…`,
      permissions: ['world:read'],
      roles: [],
    })
    const { rows } = await sql`select * from api_keys`.execute(db)
    expect(JSON.stringify(rows)).not.toContain(made.key)
    expect(await mira.client.apiKey.byId.query({ id: made.id })).toEqual(listed.items[0])
  })

  test('it works as X-API-Key and as a bearer, and its uses are counted', async () => {
    const mira = await person(worldloom, db, 'user')
    const { key, id } = await mira.client.apiKey.create.mutate({ name: 'Counted', roles: ['user'] })
    for (let use = 0; use < 3; use++) await withKey(worldloom, key).examples.apiKeyOnly.query()
    await withKey(second, key).examples.apiKeyOnly.query()
    const response = await fetch(`${worldloom.url}/trpc/examples.apiKeyOnly`, {
      headers: { authorization: `Bearer ${key}` },
    })
    expect(response.status).toBe(200)
    await expect.poll(async () => (await mira.client.apiKey.byId.query({ id })).useCount).toBe(5)
    const ofDays = await db.selectFrom('apiKeyUsage').select('count').where('apiKeyId', '=', id).execute()
    expect(ofDays.reduce((sum, { count }) => sum + Number(count), 0)).toBe(5)
    const { lastUsedAt } = await mira.client.apiKey.byId.query({ id })
    expect(Date.now() - Date.parse(lastUsedAt ?? '')).toBeLessThan(30_000)
  })

  test('a malformed one is refused', async () => {
    const mira = await person(worldloom, db, 'user')
    const { key } = await mira.client.apiKey.create.mutate({ name: 'Malformed', permissions: ['world:read'] })
    const last = key.at(-1) === 'a' ? 'b' : 'a'
    for (const bad of [
      key.slice(0, -1),
      `${key}x`,
      key.slice(0, -1) + last,
      key.toUpperCase(),
      'wl_',
      'wl_%00',
      `wl_${'A'.repeat(9000)}`,
    ]) {
      expect(await refusal(withKey(worldloom, bad).me.get.query()), bad.slice(0, 60)).toBe('invalidCredential')
    }
  })
})

describe('rule 24: a key does what it was given, as far as its owner may at that moment', () => {
  test('no more than it was given', async () => {
    const mira = await person(worldloom, db, 'user')
    const { key } = await mira.client.apiKey.create.mutate({ name: 'Reader', permissions: ['world:read'] })
    const program = withKey(worldloom, key)
    expect((await program.world.list.query()).items).toEqual([])
    expect(await refusal(program.world.create.mutate({ name: 'No' }))).toBe('notPermitted')
    expect(await refusal(program.me.get.query())).toBe('notPermitted')
    expect((await program.examples.eitherAuth.query()).permissions).toEqual(['world:read'])
  })

  test('no more than its owner has, on every server from the next request on', async () => {
    const ada = await person(worldloom, db, 'admin')
    const mira = await person(worldloom, db, 'user')
    const { key } = await mira.client.apiKey.create.mutate({ name: 'Writer', roles: ['user'] })
    for (const server of [worldloom, second])
      expect(await refusal(withKey(server, key).world.create.mutate({ name: server.url }))).toBeUndefined()
    await ada.client.user.assignRole.mutate({ userId: mira.id, role: 'viewer' })
    await ada.client.user.removeRole.mutate({ userId: mira.id, role: 'user' })
    for (const server of [worldloom, second]) {
      await expect.poll(() => refusal(withKey(server, key).world.create.mutate({ name: 'More' }))).toBe('notPermitted')
      expect(await refusal(withKey(server, key).world.list.query())).toBeUndefined()
    }
    // And more again once the owner has more.
    await ada.client.user.assignRole.mutate({ userId: mira.id, role: 'user' })
    await expect.poll(() => refusal(withKey(second, key).world.create.mutate({ name: 'Again' }))).toBeUndefined()
  })

  test('nobody makes one that may more than they', async () => {
    const theo = await person(worldloom, db, 'viewer')
    for (const input of [
      { permissions: ['world:create'] },
      { permissions: ['user:update'] },
      { roles: ['admin'] },
      { roles: ['user'] },
    ]) {
      expect(await refusal(theo.client.apiKey.create.mutate({ name: 'Greedy', ...input }))).toBe('exceedsOwn')
    }
    expect(await refusal(theo.client.apiKey.create.mutate({ name: 'Nonsense', permissions: ['no:such'] }))).toBe(
      'badInput',
    )
    expect(await refusal(theo.client.apiKey.create.mutate({ name: 'Nonsense', roles: ['nobody'] }))).toBe('badInput')
    expect((await theo.client.apiKey.list.query()).items).toEqual([])
  })

  test('nor does a key make one that may more than it', async () => {
    const ada = await person(worldloom, db, 'admin')
    const { key } = await ada.client.apiKey.create.mutate({
      name: 'Maker',
      permissions: ['apiKey:create', 'world:read'],
    })
    const program = withKey(worldloom, key)
    expect(await refusal(program.apiKey.create.mutate({ name: 'More', permissions: ['user:update'] }))).toBe(
      'exceedsOwn',
    )
    expect(await refusal(program.apiKey.create.mutate({ name: 'More', roles: ['admin'] }))).toBe('exceedsOwn')
    expect((await program.apiKey.create.mutate({ name: 'Less', permissions: ['world:read'] })).permissions).toEqual([
      'world:read',
    ])
  })
})

describe('rule 25: what ends a key ends it on the next request, on every server', () => {
  test.each(['deactivated', 'expired', 'deleted', 'its owner deactivated', 'rotated'] as const)('%s', async (how) => {
    const ada = await person(worldloom, db, 'admin')
    const mira = await person(worldloom, db, 'user')
    const { key, id } = await mira.client.apiKey.create.mutate({ name: 'Ending', permissions: ['world:read'] })
    const at = (server: typeof worldloom) => refusal(withKey(server, key).world.list.query())
    for (const server of [worldloom, second]) expect(await at(server)).toBeUndefined()
    if (how === 'deactivated') await mira.client.apiKey.deactivate.mutate({ id })
    if (how === 'expired')
      await db
        .updateTable('apiKeys')
        .set({ expiresAt: new Date(Date.now() - 1) })
        .where('id', '=', id)
        .execute()
    if (how === 'deleted') await mira.client.apiKey.delete.mutate({ id })
    if (how === 'its owner deactivated') await ada.client.user.deactivate.mutate({ id: mira.id })
    if (how === 'rotated') await mira.client.apiKey.rotate.mutate({ id, overlapHours: 0 })
    for (const server of [worldloom, second])
      await expect.poll(() => at(server), { interval: 5 }).toBe('invalidCredential')
    if (how !== 'deactivated') return
    await mira.client.apiKey.activate.mutate({ id })
    for (const server of [worldloom, second]) await expect.poll(() => at(server)).toBeUndefined()
  })

  test('it expires by itself while it is remembered', async () => {
    const mira = await person(worldloom, db, 'user')
    const expiresAt = new Date(Date.now() + 3000).toISOString()
    const { key } = await mira.client.apiKey.create.mutate({ name: 'Brief', permissions: ['world:read'], expiresAt })
    expect(await refusal(withKey(worldloom, key).world.list.query())).toBeUndefined()
    await expect.poll(() => refusal(withKey(worldloom, key).world.list.query())).toBe('invalidCredential')
  })

  test('a rotated one goes on for its overlap, beside the new one', async () => {
    const mira = await person(worldloom, db, 'user')
    const old = await mira.client.apiKey.create.mutate({ name: 'Rotating', permissions: ['world:read'] })
    const rotated = await mira.client.apiKey.rotate.mutate({ id: old.id, overlapHours: 1 })
    expect(rotated.key).not.toBe(old.key)
    expect(rotated).toMatchObject({ id: old.id, permissions: ['world:read'], previousExpiresAt: expect.any(String) })
    for (const key of [old.key, rotated.key]) {
      await expect.poll(() => refusal(withKey(second, key).world.list.query())).toBeUndefined()
    }
    await db
      .updateTable('apiKeys')
      .set({ previousExpiresAt: new Date(Date.now() - 1) })
      .where('id', '=', old.id)
      .execute()
    await expect.poll(() => refusal(withKey(second, old.key).world.list.query())).toBe('invalidCredential')
    expect(await refusal(withKey(second, rotated.key).world.list.query())).toBeUndefined()
  })
})

describe('rule 26: a key manages nothing unless it was singled out for it', () => {
  test('not by a role that may', async () => {
    const ada = await person(worldloom, db, 'admin')
    const { key } = await ada.client.apiKey.create.mutate({ name: 'Admin’s', roles: ['admin'] })
    const program = withKey(worldloom, key)
    expect(await refusal(program.world.create.mutate({ name: 'By a program' }))).toBeUndefined()
    const nobody = '01a00000-0000-7000-8000-000000000000'
    for (const call of [
      () => program.apiKey.list.query(),
      () => program.apiKey.create.mutate({ name: 'Other' }),
      () => program.apiKey.rotate.mutate({ id: nobody }),
      () => program.role.list.query(),
      () => program.role.create.mutate({ name: 'other' }),
      () => program.role.addPermission.mutate({ role: 'viewer', permission: 'world:create' }),
      () => program.permission.create.mutate({ name: 'other:thing' }),
      () => program.user.list.query(),
      () => program.user.assignRole.mutate({ userId: nobody, role: 'admin' }),
      () => program.audit.list.query(),
    ]) {
      expect(await refusal(call())).toBe('notPermitted')
    }
    for (const call of [
      () => program.session.list.query(),
      () => program.session.revokeOthers.mutate(),
      () => program.account.list.query(),
    ]) {
      expect(await refusal(call())).toBe('credentialNotAccepted')
    }
    for (const path of ['/auth/password/change', '/auth/token', '/auth/email/send-verification']) {
      const response = await fetch(worldloom.url + path, { method: 'POST', headers: { 'x-api-key': key } })
      expect(response.status, path).toBe(403)
    }
  })

  test('by exactly that permission it may', async () => {
    const ada = await person(worldloom, db, 'admin')
    const { key } = await ada.client.apiKey.create.mutate({ name: 'Reader of users', permissions: ['user:read'] })
    const program = withKey(worldloom, key)
    expect(await refusal(program.user.list.query())).toBeUndefined()
    expect(await refusal(program.user.deactivate.mutate({ id: ada.id }))).toBe('notPermitted')
  })
})

describe('managing one’s own', () => {
  test('others’ are as if they were not', async () => {
    const [mira, theo] = [await person(worldloom, db, 'user'), await person(worldloom, db, 'user')]
    const { id } = await mira.client.apiKey.create.mutate({ name: 'Mine', permissions: ['world:read'] })
    for (const call of [
      () => theo.client.apiKey.byId.query({ id }),
      () => theo.client.apiKey.update.mutate({ id, name: 'Theirs' }),
      () => theo.client.apiKey.activate.mutate({ id }),
      () => theo.client.apiKey.deactivate.mutate({ id }),
      () => theo.client.apiKey.rotate.mutate({ id }),
      () => theo.client.apiKey.delete.mutate({ id }),
    ]) {
      expect(await refusal(call())).toBe('notFound')
    }
  })

  test('a name is taken once; an expiry lies ahead', async () => {
    const mira = await person(worldloom, db, 'user')
    await mira.client.apiKey.create.mutate({ name: 'One', permissions: ['world:read'] })
    expect(await refusal(mira.client.apiKey.create.mutate({ name: 'one', permissions: ['world:read'] }))).toBe('taken')
    const past = new Date(Date.now() - 1000).toISOString()
    expect(await refusal(mira.client.apiKey.create.mutate({ name: 'Past', expiresAt: past }))).toBe('badInput')
    expect(await refusal(mira.client.apiKey.create.mutate({ name: 'Never', expiresAt: 'soon' }))).toBe('badInput')
    const { id } = await mira.client.apiKey.create.mutate({ name: 'Two', permissions: ['world:read'] })
    expect((await mira.client.apiKey.update.mutate({ id, name: 'Three', description: 'x' })).name).toBe('Three')
    expect(await refusal(mira.client.apiKey.update.mutate({ id, name: 'ONE' }))).toBe('taken')
  })

  test('there is an end to how many, also at once', async () => {
    const mira = await person(worldloom, db, 'user')
    await sql`
      insert into api_keys (user_id, name, prefix, key_hash)
      select ${mira.id}::uuid, 'Key ' || n, 'wl_', sha256((${mira.id} || n)::bytea) from generate_series(1, 97) n`.execute(
      db,
    )
    const results = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        refusal(mira.client.apiKey.create.mutate({ name: `More ${index}`, permissions: ['world:read'] })),
      ),
    )
    expect(results.filter((result) => result === undefined)).toHaveLength(3)
    expect(results.filter((result) => result === 'conflict')).toHaveLength(3)
  })

  test('an access token manages keys as its owner may', async () => {
    const mira = await person(worldloom, db, 'user')
    const token = await accessToken(mira)
    const response = await fetch(`${worldloom.url}/trpc/apiKey.create`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'By token', permissions: ['world:read'] }),
    })
    expect(response.status).toBe(200)
  })
})

test('rule 36: no key is ever logged', async () => {
  const mira = await person(worldloom, db, 'user')
  const { key } = await mira.client.apiKey.create.mutate({ name: 'Unlogged', permissions: ['world:read'] })
  await withKey(worldloom, key).world.list.query()
  const { rows } = await sql`select * from audit_events`.execute(db)
  const everything = worldloom.log.join('') + JSON.stringify(rows)
  expect(everything).toContain('Unlogged')
  expect(everything).not.toContain(key)
})
