import { createDatabase } from '@worldloom/db'
import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { type Person, person } from './access.ts'
import { startTestWorldloom } from './worldloom.ts'

const worldloom = await startTestWorldloom({ IMPORT_LIMIT: '1mb' })
const { db, close } = createDatabase(worldloom.database.url)
afterAll(close)

const mira = await person(worldloom, db, 'user')
const theo = await person(worldloom, db, 'user')
const reader = await person(worldloom, db, 'viewer')
const world = await mira.client.world.create.mutate({ name: 'Coast' })
const wren = await mira.client.persona.create.mutate({ worldId: world.id, name: 'Wren', body: 'She counts.' })
const png = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
  .png()
  .toBuffer()

async function exported({ browser }: Person = mira, id = world.id): Promise<Response> {
  return await browser.open(`/api/v1/worlds/${id}/archive`)
}

async function imported(
  body: string | ArrayBuffer | Uint8Array<ArrayBuffer>,
  { browser }: Person = mira,
  query = '',
): Promise<Response> {
  return await browser.open(`/api/v1/worlds/import${query}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/zip' },
  })
}

describe('a world as a file', () => {
  test('is exported by its editors and imported by anybody who may make worlds, as a world of their own', async () => {
    const form = new FormData()
    form.set('worldId', world.id)
    form.set('file', new File([new Uint8Array(png)], 'map.png'))
    const image = (await (await mira.browser.open('/api/v1/images', { method: 'POST', body: form })).json()) as {
      id: string
      checksum: string
    }
    const { version } = await mira.client.persona.byId.query({ id: wren.id })
    await mira.client.persona.update.mutate({ id: wren.id, version, coverId: image.id })
    const map = await mira.client.map.create.mutate({ worldId: world.id, name: 'Map', imageId: image.id })
    await mira.client.marker.create.mutate({ mapId: map.id, entityId: wren.id, points: [[0.2, 0.3]] })

    // One without a file beside it.
    await mira.client.image.create.mutate({ worldId: world.id, name: 'Still to be drawn' })
    const file = await exported()
    expect(file.status).toBe(200)
    expect(file.headers.get('content-type')).toBe('application/zip')
    expect(file.headers.get('content-disposition')).toContain('Coast.worldloom')
    expect(file.headers.get('cache-control')).toBe('private, no-store')
    const bytes = await file.arrayBuffer()
    expect(bytes.byteLength).toBe(Number(file.headers.get('content-length')))

    const made = await imported(bytes, theo, '?name=Copy')
    expect(made.status).toBe(201)
    const { id, name, entities } = (await made.json()) as { id: string; name: string; entities: number }
    expect({ name, entities }).toEqual({ name: 'Copy', entities: 3 })
    expect(made.headers.get('location')).toBe(`/api/v1/worlds/${id}`)
    const [copy] = (await theo.client.persona.list.query({ worldId: id })).items
    expect(copy).toMatchObject({ name: 'Wren' })
    expect(copy?.id).not.toBe(wren.id)
    const [cover] = (await theo.client.image.list.query({ worldId: id, sort: 'createdAt', order: 'asc' })).items
    expect(cover).toMatchObject({ id: copy?.coverId, checksum: image.checksum })
    const [mapCopy] = (await theo.client.map.list.query({ worldId: id })).items
    expect((await theo.client.map.byId.query({ id: mapCopy?.id ?? '' })).markers).toMatchObject([
      { entityId: copy?.id, points: [[0.2, 0.3]] },
    ])
    // Not again under the same name, and nothing of it is left behind.
    const again = await imported(bytes, theo, '?name=Copy')
    expect(again.status).toBe(409)
    expect((await theo.client.world.list.query({})).items).toHaveLength(1)
  })

  test('is nobody’s who could not see its trash', async () => {
    expect((await exported(theo)).status).toBe(404)
    expect((await exported(mira, wren.id)).status).toBe(404)
    expect((await mira.browser.open('/api/v1/worlds/none/archive')).status).toBe(400)
    expect((await fetch(`${worldloom.url}/api/v1/worlds/${world.id}/archive`)).status).toBe(401)
    await db.insertInto('worldMembers').values({ worldId: world.id, userId: theo.id, role: 'viewer' }).execute()
    expect((await exported(theo)).status).toBe(403)
  })

  test('is refused with what is wrong with it', async () => {
    const problem = async (response: Response) => ({ status: response.status, text: await response.text() })
    expect(await problem(await imported('no zip at all'))).toMatchObject({
      status: 400,
      text: expect.stringContaining('broken or cut off'),
    })
    const bytes = new Uint8Array(await (await exported()).arrayBuffer())
    const damaged = bytes.slice()
    damaged[200] = (damaged[200] ?? 0) ^ 0xff
    expect((await imported(damaged)).status).toBe(400)
    expect((await imported(bytes.slice(0, bytes.length / 2))).status).toBe(400)
    expect((await imported(bytes, reader)).status).toBe(403)
    expect((await imported(new Uint8Array(2_000_000))).status).toBe(413)
    const asJson = await mira.browser.open('/api/v1/worlds/import', {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    })
    expect(asJson.status).toBe(415)
  })
})
