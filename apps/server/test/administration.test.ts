import { createDatabase } from '@worldloom/db'
import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { type Person, person, refusal, withKey } from './access.ts'
import { startTestWorldloom } from './worldloom.ts'

const worldloom = await startTestWorldloom()
const second = await startTestWorldloom({ DATABASE_URL: worldloom.database.url })
const { db, close } = createDatabase(worldloom.database.url)
afterAll(close)

/** No demo people, who are administrators: there has to be a last one. */
const lonely = await startTestWorldloom({ LOCAL_IDENTITY: 'false' })
const { db: lonelyDb, close: closeLonely } = createDatabase(lonely.database.url)
afterAll(closeLonely)

describe('rule 31: there is always an administrator, and an owner', () => {
  test('the last administrator cannot be removed, by any path', async () => {
    const ada = await person(lonely, lonelyDb, 'admin')
    expect(await refusal(ada.client.user.removeRole.mutate({ userId: ada.id, role: 'admin' }))).toBe('lastAdmin')
    expect(await refusal(ada.client.user.deactivate.mutate({ id: ada.id }))).toBe('lastAdmin')
    await expect(sql`delete from users where id = ${ada.id}`.execute(lonelyDb)).rejects.toThrow('last administrator')
    await expect(sql`delete from user_roles`.execute(lonelyDb)).rejects.toThrow('last administrator')
    await expect(sql`update users set is_active = false`.execute(lonelyDb)).rejects.toThrow('last administrator')
    // A deactivated administrator does not count.
    const other = await person(lonely, lonelyDb, 'admin')
    await ada.client.user.deactivate.mutate({ id: other.id })
    expect(await refusal(ada.client.user.removeRole.mutate({ userId: ada.id, role: 'admin' }))).toBe('lastAdmin')
    expect((await ada.client.me.get.query()).roles).toEqual(['admin'])
  })

  test.each(['removeRole', 'deactivate'] as const)(
    'two who remove each other at once, by %s: one stays',
    async (how) => {
      for (let round = 0; round < 5; round++) {
        await lonelyDb.transaction().execute(async (trx) => {
          await sql`set local session_replication_role = replica`.execute(trx)
          await sql`delete from user_roles`.execute(trx)
        })
        const [one, two] = [await person(lonely, lonelyDb, 'admin'), await person(lonely, lonelyDb, 'admin')]
        const remove = (by: Person, whom: Person) =>
          how === 'removeRole'
            ? by.client.user.removeRole.mutate({ userId: whom.id, role: 'admin' })
            : by.client.user.deactivate.mutate({ id: whom.id })
        const results = await Promise.all([refusal(remove(one, two)), refusal(remove(two, one))])
        expect(results.filter((result) => result === undefined)).toHaveLength(1)
        const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from user_roles
        join roles on roles.id = role_id join users on users.id = user_id
        where roles.name = 'admin' and users.is_active`.execute(lonelyDb)
        expect(rows[0]?.count).toBe(1)
      }
    },
  )

  test('the last owner of a world cannot be removed, also not by two at once; a world can go whole', async () => {
    const [mira, ada] = [await person(worldloom, db, 'user'), await person(worldloom, db, 'user')]
    const { id } = await mira.client.world.create.mutate({ name: 'Owned' })
    const remove = (userId: string) =>
      sql`delete from world_members where world_id = ${id} and user_id = ${userId}`.execute(db)
    await expect(remove(mira.id)).rejects.toThrow('last owner')
    await expect(sql`update world_members set role = 'editor' where world_id = ${id}`.execute(db)).rejects.toThrow(
      'last owner',
    )
    await sql`insert into world_members (world_id, user_id, role) values (${id}, ${ada.id}, 'owner')`.execute(db)
    const results = await Promise.allSettled([remove(mira.id), remove(ada.id)])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await sql`delete from worlds where id = ${id}`.execute(db)
    const { rows } = await sql`select from world_members where world_id = ${id}`.execute(db)
    expect(rows).toEqual([])
  })
})

describe('nobody gives what they do not have', () => {
  test('somebody who may change people and roles does not become an administrator', async () => {
    const ada = await person(worldloom, db, 'admin')
    const name = 'personnel'
    await ada.client.role.create.mutate({
      name,
      permissions: ['user:read', 'user:update', 'role:read', 'role:update', 'role:create'],
    })
    const clerk = await person(worldloom, db, name)
    expect(await refusal(clerk.client.user.assignRole.mutate({ userId: clerk.id, role: 'admin' }))).toBe('exceedsOwn')
    expect(await refusal(clerk.client.user.removeRole.mutate({ userId: ada.id, role: 'admin' }))).toBe('exceedsOwn')
    expect(await refusal(clerk.client.user.deactivate.mutate({ id: ada.id }))).toBe('exceedsOwn')
    expect(await refusal(clerk.client.role.addPermission.mutate({ role: name, permission: 'audit:read' }))).toBe(
      'exceedsOwn',
    )
    expect(await refusal(clerk.client.role.create.mutate({ name: 'mine', permissions: ['audit:read'] }))).toBe(
      'exceedsOwn',
    )
    expect(await refusal(clerk.client.role.removePermission.mutate({ role: 'user', permission: 'world:read' }))).toBe(
      'exceedsOwn',
    )
    // They may grant what they have.
    const newcomer = await person(worldloom, db, name)
    await clerk.client.user.removeRole.mutate({ userId: newcomer.id, role: name })
    expect((await clerk.client.user.assignRole.mutate({ userId: newcomer.id, role: name })).roles).toEqual([name])
  })
})

describe('people', () => {
  test('found by name, address, role and state, a page at a time', async () => {
    const ada = await person(worldloom, db, 'admin')
    await sql`
      insert into users (display_name, email) select 'Crowd 100%_' || n, 'crowd' || n || '@crowd.example' from generate_series(1, 25) n`.execute(
      db,
    )
    const seen: string[] = []
    let cursor: string | undefined
    for (let page = 0; page < 4; page++) {
      const { items, nextCursor } = await ada.client.user.list.query({
        search: 'crowd 100%_',
        sort: 'email',
        order: 'asc',
        limit: 10,
        cursor,
      })
      seen.push(...items.map(({ email }) => email ?? ''))
      if (!nextCursor) break
      cursor = nextCursor
    }
    expect(seen).toHaveLength(25)
    expect(seen).toEqual(seen.toSorted())
    expect((await ada.client.user.list.query({ search: 'CROWD7@' })).items).toHaveLength(1)
    expect((await ada.client.user.list.query({ search: '%' })).items.length).toBe(25)
    const admins = (await ada.client.user.list.query({ role: 'admin' })).items
    expect(admins.length).toBeGreaterThan(0)
    expect(admins.every(({ roles }) => roles.includes('admin'))).toBe(true)
    const { name: role } = await ada.client.role.create.mutate({ name: 'multitude' })
    expect((await ada.client.user.list.query({ role })).items).toEqual([])
    await sql`
      insert into user_roles (user_id, role_id) select users.id, roles.id from users, roles
      where roles.name = ${role} and users.email like '%@crowd.example'`.execute(db)
    expect((await ada.client.user.list.query({ role, limit: 100 })).items).toHaveLength(25)
    // Of more than a thousand they are found in another way.
    await sql`
      with many as (insert into users (display_name) select 'Many' from generate_series(1, 1000) returning id)
      insert into user_roles (user_id, role_id) select many.id, roles.id from many, roles where roles.name = ${role}`.execute(
      db,
    )
    expect((await ada.client.user.list.query({ role, search: 'crowd', limit: 100 })).items).toHaveLength(25)
    const gone = await person(worldloom, db, 'user')
    await ada.client.user.deactivate.mutate({ id: gone.id })
    expect((await ada.client.user.list.query({ isActive: false })).items.map(({ id }) => id)).toEqual([gone.id])
    await expect(ada.client.user.list.query({ search: 'other', cursor })).rejects.toThrow(
      'does not belong to this list',
    )
    expect(await ada.client.user.byId.query({ id: gone.id })).toMatchObject({
      isActive: false,
      roles: ['user'],
      accounts: [],
    })
    expect(await refusal(ada.client.user.byId.query({ id: '01a00000-0000-7000-8000-000000000000' }))).toBe('notFound')
  })

  test('rule 12: deactivated, somebody is out everywhere at once; activated, they sign in again', async () => {
    const ada = await person(worldloom, db, 'admin')
    const mira = await person(worldloom, db, 'user')
    await mira.client.me.get.query()
    await ada.client.user.deactivate.mutate({ id: mira.id })
    await expect.poll(() => refusal(mira.client.me.get.query()), { interval: 5 }).toBe('notSignedIn')
    await ada.client.user.activate.mutate({ id: mira.id })
    // The old sessions do not come back.
    expect(await refusal(mira.client.me.get.query())).toBe('notSignedIn')
  })
})

describe('roles', () => {
  test('made, changed, given, and what they permit holds on the next request on every server', async () => {
    const ada = await person(worldloom, db, 'admin')
    await ada.client.role.create.mutate({ name: 'keeper', description: 'Keeps', permissions: ['world:read'] })
    const kim = await person(worldloom, db, 'keeper')
    const elsewhere = second.browser()
    elsewhere.setCookie('worldloom_session', kim.browser.cookies.get('worldloom_session') ?? '')
    expect(await refusal(elsewhere.client.world.create.mutate({ name: 'Not yet' }))).toBe('notPermitted')
    await ada.client.role.addPermission.mutate({ role: 'keeper', permission: 'world:create' })
    await expect.poll(() => refusal(elsewhere.client.world.create.mutate({ name: 'Now' }))).toBeUndefined()
    const changed = await ada.client.role.removePermission.mutate({ role: 'keeper', permission: 'world:create' })
    expect(changed.permissions).toEqual(['world:read'])
    await expect.poll(() => refusal(elsewhere.client.world.create.mutate({ name: 'No more' }))).toBe('notPermitted')
    expect((await ada.client.role.update.mutate({ name: 'keeper', description: 'Kept' })).description).toBe('Kept')
  })

  test('one that people have is not deleted, nor a built-in one, nor is admin changed', async () => {
    const ada = await person(worldloom, db, 'admin')
    await ada.client.role.create.mutate({ name: 'brief' })
    const bo = await person(worldloom, db, 'brief')
    expect(await refusal(ada.client.role.delete.mutate({ name: 'brief' }))).toBe('conflict')
    await ada.client.user.removeRole.mutate({ userId: bo.id, role: 'brief' })
    expect(await ada.client.role.delete.mutate({ name: 'brief' })).toEqual({ name: 'brief' })
    expect(await refusal(ada.client.role.delete.mutate({ name: 'brief' }))).toBe('notFound')
    expect(await refusal(ada.client.role.delete.mutate({ name: 'viewer' }))).toBe('conflict')
    expect(await refusal(ada.client.role.removePermission.mutate({ role: 'admin', permission: 'role:update' }))).toBe(
      'conflict',
    )
    expect(await refusal(ada.client.role.create.mutate({ name: 'viewer' }))).toBe('taken')
    expect(await refusal(ada.client.role.create.mutate({ name: 'Not A Name' }))).toBe('badInput')
    expect(await refusal(ada.client.role.byName.query({ name: 'nobody' }))).toBe('notFound')
  })

  test('deleted while it is given to somebody: one of the two, never a row without a role', async () => {
    const ada = await person(worldloom, db, 'admin')
    const bo = await person(worldloom, db, 'user')
    for (let round = 0; round < 5; round++) {
      const name = `racing-${round}`
      await ada.client.role.create.mutate({ name })
      const results = await Promise.all([
        refusal(ada.client.role.delete.mutate({ name })),
        refusal(ada.client.user.assignRole.mutate({ userId: bo.id, role: name })),
      ])
      expect(results.filter((result) => result === undefined)).toHaveLength(1)
      expect(results.filter(Boolean)[0]).toMatch(/conflict|notFound/)
    }
  })

  test('a permission of one’s own goes into tokens and to every administrator', async () => {
    const ada = await person(worldloom, db, 'admin')
    await ada.client.permission.create.mutate({ name: 'map:print', description: 'Prints maps' })
    await expect.poll(async () => (await ada.client.me.get.query()).permissions).toContain('map:print')
    await ada.client.role.addPermission.mutate({ role: 'viewer', permission: 'map:print' })
    const theo = await person(worldloom, db, 'viewer')
    const response = await theo.browser.open('/auth/token', { method: 'POST' })
    const { access_token: token } = (await response.json()) as { access_token: string }
    expect(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).permissions).toContain(
      'map:print',
    )
    expect(await refusal(ada.client.permission.delete.mutate({ name: 'world:read' }))).toBe('conflict')
    await ada.client.permission.delete.mutate({ name: 'map:print' })
    await expect.poll(async () => (await theo.client.me.get.query()).permissions).not.toContain('map:print')
    expect(await refusal(ada.client.permission.create.mutate({ name: 'no colon' }))).toBe('badInput')
  })
})

describe('rule 30: what only the server says is not taken from the input', () => {
  test('in profiles, keys, roles and worlds', async () => {
    const mira = await person(worldloom, db, 'user')
    const { version } = await mira.client.me.get.query()
    const inputs: [string, object][] = [
      ['me.updateProfile', { version, firstName: 'A', lastName: 'B', roles: ['admin'] }],
      [
        'me.updateProfile',
        { version, firstName: 'A', lastName: 'B', email: 'ada@worldloom.example', emailVerified: true },
      ],
      ['me.updateProfile', { version, firstName: 'A', lastName: 'B', isActive: true, id: mira.id }],
      ['apiKey.create', { name: 'X', permissions: ['world:read'], userId: mira.id }],
      ['apiKey.create', { name: 'X', permissions: ['world:read'], keyHash: 'x', useCount: 0 }],
      ['world.create', { name: 'X', ownerId: mira.id }],
      ['world.create', { name: 'X', version: 7, createdAt: '2020-01-01T00:00:00Z' }],
    ]
    for (const [path, input] of inputs) {
      const response = await mira.browser.open(`/trpc/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(input),
      })
      expect(response.status, path).toBe(400)
      expect(await response.text()).toContain('Is not a known field')
    }
    expect(await mira.client.me.get.query()).toMatchObject({ version, roles: ['user'], email: mira.email })
  })
})

describe('the profile', () => {
  test('is changed, and a change on an old one is refused with what it is now', async () => {
    const mira = await person(worldloom, db, 'user')
    const { version, isComplete } = await mira.client.me.get.query()
    expect(isComplete).toBe(false)
    const updated = await mira.client.me.updateProfile.mutate({ version, firstName: ' Mira ', lastName: 'de  la Cruz' })
    expect(updated).toMatchObject({ firstName: 'Mira', lastName: 'de la Cruz', displayName: 'Mira de la Cruz' })
    await expect.poll(async () => (await mira.client.me.get.query()).isComplete).toBe(true)
    const old = { version, firstName: 'Old', lastName: 'News' }
    expect(await refusal(mira.client.me.updateProfile.mutate(old))).toBe('changed')
    const named = { version: updated.version, firstName: 'Mira', lastName: 'Cruz', displayName: 'La Mira' }
    expect((await mira.client.me.updateProfile.mutate(named)).displayName).toBe('La Mira')
    for (const firstName of ['', '   ', '\u200b', 'x'.repeat(101)]) {
      expect(await refusal(mira.client.me.updateProfile.mutate({ ...named, firstName }))).toBe('badInput')
    }
  })
})

describe('the audit log', () => {
  test('says who did what, from where, in which request', async () => {
    const ada = await person(worldloom, db, 'admin')
    const mira = await person(worldloom, db, 'user')
    const { key, id } = await mira.client.apiKey.create.mutate({
      name: 'Audited',
      permissions: ['world:delete', 'world:create'],
    })
    const world = await withKey(worldloom, key).world.create.mutate({ name: 'Doomed' })
    await withKey(worldloom, key).world.delete.mutate({ id: world.id, version: world.version })
    await ada.client.user.assignRole.mutate({ userId: mira.id, role: 'viewer' })
    await mira.browser.open('/auth/sign-out', { method: 'POST' })
    const { items } = await ada.client.audit.list.query({ limit: 6 })
    expect(items.map(({ action }) => action)).toEqual([
      'signOut',
      'user.assignRole',
      'world.delete',
      'apiKey.create',
      'signIn',
      'user.create',
    ])
    const [out, given, deleted] = items
    expect(out).toMatchObject({ actorId: mira.id, actorKind: 'session' })
    expect(given).toMatchObject({ actorId: ada.id, subjectId: mira.id, details: { role: 'viewer' } })
    expect(deleted).toMatchObject({
      actorKind: 'apiKey',
      actorId: mira.id,
      apiKeyId: id,
      subjectKind: 'world',
      subjectName: 'Doomed',
    })
    expect(deleted?.ipAddress).toMatch(/127\.0\.0\.1|::1/)
    expect(worldloom.log.join('')).toContain(deleted?.requestId)
  })

  test('failures too', async () => {
    const ada = await person(worldloom, db, 'admin')
    await worldloom.browser().open('/auth/local/callback?error=access_denied&state=x')
    await worldloom.browser().open('/auth/password/sign-in', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: ada.email, password: 'wrong' }),
    })
    const { items } = await ada.client.audit.list.query({ outcome: 'failure', limit: 2 })
    expect(items).toMatchObject([
      { action: 'signIn', actorKind: 'anonymous', subjectId: ada.id, details: { provider: 'password' } },
      { action: 'signIn', details: { provider: 'local', failure: 'expired' } },
    ])
  })

  test('filtered, paged, and as a file', async () => {
    const ada = await person(worldloom, db, 'admin')
    const formula = '=HYPERLINK("https://evil.example")'
    await ada.client.role.create.mutate({ name: 'listed', description: 'x' })
    await sql`
      insert into audit_events (action, actor_kind, actor_name, subject_name, at)
      select 'profile.update', 'session', ${formula}, 'Row ' || n, now() - interval '3 days' from generate_series(1, 1200) n`.execute(
      db,
    )
    const from = new Date(Date.now() - 4 * 86_400_000).toISOString()
    const to = new Date(Date.now() - 2 * 86_400_000).toISOString()
    const first = await ada.client.audit.list.query({ from, to, limit: 200 })
    expect(first.items).toHaveLength(200)
    const next = await ada.client.audit.list.query({ from, to, limit: 200, cursor: first.nextCursor ?? '' })
    expect(new Set([...first.items, ...next.items].map(({ id }) => id)).size).toBe(400)
    expect((await ada.client.audit.list.query({ action: 'role.create', search: 'LISTED' })).items).toHaveLength(1)
    expect(
      (await ada.client.audit.list.query({ actorId: ada.id })).items.every(({ actorId }) => actorId === ada.id),
    ).toBe(true)
    expect(await refusal(ada.client.audit.list.query({ from: 'yesterday' }))).toBe('badInput')

    const response = await ada.browser.open(`/api/audit.csv?${new URLSearchParams({ from, to })}`)
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="audit-\d{4}-\d\d-\d\d\.csv"$/)
    const lines = (await response.text()).trim().split('\n')
    expect(lines).toHaveLength(1201)
    expect(lines[0]).toContain('id,at,action,outcome')
    // A spreadsheet must not evaluate it.
    expect(lines[1]).toContain(`"'=HYPERLINK(""https://evil.example"")"`)
    expect((await ada.browser.open('/api/audit.csv?from=nonsense')).status).toBe(400)
    const mira = await person(worldloom, db, 'user')
    expect((await mira.browser.open('/api/audit.csv')).status).toBe(403)
  })

  test('is never changed', async () => {
    for (const statement of [
      sql`update audit_events set action = 'x'`,
      sql`delete from audit_events`,
      sql`truncate audit_events`,
    ]) {
      await expect(statement.execute(db)).rejects.toThrow('append-only')
    }
  })
})

describe('rule 29: what is not yours is as if it were not', () => {
  test('worlds', async () => {
    const [mira, theo] = [await person(worldloom, db, 'user'), await person(worldloom, db, 'user')]
    const { id, version } = await mira.client.world.create.mutate({ name: 'Private' })
    const nowhere = '01a00000-0000-7000-8000-000000000000'
    const answer = async (path: string, input: object, method = 'GET') => {
      const target =
        method === 'GET' ? `/trpc/${path}?${new URLSearchParams({ input: JSON.stringify(input) })}` : `/trpc/${path}`
      const init =
        method === 'GET' ? {} : { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(input) }
      const response = await theo.browser.open(target, init)
      return [response.status, (await response.text()).replace(/"requestId":"[^"]+"/, '')]
    }
    for (const [path, method, extra] of [
      ['world.byId', 'GET', {}],
      ['world.update', 'POST', { version, name: 'Mine' }],
      ['world.delete', 'POST', { version }],
      ['world.restore', 'POST', {}],
    ] as const) {
      expect(await answer(path, { id, ...extra }, method), path).toEqual(
        await answer(path, { id: nowhere, ...extra }, method),
      )
    }
  })
})
