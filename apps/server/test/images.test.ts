import { mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createDatabase } from '@worldloom/db'
import { ImageStore } from '@worldloom/images'
import { sql } from 'kysely'
import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { sweepImages } from '../src/sweepImages.ts'
import { type Person, person } from './access.ts'
import { startTestWorldloom } from './worldloom.ts'

const worldloom = await startTestWorldloom()
const { db, close } = createDatabase(worldloom.database.url)
afterAll(close)

const mira = await person(worldloom, db, 'user')
const theo = await person(worldloom, db, 'user')
const world = await mira.client.world.create.mutate({ name: 'Pictures' })

function picture(width = 64, height = 48) {
  const pixels = Buffer.from(Array.from({ length: width * height * 3 }, (_, index) => (index * index * 7) % 256))
  return sharp(pixels, { raw: { width, height, channels: 3 } })
}
const png = await picture(800, 600).png().toBuffer()

interface Made {
  readonly id: string
  readonly version: number
  readonly checksum: string
  readonly [field: string]: unknown
}

function form(bytes: Uint8Array, fields: Record<string, string> = {}, fileName = 'harbour map.png'): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.set(name, value)
  data.set('file', new File([bytes as Uint8Array<ArrayBuffer>], fileName, { type: 'text/html' }))
  return data
}

async function upload(body: FormData, { browser }: Person = mira): Promise<Response> {
  return await browser.open('/api/v1/images', { method: 'POST', body })
}

async function uploaded(fields: Record<string, string> = {}, bytes: Uint8Array = png): Promise<Made> {
  const response = await upload(form(bytes, { worldId: world.id, ...fields }))
  expect(response.status).toBe(201)
  return (await response.json()) as Made // as the document says
}

async function sizeAttempts(id: string) {
  const row = await db.selectFrom('images').select('sizeAttemptsLeft').where('id', '=', id).executeTakeFirst()
  return row?.sizeAttemptsLeft
}

async function problemOf(response: Response) {
  return { status: response.status, ...((await response.json()) as { detail: string; reason?: { fields?: object } }) }
}

describe('an upload', () => {
  test('makes an image of what the file is, whatever it is said to be', async () => {
    const made = await uploaded({ name: 'Harbour', altText: 'A map of the harbour' })
    expect(made).toMatchObject({
      kind: 'image',
      mediaType: 'image/png',
      width: 800,
      height: 600,
      altText: 'A map of the harbour',
    })
    expect(await mira.client.image.byId.query({ id: made.id })).toEqual(made)
  })

  test('without a name is called like the file, with a number where that is taken', async () => {
    const names = [await uploaded(), await uploaded(), await uploaded()].map(({ name }) => name)
    expect(names).toEqual(['harbour map', 'harbour map 2', 'harbour map 3'])
    const taken = await upload(form(png, { worldId: world.id, name: 'Harbour Map' }))
    expect(await problemOf(taken)).toMatchObject({ status: 409, reason: { kind: 'taken', field: 'name' } })
  })

  test.each([
    ['a text', Buffer.from('no image'), 'Is not an image of a kind we take'],
    [
      'an SVG',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
      'Is not an image of a kind we take',
    ],
    ['half a file', png.subarray(0, png.length / 2), 'Is damaged or cut off'],
    ['nothing', Buffer.alloc(0), 'The file is empty'],
  ])('of %s is refused with a sentence, and leaves nothing', async (_, bytes, sentence) => {
    const before = await mira.client.image.list.query({ worldId: world.id })
    const { status, reason } = await problemOf(await upload(form(bytes, { worldId: world.id, name: 'Bad' })))
    expect([status, reason?.fields]).toEqual([400, { file: [expect.stringContaining(sentence)] }])
    expect(await mira.client.image.list.query({ worldId: world.id })).toEqual(before)
  })

  test('without a file, with two, with fields there are not, or broken off is a 4xx', async () => {
    const none = new FormData()
    none.set('worldId', world.id)
    expect(await problemOf(await upload(none))).toMatchObject({
      status: 400,
      reason: { fields: { file: expect.anything() } },
    })
    const two = form(png, { worldId: world.id })
    two.append('file', new File([png as Uint8Array<ArrayBuffer>], 'b.png'))
    expect((await problemOf(await upload(two))).status).toBe(400)
    const more = await upload(form(png, { worldId: world.id, ownerId: theo.id }))
    expect(await problemOf(more)).toMatchObject({ status: 400, reason: { fields: { ownerId: expect.anything() } } })
    const broken = await mira.browser.open('/api/v1/images', {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      body: '--x\r\ncontent-disposition: form-data; name="file"',
    })
    expect(broken.status).toBe(400)
  })

  test('is for editors: others get what they would for no such world', async () => {
    const refused = await upload(form(png, { worldId: world.id }), theo)
    expect(refused.status).toBe(404)
    await db.insertInto('worldMembers').values({ worldId: world.id, userId: theo.id, role: 'viewer' }).execute()
    expect((await upload(form(png, { worldId: world.id }), theo)).status).toBe(403)
    await db.deleteFrom('worldMembers').where('userId', '=', theo.id).where('worldId', '=', world.id).execute()
    const anonymous = await fetch(`${worldloom.url}/api/v1/images`, {
      method: 'POST',
      body: form(png, { worldId: world.id }),
    })
    expect(anonymous.status).toBe(401)
  })

  test('rule 32: of more than an image may have is refused unread; other bodies keep their limit', async () => {
    const large = await fetch(`${worldloom.url}/api/v1/images`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x', 'content-length': String(30 * 1024 * 1024) },
      body: new Uint8Array(30 * 1024 * 1024),
    }).catch((error) => error as Error)
    // Refused while still being sent: with a response, or by closing the connection.
    if (large instanceof Response) expect(large.status).toBe(413)
    const sneaky = await mira.browser.open('/api/v1/personas', {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      body: new Uint8Array(3 * 1024 * 1024),
    })
    expect(sneaky.status).toBe(413)
  })
})

describe('the file of an image', () => {
  test('is served in its sizes and the best format the browser takes, checked, and as nothing that runs', async () => {
    const { id } = await uploaded()
    const get = (query: string, accept: string) =>
      mira.browser.open(`/api/v1/images/${id}/file${query}`, { headers: { accept } })
    expect((await get('?size=thumb', 'image/avif')).headers.get('content-type')).toBe('image/avif')
    // The others are made right after the upload.
    await expect
      .poll(async () => (await get('?size=large', 'image/avif')).headers.get('content-type'), { timeout: 40_000 })
      .toBe('image/avif')
    for (const [query, accept, type, width] of [
      ['', 'image/avif', 'image/png', 800],
      ['?size=thumb', 'image/avif,image/webp', 'image/avif', 320],
      ['?size=thumb', 'image/webp', 'image/webp', 320],
      ['?size=small', '*/*', 'image/webp', 640],
      ['?size=large', 'image/webp', 'image/webp', 800],
    ] as const) {
      const response = await get(query, accept)
      expect([response.status, response.headers.get('content-type')]).toEqual([200, type])
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
      expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
      expect((await sharp(await response.arrayBuffer()).metadata()).width).toBe(width)
    }
    expect((await get('?size=huge', '*/*')).status).toBe(400)
  })

  test('is the original in every size until smaller ones are made, and nobody keeps it as such', async () => {
    const { id, checksum } = await uploaded()
    await expect.poll(async () => await sizeAttempts(id), { timeout: 40_000 }).toBe(0)
    const { fileKey } = await db.selectFrom('images').select('fileKey').where('id', '=', id).executeTakeFirstOrThrow()
    const files = path.join(worldloom.dataDir, 'images', fileKey ?? '')
    for (const name of await readdir(files)) if (name !== 'original') await rm(path.join(files, name))
    // As if it had just been imported.
    await db.updateTable('images').set({ sizeAttemptsLeft: 5 }).where('id', '=', id).execute()
    const get = () =>
      mira.browser.open(`/api/v1/images/${id}/file?size=thumb&v=${checksum}`, { headers: { accept: 'image/avif' } })
    const before = await get()
    expect([before.status, before.headers.get('content-type')]).toEqual([200, 'image/png'])
    expect(before.headers.get('cache-control')).toBe('private, no-cache')
    await sql`insert into pgboss.job (name, data, policy) values ('image-sizes', '{}', 'stately')
      on conflict do nothing`.execute(db)
    await sql`select pg_notify('jobs', 'image-sizes')`.execute(db)
    await expect.poll(async () => (await get()).headers.get('content-type'), { timeout: 40_000 }).toBe('image/avif')
    expect((await get()).headers.get('cache-control')).toContain('immutable')
  })

  test('has an ETag, takes ranges, and may be kept by those who ask for this very file', async () => {
    const { id, checksum } = await uploaded()
    const url = `/api/v1/images/${id}/file`
    const whole = await mira.browser.open(url)
    const bytes = Buffer.from(await whole.arrayBuffer())
    const etag = whole.headers.get('etag') ?? ''
    const ask = (headers: Record<string, string>, query = '') => mira.browser.open(`${url}${query}`, { headers })
    expect((await ask({ 'if-none-match': etag })).status).toBe(304)
    const part = await ask({ range: 'bytes=10-99' })
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 10-99/${bytes.length}`])
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(10, 100))).toBe(true)
    const last = await ask({ range: 'bytes=-5' })
    expect(Buffer.from(await last.arrayBuffer()).equals(bytes.subarray(-5))).toBe(true)
    expect((await ask({ range: 'bytes=10-99', 'if-range': '"other"' })).status).toBe(200)
    const outside = await ask({ range: `bytes=${bytes.length + 5}-` })
    expect([outside.status, outside.headers.get('content-range')]).toEqual([416, `bytes */${bytes.length}`])
    const head = await mira.browser.open(url, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(bytes.length)])
    expect(whole.headers.get('cache-control')).toBe('private, no-cache')
    expect((await ask({}, `?v=${checksum}`)).headers.get('cache-control')).toContain('immutable')
    expect((await ask({}, '?v=other')).headers.get('cache-control')).toBe('private, no-cache')
  })

  test('is seen by those who see its world, and by them alone', async () => {
    const own = await mira.client.world.create.mutate({ name: 'Secret pictures' })
    const made = (await (await upload(form(png, { worldId: own.id }))).json()) as Made
    const url = `/api/v1/images/${made.id}/file?size=thumb`
    expect((await theo.browser.open(url)).status).toBe(404)
    expect((await fetch(`${worldloom.url}${url}`)).status).toBe(401)
    await mira.client.world.update.mutate({ id: own.id, version: 1, visibility: 'public' })
    expect((await theo.browser.open(url)).status).toBe(200)
    await mira.client.image.delete.mutate({ id: made.id, version: made.version })
    expect((await mira.browser.open(url)).status).toBe(404)
  })

  test('is replaced by a version; an image made without one gets it so', async () => {
    const { id, version } = await mira.client.image.create.mutate({ worldId: world.id, name: 'Later' })
    const url = `/api/v1/images/${id}/file`
    expect((await mira.browser.open(url)).status).toBe(404)
    const put = (tag: string, bytes: Uint8Array) =>
      mira.browser.open(url, { method: 'PUT', body: form(bytes), headers: { 'if-match': tag } })
    const first = await put(`"${version}"`, png)
    expect([first.status, first.headers.get('etag')]).toEqual([200, `"${version + 1}"`])
    expect((await put(`"${version}"`, png)).status).toBe(412)
    const jpeg = await picture(30, 20).jpeg().toBuffer()
    const second = (await (await put(`"${version + 1}"`, jpeg)).json()) as Made
    expect(second).toMatchObject({ mediaType: 'image/jpeg', width: 30, height: 20 })
    expect((await mira.browser.open(url)).headers.get('content-type')).toBe('image/jpeg')
    expect((await mira.browser.open(url, { method: 'PUT', body: form(png) })).status).toBe(428)
  })
})

test('files that belong to no image any more are swept; those in the trash and those just coming are not', async () => {
  const config = { DATA_DIR: worldloom.dataDir, S3_BUCKET: undefined } as ConstructorParameters<typeof ImageStore>[0] // only this is read
  const store = new ImageStore(config)
  const kept = await uploaded({ name: 'Kept' })
  const trashed = await uploaded({ name: 'Trashed' })
  await mira.client.image.delete.mutate({ id: trashed.id, version: trashed.version })
  const orphan = path.join(worldloom.dataDir, 'images', world.id, 'orphan')
  await mkdir(orphan, { recursive: true })
  await writeFile(path.join(orphan, 'original'), 'left behind')
  expect(await sweepImages(db, store)).toBe(0)
  const hours = new Date(Date.now() - 2 * 3_600_000)
  await utimes(path.join(orphan, 'original'), hours, hours)
  expect(await sweepImages(db, store)).toBe(1)
  // Two hours later everything is old enough, but images' files stay.
  await sweepImages(db, store, new Date(Date.now() + 2 * 3_600_000))
  expect((await mira.browser.open(`/api/v1/images/${kept.id}/file`)).status).toBe(200)
  await mira.client.image.restore.mutate({ id: trashed.id })
  expect((await mira.browser.open(`/api/v1/images/${trashed.id}/file`)).status).toBe(200)
})
