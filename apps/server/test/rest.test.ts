import { openApiDocument } from '@worldloom/api'
import { createGrant, findUserGrants, operator } from '@worldloom/auth'
import { createDatabase } from '@worldloom/db'
import { seedMovies } from '@worldloom/db/seed'
import { entities } from '@worldloom/schema'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { sql } from 'kysely'
import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { calls, says, startModelEndpoint } from '../src/testing/index.ts'
import { accessToken, person } from './access.ts'
import { startTestWorldloom } from './worldloom.ts'

const endpoint = await startModelEndpoint()
afterAll(() => endpoint.close())
const worldloom = await startTestWorldloom({ OPENAI_MODEL: 'test-model', OPENAI_BASE_URL: endpoint.url })
const { db, close } = createDatabase(worldloom.database.url)
afterAll(close)

const document = openApiDocument(worldloom.url)
const ajv = new Ajv2020({ strict: false, allErrors: true })
addFormats.default(ajv)
ajv.addSchema(document, 'api')

const mira = await person(worldloom, db, 'user')
const admin = await person(worldloom, db, 'admin')
const { key } = await mira.client.apiKey.create.mutate({ name: 'REST', roles: ['user'] })
const { key: adminKey } = await admin.client.apiKey.create.mutate({
  name: 'REST',
  roles: ['admin'],
  permissions: (await admin.client.me.get.query()).permissions,
})

interface Answer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: any response, checked by the tests
  readonly body: any
}

/** The operations not yet called successfully. At the end there must be none. */
const called = new Set<string>()

/** Calls the API and checks the response against the document. */
async function call(
  method: string,
  path: string,
  { body, headers = {}, as = key }: { body?: unknown; headers?: Record<string, string>; as?: string | null } = {},
): Promise<Answer> {
  const response = await fetch(`${worldloom.url}/api/v1${path}`, {
    method,
    headers: {
      ...(as && { 'x-api-key': as }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const answer = { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined }
  const template = Object.keys(document.paths)
    .filter((candidate) => document.paths[candidate]?.[method.toLowerCase()])
    .sort((one, other) => one.split('{').length - other.split('{').length)
    .find((candidate) => new RegExp(`^${candidate.replace(/\{\w+\}/g, '[^/]+')}$`).test(path.split('?')[0] ?? ''))
  if (!template || answer.status === 304) return answer
  const pointer = (...names: string[]) =>
    names.map((name) => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')
  const type = response.ok ? 'application/json' : 'application/problem+json'
  expect(response.headers.get('content-type')).toContain(type)
  const at = response.ok
    ? pointer('paths', template, method.toLowerCase(), 'responses', String(answer.status), 'content', type, 'schema')
    : pointer('components', 'schemas', 'Problem')
  const validate = ajv.getSchema(`api#/${at}`)
  expect(validate, `${method} ${template} may answer ${answer.status}`).toBeDefined()
  expect(validate?.(answer.body), `${method} ${path}: ${ajv.errorsText(validate?.errors)}`).toBe(true)
  expect(Object.keys(document.paths[template]?.[method.toLowerCase()]?.responses ?? {})).toContain(
    String(answer.status),
  )
  if (response.ok) called.add(`${method} ${template}`)
  return answer
}

/** Files are not JSON: apps/server/test/archives.test.ts checks them. */
async function fileOfWorld(id: string): Promise<string[]> {
  const archive = await fetch(`${worldloom.url}/api/v1/worlds/${id}/archive`, { headers: { 'x-api-key': key } })
  expect(archive.status).toBe(200)
  const made = await fetch(`${worldloom.url}/api/v1/worlds/import?name=Imported`, {
    method: 'POST',
    headers: { 'x-api-key': key, 'content-type': 'application/zip' },
    body: await archive.arrayBuffer(),
  })
  expect(made.status).toBe(201)
  const vault = await fetch(`${worldloom.url}/api/v1/worlds/${id}/vault`, { headers: { 'x-api-key': key } })
  expect([vault.status, vault.headers.get('content-type')]).toEqual([200, 'application/zip'])
  await vault.arrayBuffer()
  return ['GET /worlds/{id}/archive', 'GET /worlds/{id}/vault', 'POST /worlds/import']
}

/** The same for images: apps/server/test/images.test.ts. */
async function fileOf(id: string, method: 'GET' | 'PUT'): Promise<string> {
  const body = new FormData()
  body.set(
    'file',
    new File(
      [
        await sharp({ create: { width: 9, height: 9, channels: 3, background: '#123' } })
          .png()
          .toBuffer(),
      ],
      'x',
    ),
  )
  const response = await fetch(`${worldloom.url}/api/v1/images/${id}/file`, {
    method,
    headers: { 'x-api-key': key, ...(method === 'PUT' && { 'if-match': '"1"' }) },
    ...(method === 'PUT' && { body }),
  })
  expect(response.status).toBe(200)
  return `${method} /images/{id}/file`
}

/** Streams are no JSON either: apps/server/test/live.test.ts checks what is in them. */
async function streamOf(worldId: string): Promise<string> {
  const stop = new AbortController()
  const { status } = await fetch(`${worldloom.url}/api/v1/worlds/${worldId}/changes`, {
    headers: { 'x-api-key': key },
    signal: stop.signal,
  })
  stop.abort()
  expect(status).toBe(200)
  return 'GET /worlds/{worldId}/changes'
}

const world = (await call('POST', '/worlds', { body: { name: 'REST' } })).body

describe('a kind as REST', () => {
  test('POST answers 201 with its Location; what is there is read, changed by its version and deleted', async () => {
    const story = (await call('POST', '/stories', { body: { worldId: world.id, name: 'Story' } })).body
    const made = await call('POST', '/acts', { body: { worldId: world.id, storyId: story.id, name: 'Act' } })
    expect(made.status).toBe(201)
    expect(made.headers.get('location')).toBe(`/api/v1/acts/${made.body.id}`)
    expect(made.headers.get('etag')).toBe('"1"')
    const read = await fetch(new URL(made.headers.get('location') ?? '', worldloom.url), {
      headers: { 'x-api-key': key },
    })
    expect(await read.json()).toEqual(made.body)

    const list = await call('GET', `/acts?worldId=${world.id}&storyId=${story.id}&limit=1`)
    expect(list.body.items.map(({ id }: { id: string }) => id)).toEqual([made.body.id])

    const changed = await call('PATCH', `/acts/${made.body.id}`, {
      body: { description: 'By REST' },
      headers: { 'if-match': made.headers.get('etag') ?? '' },
    })
    expect([changed.status, changed.headers.get('etag'), changed.body.description]).toEqual([200, '"2"', 'By REST'])

    const deleted = await call('DELETE', `/acts/${made.body.id}`, { headers: { 'if-match': '"2"' } })
    expect([deleted.status, deleted.body]).toEqual([200, { id: made.body.id, along: 0 }])
    expect((await call('GET', `/acts/${made.body.id}`)).status).toBe(404)
    expect((await call('POST', `/acts/${made.body.id}/restore`)).body.name).toBe('Act')
  })

  test('pages are followed by their cursors', async () => {
    for (const name of ['a', 'b', 'c']) await call('POST', '/things', { body: { worldId: world.id, name } })
    const names: string[] = []
    let cursor: string | null = null
    do {
      const query = new URLSearchParams({ worldId: world.id, sort: 'name', limit: '2', ...(cursor && { cursor }) })
      const { body } = await call('GET', `/things?${query}`)
      names.push(...body.items.map(({ name }: { name: string }) => name))
      cursor = body.nextCursor
    } while (cursor)
    expect(names).toEqual(['a', 'b', 'c'])
  })

  test('an ETag that is still good spares the body', async () => {
    const { headers } = await call('GET', `/worlds/${world.id}`)
    const again = await call('GET', `/worlds/${world.id}`, { headers: { 'if-none-match': headers.get('etag') ?? '' } })
    expect([again.status, again.body]).toEqual([304, undefined])
    const head = await fetch(`${worldloom.url}/api/v1/worlds/${world.id}`, {
      method: 'HEAD',
      headers: { 'x-api-key': key },
    })
    expect([head.status, head.headers.get('etag')]).toEqual([200, headers.get('etag')])
  })

  test('If-Match of yesterday is 412 with what it is now; none at all is 428', async () => {
    const { body } = await call('POST', '/personas', { body: { worldId: world.id, name: 'Wren' } })
    const change = (headers: Record<string, string>, more = {}) =>
      call('PATCH', `/personas/${body.id}`, { body: { epithet: 'the Sleepless', ...more }, headers })
    expect((await change({ 'if-match': '"1"' })).status).toBe(200)
    const stale = await change({ 'if-match': '"1"' })
    expect([stale.status, stale.body.reason]).toMatchObject([412, { kind: 'changed', current: { version: 2 } }])
    expect((await change({})).status).toBe(428)
    expect((await change({ 'if-match': '"x"' })).status).toBe(400)
    expect((await change({ 'if-match': '*' })).status).toBe(400)
    expect((await change({ 'if-match': '"2"' }, { version: 2 })).status).toBe(400)
    expect((await change({}, { version: 1 })).status).toBe(409)
    expect((await change({}, { version: 2 })).status).toBe(200)
    expect((await call('DELETE', `/personas/${body.id}`)).status).toBe(428)
  })

  test('the same creation sent twice with a key makes one', async () => {
    const send = (name: string) =>
      call('POST', '/books', { body: { worldId: world.id, name }, headers: { 'idempotency-key': 'k-1' } })
    const [one, two] = [await send('Once'), await send('Once')]
    expect([one.status, two.status, two.body]).toEqual([201, 201, one.body])
    expect((await send('Twice')).status).toBe(409)
  })

  test('the rest of what kinds can do', async () => {
    const make = async (plural: string, fields: object) =>
      (await call('POST', `/${plural}`, { body: { worldId: world.id, ...fields } })).body
    const story = await make('stories', { name: 'Rest' })
    const act = await make('acts', { name: 'Rest', storyId: story.id })
    const scene = await make('scenes', { name: 'Rest', actId: act.id })
    const second = await make('scenes', { name: 'Second', actId: act.id })
    const coast = await make('locations', { name: 'Coast' })
    const town = await make('locations', { name: 'Town', parentId: coast.id })
    const wren = await make('personas', { name: 'Rest' })
    const bell = await make('things', { name: 'Bell', ownerPersonaId: wren.id })
    const book = await make('books', { name: 'Rest', isbn: '978-3-16-148410-0' })
    const image = await make('images', { name: 'Rest' })
    called.add(await fileOf(image.id, 'PUT')).add(await fileOf(image.id, 'GET'))
    const put = (path: string, version: number, body: object) =>
      call('PUT', path, { body, headers: { 'if-match': `"${version}"` } })
    await put(`/scenes/${scene.id}/cast`, 1, { personaIds: [wren.id] })
    await put(`/scenes/${scene.id}/things`, 2, { thingIds: [bell.id] })
    expect((await put(`/scenes/${scene.id}/location`, 3, { locationId: town.id })).body.version).toBe(4)
    expect((await call('GET', `/scenes/${scene.id}/parts`)).body).toMatchObject({ location: { id: town.id } })
    await call('POST', `/scenes/${second.id}/move`, { body: { afterId: null } })
    await call('POST', `/acts/${act.id}/move`, { body: {} })
    const outline = await call('GET', `/stories/${story.id}/outline`)
    expect(outline.body.acts[0].scenes.map(({ id }: { id: string }) => id)).toEqual([second.id, scene.id])
    expect((await call('GET', `/stories/${story.id}/contents`)).body).toEqual({ total: 3, kinds: { act: 1, scene: 2 } })
    await call('POST', `/books/${book.id}/stories`, { body: { storyId: story.id } })
    await call('POST', `/books/${book.id}/stories/${story.id}/move`, { body: { afterId: null } })
    expect((await call('GET', `/books/${book.id}/stories`)).body.items).toHaveLength(1)
    await call('DELETE', `/books/${book.id}/stories/${story.id}`)
    expect((await call('GET', `/locations/${coast.id}/children`)).body.items).toHaveLength(1)
    expect((await call('GET', `/locations/${town.id}/ancestors`)).body.items).toHaveLength(1)
    const roots = await call('GET', `/locations?worldId=${world.id}&parentId=null`)
    expect(roots.body.items.map(({ id }: { id: string }) => id)).toEqual([coast.id])
    expect((await call('GET', `/worlds/${world.id}/overview`)).body.counts.scene).toBe(2)
    expect((await call('GET', `/worlds/${world.id}/trash`)).status).toBe(200)
    const history = await call('GET', `/worlds/${world.id}/history?kind=scene&limit=1`)
    expect(history.body.items).toMatchObject([{ action: 'move', kind: 'scene', subjectId: second.id }])
    expect((await call('GET', `/entries/${scene.id}/version?at=1`)).body).toMatchObject({
      version: 1,
      isCurrent: false,
    })
    called.add(await streamOf(world.id))
    const synced = await call('GET', `/worlds/${world.id}/sync?limit=2`)
    expect(
      (await call('GET', `/worlds/${world.id}/sync?since=${synced.body.next}`)).body.entries.length,
    ).toBeGreaterThan(2)
    const gone = await call('GET', `/worlds/${world.id}/sync?since=${world.id}:999`)
    expect([gone.status, gone.body.reason.kind]).toEqual([410, 'syncAnew'])
    const presence = `/worlds/${world.id}/presence`
    const tab = '5f6b1e2c-8f0a-4c7e-9d3b-2a1b3c4d5e6f'
    expect((await call('PUT', `${presence}/${tab}`, { body: { field: 'name' } })).body.items).toHaveLength(1)
    expect((await call('GET', presence)).body.items[0].clientId).toBe(tab)
    expect((await call('DELETE', `${presence}/${tab}`)).body.id).toBe(tab)
    const made = await call('POST', `/worlds/${world.id}/webhooks`, { body: { url: 'https://127.0.0.1/' } })
    expect(made.headers.get('location')).toBe(`/api/v1/webhooks/${made.body.id}`)
    const webhook = `/webhooks/${made.body.id}`
    expect((await call('GET', `/worlds/${world.id}/webhooks`)).body.items).toHaveLength(1)
    expect((await call('GET', webhook)).headers.get('etag')).toBe('"1"')
    const off = { headers: { 'if-match': '"1"' }, body: { isActive: false } }
    expect((await call('PATCH', webhook, off)).body).toMatchObject({ isActive: false, offBecause: 'owner' })
    expect((await call('POST', `${webhook}/rotate`)).body.secret).toMatch(/^whsec_/)
    expect((await call('POST', `${webhook}/ping`)).body).toMatchObject({ event: 'ping', status: null })
    const { body: deliveries } = await call('GET', `${webhook}/deliveries`)
    const resent = await call('POST', `/webhook-deliveries/${deliveries.items[0].id}/resend`)
    expect(resent.body.messageId).toBe(deliveries.items[0].messageId)
    expect((await call('DELETE', webhook)).body.id).toBe(made.body.id)
    const described = await call('PATCH', `/worlds/${world.id}`, {
      headers: { 'if-match': `"${world.version}"` },
      body: { description: 'Undone' },
    })
    const undone = await call('POST', `/worlds/${world.id}/undo`, {
      body: { requestId: described.headers.get('x-request-id') },
    })
    expect(undone.body).toEqual({ undone: 1 })
    const diff = await call('GET', `/entries/${scene.id}/diff?from=3`)
    expect(diff.body.fields).toEqual([{ field: 'locationId', before: null, after: town.id }])
    const restored = await call('POST', `/entries/${scene.id}/restore`, {
      headers: { 'if-match': '"4"' },
      body: { to: 3 },
    })
    expect(restored.body).toMatchObject({ version: 5, fields: { locationId: null } })
    for (const { plural } of Object.values(entities)) {
      const { body } = await call('GET', `/${plural}?worldId=${world.id}&order=asc`)
      const first = body.items[0] ?? (await make(plural, { name: 'Rest' }))
      expect((await call('GET', `/${plural}/${first.id}`)).body).toMatchObject(first)
      expect((await call('GET', `/${plural}/by-name?worldId=${world.id}&name=${first.name}`)).body.id).toBe(first.id)
      expect((await call('GET', `/${plural}/${first.id}/contents`)).status).toBe(200)
      const table = { worldId: world.id, where: [{ field: 'name', is: 'is', values: [first.name] }] }
      expect((await call('POST', `/${plural}/table`, { body: table })).body.items).toMatchObject([{ id: first.id }])
      expect((await call('POST', `/${plural}/tally`, { body: table })).body).toEqual({ total: 1, groups: [] })
      const headers = { 'if-match': `"${first.version}"` }
      await call('PATCH', `/${plural}/${first.id}`, { headers, body: { body: 'Words' } })
      await call('DELETE', `/${plural}/${first.id}`, { headers: { 'if-match': `"${first.version + 1}"` } })
      expect((await call('POST', `/${plural}/${first.id}/restore`)).status).toBe(200)
    }
  })
})

describe('worlds and people as REST', () => {
  test('worlds', async () => {
    const { body } = await call('POST', '/worlds', { body: { name: 'Second' } })
    expect((await call('GET', '/worlds?limit=1')).body.nextCursor).toEqual(expect.any(String))
    expect((await call('GET', '/worlds/by-name?name=second')).body.id).toBe(body.id)
    await call('PATCH', `/worlds/${body.id}`, { body: { visibility: 'public' }, headers: { 'if-match': '"1"' } })
    await call('DELETE', `/worlds/${body.id}`, { headers: { 'if-match': '"2"' } })
    expect((await call('POST', `/worlds/${body.id}/restore`)).body.visibility).toBe('public')
  })

  test('members and invitations; joining is for people', async () => {
    const { key: managing } = await mira.client.apiKey.create.mutate({
      name: 'Members',
      roles: ['user'],
      permissions: ['member:read', 'member:update'],
    })
    const path = `/worlds/${world.id}/invitations`
    const made = await call('POST', path, { body: { role: 'viewer', maxUses: 5 }, as: managing })
    expect(made.status).toBe(201)
    const token = new URL(made.body.link).searchParams.get('token') ?? ''
    expect((await call('POST', '/invitations/accept', { body: { token } })).status).toBe(403)
    const theo = await person(worldloom, db, 'viewer')
    const minted = (await (await theo.browser.open('/auth/token', { method: 'POST' })).json()) as {
      access_token: string
    }
    const bearer = { as: null, headers: { authorization: `Bearer ${minted.access_token}` } }
    expect((await call('GET', `/invitations/by-token?token=${token}`, bearer)).body.role).toBe('viewer')
    await call('POST', '/invitations/accept', { ...bearer, body: { token } })
    expect((await call('GET', `/worlds/${world.id}/members`, { as: managing })).body.items).toHaveLength(2)
    await call('PATCH', `/worlds/${world.id}/members/${theo.id}`, { as: managing, body: { role: 'editor' } })
    await call('DELETE', `/worlds/${world.id}/members/${theo.id}`, { as: managing })
    await call('POST', '/invitations/accept', { ...bearer, body: { token } })
    await call('POST', `/worlds/${world.id}/leave`, bearer)
    expect((await call('GET', path, { as: managing })).body.items).toHaveLength(1)
    await call('DELETE', `/invitations/${made.body.id}`, { as: managing })
    const links = `/worlds/${world.id}/share-links`
    const link = await call('POST', links, { as: managing, body: { label: 'Readers', maxUses: 3 } })
    expect(link.status).toBe(201)
    expect((await call('GET', links, { as: managing })).body.items).toHaveLength(1)
    expect((await call('GET', `/share-links/${link.body.id}/visits`, { as: managing })).body.items).toEqual([])
    const revoked = await call('POST', `/share-links/${link.body.id}/revoke`, { as: managing })
    expect(revoked.body).toMatchObject({ isOpen: false, label: 'Readers' })
    const sets = `/worlds/${world.id}/change-sets`
    const changes = [{ action: 'create', kind: 'thing', fields: { name: 'Proposed rope' } }]
    const proposed = await call('POST', sets, { body: { title: 'A rope', changes } })
    expect(proposed.status).toBe(201)
    expect(proposed.headers.get('location')).toBe(`/api/v1/change-sets/${proposed.body.id}`)
    expect((await call('GET', `${sets}?status=pending`)).body.items).toHaveLength(1)
    expect((await call('GET', `${sets}/count`)).body).toEqual({ pending: 1 })
    const seen = await call('GET', `/change-sets/${proposed.body.id}`)
    expect(seen.body.changes).toMatchObject([{ action: 'create', displayName: 'Proposed rope' }])
    const dismissed = await call('POST', `/change-sets/${proposed.body.id}/dismiss`)
    expect(dismissed.body.status).toBe('dismissed')
    const other = (await call('POST', '/worlds', { body: { name: 'Handed on' } })).body
    await db.insertInto('worldMembers').values({ worldId: other.id, userId: theo.id, role: 'viewer' }).execute()
    const mine = (await (await mira.browser.open('/auth/token', { method: 'POST' })).json()) as { access_token: string }
    const transferred = await call('POST', `/worlds/${other.id}/transfer`, {
      as: null,
      headers: { authorization: `Bearer ${mine.access_token}` },
      body: { userId: theo.id },
    })
    expect(transferred.body.ownerId).toBe(theo.id)
  })

  test('what is going to be gone says so, in REST and in tRPC', async () => {
    const answered = await call('GET', '/examples/deprecated', { as: null })
    const inTrpc = await fetch(`${worldloom.url}/trpc/examples.deprecated`)
    for (const { status, headers } of [answered, inTrpc]) {
      expect(status).toBe(200)
      // RFC 9745 and RFC 8594.
      expect(headers.get('deprecation')).toBe(`@${Date.UTC(2026, 10, 30) / 1000}`)
      expect(headers.get('sunset')).toBe('Fri, 01 Jan 2100 00:00:00 GMT')
    }
    expect((await call('GET', '/me')).headers.has('deprecation')).toBe(false)
  })

  test('me, users, roles, permissions, keys', async () => {
    const me = await call('GET', '/me')
    expect(me.body).toMatchObject({ id: mira.id, signedInWith: 'apiKey' })
    expect((await call('GET', '/me/may?procedure=world.create')).body).toMatchObject({ may: true, reason: null })
    const names = { firstName: 'Mira', lastName: 'Castellan' }
    expect((await call('PATCH', '/me', { body: names, headers: { 'if-match': `"${me.body.version}"` } })).status).toBe(
      200,
    )
    const as = adminKey
    const made = await call('POST', '/users', {
      as,
      body: { email: 'new@example.com', firstName: 'New', lastName: 'One' },
    })
    expect(made.headers.get('location')).toBe(`/api/v1/users/${made.body.id}`)
    const user = `/users/${made.body.id}`
    const renamed = await call('PATCH', user, {
      as,
      body: names,
      headers: { 'if-match': made.headers.get('etag') ?? '' },
    })
    expect(renamed.body.displayName).toBe('Mira Castellan')
    expect((await call('GET', '/users?isActive=true&limit=1', { as })).body.items).toHaveLength(1)
    expect((await call('GET', '/users?isActive=false', { as })).body.items).toEqual([])
    await call('GET', user, { as })
    expect((await call('GET', `${user}/may?procedure=audit.list`, { as })).body).toMatchObject({
      ...{ may: false, reason: { kind: 'notPermitted', roles: ['admin'] } },
    })
    await call('PUT', `${user}/roles/viewer`, { as })
    await call('DELETE', `${user}/roles/viewer`, { as })
    await call('POST', `${user}/second-factors/reset`, { as })
    await call('POST', `${user}/deactivate`, { as })
    await call('POST', `${user}/activate`, { as })
    expect((await call('DELETE', user, { as })).body).toEqual({ id: made.body.id })
    expect((await call('DELETE', `/users/${mira.id}`, { as })).status).toBe(409)

    await call('POST', '/permissions', { as, body: { name: 'forge:light' } })
    await call('GET', '/permissions', { as })
    const counted = await call('GET', '/jobs/counts', { as })
    expect(counted.body.items.map(({ name }: { name: string }) => name)).toContain('mail')
    await call('GET', '/jobs?limit=5&state=failed', { as })
    const failing = await sql<{ id: string }>`insert into pgboss.job (name, state, data, completed_on)
      values ('mail', 'failed', '{}', now()) returning id`.execute(db)
    const job = `/jobs/mail/${failing.rows[0]?.id}`
    expect((await call('POST', `${job}/retry`, { as })).status).toBe(200)
    expect((await call('DELETE', job, { as })).status).toBe(200)
    expect((await call('DELETE', job, { as })).status).toBe(404)
    const hook = (await call('POST', `/worlds/${world.id}/webhooks`, { body: { url: 'https://127.0.0.1/' } })).body.id
    const later = { failures: 1, failingSince: new Date(), nextAttemptAt: new Date(Date.now() + 60_000) }
    await db.updateTable('webhooks').set(later).where('id', '=', hook).execute()
    expect((await call('GET', '/jobs/webhooks', { as })).body.items).toMatchObject([{ id: hook, host: '127.0.0.1' }])
    expect((await call('POST', `/jobs/webhooks/${hook}/retry`, { as })).body.id).toBe(hook)
    await call('DELETE', `/webhooks/${hook}`)
    const { key: allKey } = await admin.client.apiKey.create.mutate({
      name: 'All of it',
      permissions: (await admin.client.me.get.query()).permissions,
    })
    const all = { as: allKey }
    await call('POST', '/roles', { ...all, body: { name: 'smith', permissions: ['forge:light'] } })
    await call('GET', '/roles', all)
    await call('PATCH', '/roles/smith', { ...all, body: { description: 'Lights forges' } })
    await call('PUT', '/roles/smith/permissions/world:read', all)
    const trial = await call('POST', '/roles/smith/try', { ...all, body: { permissions: [] } })
    expect(trial.body).toEqual({ days: 30, calls: 0, people: 0, items: [] })
    await call('DELETE', '/roles/smith/permissions/world:read', all)
    expect((await call('GET', '/roles/smith', all)).body.permissions).toEqual(['forge:light'])
    await call('DELETE', '/roles/smith', all)
    await call('DELETE', '/permissions/forge:light', all)

    const one = await call('POST', '/api-keys', { as, body: { name: 'Made by REST', permissions: ['world:read'] } })
    const path = `/api-keys/${one.body.id}`
    await call('GET', '/api-keys', { as })
    await call('GET', path, { as })
    await call('PATCH', path, { as, body: { description: 'Renamed', monthlyRequests: 1000, monthlyCost: 1.5 } })
    const { body: usage } = await call('GET', `${path}/usage`, { as })
    expect(usage.permissionUses).toEqual([{ name: 'world:read', lastUsedAt: null, isUnused: false }])
    await call('POST', `${path}/drop-permissions`, { as, body: { permissions: ['world:read'] } })
    await call('POST', `${path}/deactivate`, { as })
    await call('POST', `${path}/activate`, { as })
    expect((await call('POST', `${path}/rotate`, { as, body: { overlapHours: 1 } })).body.key).toMatch(/^wl_/)
    await call('DELETE', path, { as })

    const redirectUris = ['https://app.example/callback']
    const app = await call('POST', '/oauth-clients', {
      as,
      body: { name: 'By REST', redirectUris, isConfidential: true },
    })
    expect(app.body).toMatchObject({ redirectUris, isConfidential: true, secret: expect.any(String) })
    expect((await call('GET', '/oauth-clients', { as })).body.items[0].name).toBe('By REST')
    const granted = { client: app.body, permissions: ['world:read'], worldIds: undefined, expiresAt: null }
    const owner = await findUserGrants(db, admin.id)
    const grant = await createGrant(db, operator, owner, { ...granted, grantId: 'by-rest' })
    expect((await call('GET', '/grants', { as })).body.items).toMatchObject([{ id: grant.id, worlds: null }])
    await call('DELETE', `/grants/${grant.id}`, { as })
    await call('DELETE', `/oauth-clients/${app.body.id}`, { as })
  })

  test('movies, for whoever is signed in by whatever means', async () => {
    await db.deleteFrom('movies').execute()
    await seedMovies(db)
    const { body } = await call('GET', '/movies?releasedSince=1990&minRating=9')
    expect(body.items).toHaveLength(4)
    expect((await call('GET', `/movies/${body.items[0].movieId}`)).body).toEqual(body.items[0])
    expect((await call('GET', '/movies', { as: null })).status).toBe(401)
    const session = await mira.browser.open('/api/v1/movies?minRating=9.3')
    expect([session.status, ((await session.json()) as { items: unknown[] }).items.length]).toEqual([200, 1])
  })

  test('conversations with the model; what it proposes a person confirms', async () => {
    expect((await call('GET', '/chat/status')).body).toMatchObject({ isConfigured: true, model: 'test-model' })
    const made = await call('POST', '/conversations', { body: { worldId: world.id } })
    expect(made.headers.get('location')).toBe(`/api/v1/conversations/${made.body.id}`)
    const path = `/conversations/${made.body.id}`
    const fields = { name: 'Proposed' }
    endpoint.answer(
      calls(['proposeCreate', { kind: 'thing', fields }], ['proposeCreate', { kind: 'persona', fields }]),
      says('There.'),
    )
    const answer = await call('POST', `${path}/messages`, { body: { text: 'Propose two' } })
    expect(answer.body).toMatchObject({ role: 'assistant', status: 'complete', parts: expect.any(Array) })
    const { body } = await call('GET', path)
    expect(body.proposals).toHaveLength(2)
    const token = await accessToken(mira)
    const bearer = { as: null, headers: { authorization: `Bearer ${token}` }, body: {} }
    // Tools run concurrently, in any order.
    const [first, second] = ['thing', 'persona'].map(
      (kind) => `/chat/proposals/${body.proposals.find((proposal: { kind: string }) => proposal.kind === kind).id}`,
    )
    expect((await call('POST', `${first}/confirm`, { body: {} })).status).toBe(403)
    const confirmed = await call('POST', `${first}/confirm`, bearer)
    expect(confirmed.body).toMatchObject({ status: 'confirmed' })
    expect((await call('GET', `/things/${confirmed.body.entityId}`)).body).toMatchObject(fields)
    expect((await call('POST', `${second}/dismiss`, bearer)).body.status).toBe('dismissed')
    await call('POST', `/chat/answers/${answer.body.id}/stop`)
    await call('POST', `${path}/show`, { body: { messageId: answer.body.id } })
    expect((await call('GET', `${path}/export?format=json`)).body.text).toContain('There.')
    expect((await call('PATCH', path, { body: { title: 'Two things' } })).body.title).toBe('Two things')
    expect((await call('GET', '/conversations?search=two')).body.items).toHaveLength(1)
    await call('DELETE', path)
    await call('POST', `${path}/restore`)
  })

  test('tags, links, mentions, search, graph, timeline and continuity', async () => {
    const inWorld = `/worlds/${world.id}`
    const entry = async (plural: string, body: object) =>
      (await call('POST', `/${plural}`, { body: { worldId: world.id, ...body } })).body
    const ada = await entry('personas', { name: 'Ada of the Lamps', bornOn: '400' })
    const bo = await entry('personas', { name: 'Bo of the Lamps', isPlaceholder: true })
    const letter = await entry('things', {
      name: 'A lamp letter',
      body: `[@Bo](entry:${bo.id}) wrote to Ada of the Lamps.`,
    })

    const tag = (await call('POST', `${inWorld}/tags`, { body: { name: 'Lamps' } })).body
    const other = (await call('POST', `${inWorld}/tags`, { body: { name: 'Lights' } })).body
    expect((await call('GET', `${inWorld}/tags`)).body.items).toHaveLength(2)
    await call('GET', `/tags/${tag.id}`)
    await call('PATCH', `/tags/${tag.id}`, { body: { color: 'teal' }, headers: { 'if-match': '"1"' } })
    const { body: tagged } = await call('PUT', `/entries/${ada.id}/tags`, {
      body: { tagIds: [tag.id] },
      headers: { 'if-match': '"1"' },
    })
    expect(tagged.tags).toHaveLength(1)
    await call('GET', `/entries/${ada.id}/tags`)
    expect((await call('GET', `/tags/${tag.id}/entries`)).body.items).toMatchObject([{ id: ada.id }])
    const both = [ada.id, bo.id]
    const many = async (change: string, body: object) =>
      (await call('POST', `${inWorld}/entries/${change}`, { body: { ids: both, ...body } })).body
    expect(await many('tag', { add: [other.id] })).toEqual({ changed: 2 })
    expect(await many('tag', { remove: [other.id] })).toEqual({ changed: 2 })
    expect(await many('delete', {})).toEqual({ changed: 2, along: 0 })
    expect(await many('restore', {})).toEqual({ changed: 2 })
    const inner = await entry('locations', { name: 'Lamp room' })
    const outer = await entry('locations', { name: 'Lamp house' })
    expect(await many('move', { ids: [inner.id], parentId: outer.id })).toEqual({ changed: 1 })
    const { body: view } = await call('POST', `${inWorld}/views`, {
      body: { kind: 'persona', name: 'Lamp folk', settings: { layout: 'table', sort: 'name' } },
    })
    expect((await call('GET', `${inWorld}/views?kind=persona`)).body.items).toEqual([view])
    const changed = await call('PATCH', `/views/${view.id}`, {
      body: { name: 'All lamp folk' },
      headers: { 'if-match': '"1"' },
    })
    expect(changed.body).toMatchObject({ name: 'All lamp folk', version: 2 })
    expect((await call('DELETE', `/views/${view.id}`, { headers: { 'if-match': '"2"' } })).body.id).toBe(view.id)
    expect((await call('PUT', `/entries/${ada.id}/pin`)).body).toEqual({ id: ada.id, isPinned: true })
    expect((await call('GET', `${inWorld}/pins`)).body.items).toMatchObject([{ id: ada.id }])
    expect((await call('DELETE', `/entries/${ada.id}/pin`)).body).toEqual({ id: ada.id, isPinned: false })
    const merged = await call('POST', `/tags/${tag.id}/merge`, {
      body: { intoId: other.id },
      headers: { 'if-match': '"2"' },
    })
    expect(merged.body.entries).toBe(1)
    await call('DELETE', `/tags/${other.id}`, { headers: { 'if-match': '"1"' } })

    const chart = await entry('images', { name: 'A lamp chart' })
    const { body: map } = await call('POST', `${inWorld}/maps`, { body: { name: 'Lamps', imageId: chart.id } })
    expect((await call('GET', `${inWorld}/maps`)).body.items).toMatchObject([{ id: map.id, count: 0 }])
    await call('PATCH', `/maps/${map.id}`, { body: { unit: 'miles' }, headers: { 'if-match': '"1"' } })
    const { body: marker } = await call('POST', `/maps/${map.id}/markers`, {
      body: { entityId: ada.id, points: [[0.5, 0.5]] },
    })
    const lit = await call('PATCH', `/markers/${marker.id}`, {
      body: { color: 'yellow' },
      headers: { 'if-match': '"1"' },
    })
    expect(lit.body).toMatchObject({ color: 'yellow', points: [[0.5, 0.5]] })
    expect((await call('GET', `/maps/${map.id}`)).body.markers).toMatchObject([{ entry: { id: ada.id } }])
    expect((await call('GET', `/entries/${ada.id}/maps`)).body.items).toMatchObject([{ how: 'marked' }])
    await call('DELETE', `/markers/${marker.id}`, { headers: { 'if-match': '"2"' } })
    await call('DELETE', `/maps/${map.id}`, { headers: { 'if-match': '"2"' } })

    const kind = (
      await call('POST', `${inWorld}/link-kinds`, { body: { name: 'lights up', inverseName: 'lit up by' } })
    ).body
    expect((await call('GET', `${inWorld}/link-kinds`)).body.items.length).toBeGreaterThan(12)
    await call('GET', `/link-kinds/${kind.id}`)
    await call('PATCH', `/link-kinds/${kind.id}`, { body: { name: 'lights' }, headers: { 'if-match': '"1"' } })
    const ends = { linkKindId: kind.id, fromId: ada.id, toId: bo.id }
    const link = (await call('POST', `${inWorld}/links`, { body: ends })).body
    await call('GET', `/links/${link.id}`)
    expect(
      (await call('PATCH', `/links/${link.id}`, { body: { note: 'At dusk' }, headers: { 'if-match': '"1"' } })).body
        .version,
    ).toBe(2)
    expect((await call('GET', `/entries/${ada.id}/links`)).body.items).toMatchObject([{ label: 'lights' }])
    expect((await call('GET', `/entries/${ada.id}/graph?depth=2`)).body.nodes).toHaveLength(3)
    expect((await call('GET', `${inWorld}/graph?limit=5`)).body.isCut).toBe(true)

    expect((await call('GET', `/entries/${bo.id}/mentions`)).body.items).toMatchObject([
      { sentence: 'Bo wrote to Ada of the Lamps.' },
    ])
    expect((await call('GET', `/entries/${letter.id}/names`)).body.items).toHaveLength(1)
    expect(
      (await call('POST', `/entries/${letter.id}/names`, { body: {}, headers: { 'if-match': '"1"' } })).body.mentions,
    ).toBe(1)
    expect((await call('GET', `${inWorld}/placeholders`)).body.items).toMatchObject([{ id: bo.id }])

    expect((await call('GET', `${inWorld}/empty`)).body.items).toEqual(expect.any(Array))
    expect((await call('GET', `${inWorld}/progress?days=7`)).body.days).toHaveLength(7)

    expect((await call('GET', `/search?worldId=${world.id}&text=lamps&kinds=persona`)).body.items).toHaveLength(2)
    expect((await call('GET', `/search/suggestions?worldId=${world.id}&text=ada%20of`)).body.items).toHaveLength(1)
    expect((await call('GET', `${inWorld}/calendar/date?text=12%20May%20412`)).body.date).toBe('412-05-12')
    expect((await call('POST', `${inWorld}/calendar/preview`, { body: { calendar: null } })).body.renamed).toBe(0)
    expect((await call('GET', `${inWorld}/timeline?of=${ada.id}`)).body.items).toMatchObject([
      { field: 'bornOn', text: '400 AD' },
    ])

    const story = await entry('stories', { name: 'A lamp story' })
    const act = await entry('acts', { name: 'A lamp act', storyId: story.id })
    const scene = await entry('scenes', { name: 'Before her birth', actId: act.id, happensOn: '399' })
    await call('PUT', `/scenes/${scene.id}/cast`, { body: { personaIds: [ada.id] }, headers: { 'if-match': '"1"' } })
    const [finding] = (await call('GET', `${inWorld}/continuity`)).body.findings
    expect(finding).toMatchObject({ rule: 'beforeBirth' })
    const dismissal = await call('POST', `${inWorld}/continuity/dismissals`, {
      body: { key: finding.key, reason: 'A dream' },
    })
    await call('DELETE', `/continuity-dismissals/${dismissal.body.id}`, { headers: { 'if-match': '"1"' } })
    await call('DELETE', `/links/${link.id}`, { headers: { 'if-match': '"2"' } })
    await call('DELETE', `/link-kinds/${kind.id}`, { headers: { 'if-match': '"2"' } })
  })

  test('worlds as files', async () => {
    for (const operation of await fileOfWorld(world.id)) called.add(operation)
  })

  test('every operation of the document was called, and answered as it says', () => {
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(operations.length).toBeGreaterThan(110)
    expect(operations.filter((operation) => !called.has(operation))).toEqual([])
  })
})

describe('rule 32: what is wrong with a request is said in a sentence', () => {
  const worldId = world.id
  test.each([
    ['limit=0', 'limit'],
    ['limit=1000000', 'limit'],
    ['limit=ten', 'limit'],
    ['limit=5&limit=6', 'limit'],
    ['sort=secret', 'sort'],
    ['made=up', 'made'],
    ['__proto__=1', '__proto__'],
    ['constructor=1', 'constructor'],
    ['cursor=%00', undefined],
    ['search=%00', 'search'],
  ])('GET /acts?%s', async (query, field) => {
    const { status, body } = await call('GET', `/acts?worldId=${worldId}&${query}`)
    expect(status).toBe(400)
    if (field) expect(Object.keys(body.reason.fields)).toContain(field)
  })

  test.each([
    ['GET', '/acts/not-an-id', undefined, 400],
    ['GET', '/acts/%00', undefined, 400],
    ['GET', '/acts/%E0%A4%A', undefined, 400],
    ['GET', '/nothing', undefined, 404],
    ['PUT', '/acts', {}, 405],
    ['DELETE', '/worlds', undefined, 405],
    ['POST', '/acts', '{', 400],
    ['POST', '/acts', '[]', 400],
    ['POST', '/acts', 'null', 400],
    ['POST', '/acts', `{"name":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, 400],
    ['POST', '/personas', { worldId, name: 'x', description: 'x'.repeat(1_000_000) }, 400],
    ['POST', '/personas', { worldId, name: '\ud800' }, 400],
    ['POST', '/personas', { worldId, name: 'x', ownerId: worldId }, 400],
  ])('%s %s with %.60j is %i', async (method, path, body, status) => {
    const answer = await call(method, path, { body })
    expect(answer.status).toBe(status)
    expect(answer.body.detail).toMatch(/\w+ \w+/)
    expect(answer.body.requestId).toBe(answer.headers.get('x-request-id'))
  })

  test('forms are not JSON; who is not known is told so before anything else', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await call('POST', '/acts', { body: 'name=x', headers: form })).status).toBe(415)
    expect((await call('POST', '/acts', { body: '{', as: null })).status).toBe(401)
    expect((await call('POST', '/acts', { body: '{', as: 'wl_nonsense' })).status).toBe(401)
  })

  test('405 says what may be done', async () => {
    expect((await call('PUT', '/acts', { body: {} })).headers.get('allow')).toBe('GET, POST, HEAD')
  })
})

test('the document is served, and docs with scripts from here alone', async () => {
  const served = await fetch(`${worldloom.url}/api/v1/openapi.json`)
  expect(await served.json()).toEqual(document)
  const page = await fetch(`${worldloom.url}/docs`)
  expect(page.status).toBe(200)
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self';")
  const html = await page.text()
  expect([...html.matchAll(/src="([^"]+)"/g)].map(([, src]) => src)).toEqual(['/docs/reference.js'])
  const script = await fetch(`${worldloom.url}/docs/reference.js`)
  expect([script.status, script.headers.get('content-type')]).toEqual([200, expect.stringContaining('javascript')])
  expect((await script.text()).length).toBeGreaterThan(1_000_000)
})
