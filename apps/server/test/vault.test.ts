import { buffer } from 'node:stream/consumers'
import { createDatabase } from '@worldloom/db'
import {
  archivedLinks,
  archivedRecords,
  entities,
  type LinkFile,
  mentionPattern,
  type RecordFile,
} from '@worldloom/schema'
import {
  archivedKinds,
  readArchivedEntities,
  readArchivedLinks,
  readArchivedRecords,
  readArchivedWorld,
} from '@worldloom/worlds'
import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { ZipFile } from 'yazl'
import { type Person, person } from './access.ts'
import { startTestWorldloom } from './worldloom.ts'

const worldloom = await startTestWorldloom()
const { db, close } = createDatabase(worldloom.database.url)
afterAll(close)
const mira = await person(worldloom, db, 'user')
const theo = await person(worldloom, db, 'user')

async function zipped(files: Readonly<Record<string, string | Buffer>>): Promise<Uint8Array<ArrayBuffer>> {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name)
  zip.end()
  return new Uint8Array(await buffer(zip.outputStream))
}

async function imported(bytes: Uint8Array<ArrayBuffer>, { browser }: Person = mira, query = '') {
  const response = await browser.open(`/api/v1/worlds/import${query}`, {
    method: 'POST',
    body: bytes,
    headers: { 'content-type': 'application/zip' },
  })
  return {
    status: response.status,
    body: (await response.json()) as { id: string; name: string; detail?: string; errors?: Record<string, string[]> },
  }
}

async function exported(id: string, { browser }: Person = mira): Promise<Response> {
  return await browser.open(`/api/v1/worlds/${id}/vault`)
}

/** Everything in a world that Markdown can say, with names in the place of ids, in an order of its own. */
async function contentOf(worldId: string) {
  const names = new Map<unknown, string>()
  const rows: Record<string, unknown>[] = []
  for (const definition of archivedKinds) {
    for await (const row of readArchivedEntities(db, definition, worldId)) {
      if (row.deletedAt !== null) continue
      names.set(row.id, `${definition.kind} ${row.name}`)
      rows.push({ ...row, kind: definition.kind })
    }
  }
  const symmetric = new Set<unknown>()
  for (const file of ['tags', 'link-kinds'] as const) {
    for (const { id, name, isSymmetric } of await readArchivedRecords(db, file, worldId)) {
      names.set(id, String(name))
      if (isSymmetric) symmetric.add(id)
    }
  }
  /** Which end of a link that reads the same from both comes first depends on their ids. */
  const fromEither = (row: Record<string, unknown>) =>
    symmetric.has(row.linkKindId)
      ? { ...row, fromId: '', toId: '', ends: [names.get(row.fromId), names.get(row.toId)].sort() }
      : row
  const named = (value: unknown): unknown => {
    if (typeof value === 'string') {
      return (
        names.get(value) ??
        value.replaceAll(mentionPattern, (mention, _, __, id: string) => mention.replace(id, names.get(id) ?? id))
      )
    }
    if (Array.isArray(value)) return value.map(named)
    return typeof value === 'object' && value !== null && !(value instanceof Date)
      ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, named(each)]))
      : value
  }
  const plain = (row: Record<string, unknown>) =>
    JSON.stringify(
      named(
        Object.fromEntries(
          Object.entries(row).filter(
            // A picture is encoded anew; a place among siblings is compared below.
            ([key]) => !['id', 'version', 'createdAt', 'updatedAt', 'byteSize', 'checksum', 'position'].includes(key),
          ),
        ),
      ),
    )
  const inOrder = rows
    .filter(({ position }) => position !== undefined)
    .toSorted((one, other) => (String(one.position) < String(other.position) ? -1 : 1))
    .map((row) => `${named(row[entities[row.kind as 'act'].parent?.field ?? ''])} > ${row.name}`)
    .sort((one, other) => one.split(' > ', 1)[0]?.localeCompare(other.split(' > ', 1)[0] ?? '') ?? 0)
  const tables: Record<string, string[]> = {}
  for (const file of Object.keys(archivedLinks) as LinkFile[]) {
    tables[file] = (await readArchivedLinks(db, file, worldId)).map((row) => plain(row)).sort()
  }
  for (const file of Object.keys(archivedRecords) as RecordFile[]) {
    if (['maps', 'map-markers', 'continuity-dismissals'].includes(file)) continue
    tables[file] = (await readArchivedRecords(db, file, worldId)).map((row) => plain(fromEither(row))).sort()
  }
  const { description, body, language, calendar, displayName } = await readArchivedWorld(db, worldId)
  return {
    rows: rows.map(plain).sort(),
    inOrder,
    tables,
    world: named({ description, body, language, calendar, displayName }),
  }
}

describe('a world as Markdown files', () => {
  test('comes back as it was: the demo world, with everything but its maps', async () => {
    // Made when somebody signs in with a demo account.
    const browser = worldloom.browser()
    await browser.signIn('mira')
    const [demo] = (await browser.client.world.list.query({ limit: 1 })).items
    const id = demo?.id ?? ''
    const file = await browser.open(`/api/v1/worlds/${id}/vault`)
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'application/zip'])
    expect(file.headers.get('content-disposition')).toContain('The%20Iron%20Coast.zip')
    const { status, body } = await imported(new Uint8Array(await file.arrayBuffer()), theo)
    expect([status, body.name]).toEqual([201, 'The Iron Coast'])
    const [before, after] = [await contentOf(id), await contentOf(body.id)]
    expect(after.world).toEqual(before.world)
    expect(after.tables).toEqual(before.tables)
    expect(after.inOrder).toEqual(before.inOrder)
    expect(after.rows).toEqual(before.rows)
    // And once more.
    const again = await exported(body.id, theo)
    const second = await imported(new Uint8Array(await again.arrayBuffer()), theo, '?name=Again')
    expect((await contentOf(second.body.id)).rows).toEqual(before.rows)
  })

  test('of names that no file can have, and texts that look like links and properties, too', async () => {
    const { id: worldId } = await mira.client.world.create.mutate({ name: 'Odd', description: '---\nkind: thing' })
    const slash = await mira.client.thing.create.mutate({ worldId, name: 'A/B: "C"', displayName: '[X] | Y' })
    await mira.client.thing.create.mutate({
      worldId,
      name: 'A B C',
      body: `[@[X\\] | Y](entry:${slash.id}) and [it](entry:${slash.id})`,
    })
    await mira.client.thing.create.mutate({ worldId, name: '...', description: 'true', body: '---\na: 1\n---\n' })
    await mira.client.persona.create.mutate({ worldId, name: 'A B C', pronouns: 'null', motivations: 'One\n\nTwo' })
    const file = await exported(worldId)
    const { body } = await imported(new Uint8Array(await file.arrayBuffer()), theo)
    const [before, after] = [await contentOf(worldId), await contentOf(body.id)]
    expect(after.rows.map((row) => row.replaceAll('[@X', '[@[X\\\\]'))).toHaveLength(before.rows.length)
    for (const name of ['A/B: "C"', 'A B C', '...']) {
      expect(await theo.client.thing.byName.query({ worldId: body.id, name })).toMatchObject({ name })
    }
    const odd = await theo.client.thing.byName.query({ worldId: body.id, name: '...' })
    expect(await theo.client.thing.byId.query({ id: odd.id })).toMatchObject({
      description: 'true',
      body: '---\na: 1\n---\n',
    })
    const persona = await theo.client.persona.byName.query({ worldId: body.id, name: 'A B C' })
    expect(await theo.client.persona.byId.query({ id: persona.id })).toMatchObject({
      pronouns: 'null',
      motivations: 'One\n\nTwo',
    })
  })

  test('of another program becomes a world: notes, links, tags, pictures', async () => {
    const picture = await sharp({ create: { width: 30, height: 20, channels: 3, background: 'teal' } })
      .jpeg()
      .toBuffer()
    const bytes = await zipped({
      'Saltmarsh/Characters/Wren.md':
        '---\npronouns: she/her\ntags: [keeper]\n---\nLives in [[Harbour]]. ![[wren.jpg]]',
      'Saltmarsh/Places/Harbour.md': '[[Wren]] lives here, and [[Nobody]].',
      'Saltmarsh/Files/wren.jpg': picture,
      'Saltmarsh/Files/broken.png': 'no picture',
      'Saltmarsh/.obsidian/app.json': '{}',
    })
    const { status, body } = await imported(bytes)
    expect([status, body.name]).toEqual([201, 'Saltmarsh'])
    const worldId = body.id
    const wren = await mira.client.persona.byName.query({ worldId, name: 'Wren' })
    const whole = await mira.client.persona.byId.query({ id: wren.id })
    const image = await mira.client.image.byName.query({ worldId, name: 'wren' })
    expect(whole.body).toContain(`![wren](entry:${image.id})`)
    expect(whole).toMatchObject({ pronouns: 'she/her' })
    expect((await mira.browser.open(`/api/v1/images/${image.id}/file`)).headers.get('content-type')).toBe('image/jpeg')
    expect((await mira.client.mention.list.query({ id: wren.id, side: 'in' })).items).toHaveLength(1)
    expect((await mira.client.world.placeholders.query({ id: worldId })).items).toMatchObject([
      { displayName: 'Nobody' },
    ])
    expect((await mira.client.tag.list.query({ worldId })).items).toMatchObject([{ name: 'keeper' }])
    expect((await mira.client.image.list.query({ worldId })).items).toHaveLength(1)
  })

  test('and a campaign that Kanka exported does, too', async () => {
    const bytes = await zipped({
      'campaign.json': JSON.stringify({ id: 1, name: 'Thaelia', entry: '<p>Of [character:10].</p>' }),
      'characters/5.json': JSON.stringify({
        id: 5,
        name: 'Ada Vey',
        entry: '<p>Met <b>[character:11|him]</b>.</p>',
        entity: { id: 10, relationships: [{ target_id: 11, relation: 'Rival' }] },
      }),
      'characters/6.json': JSON.stringify({
        id: 6,
        name: 'Bo',
        entity: { id: 11, relationships: [{ target_id: 10, relation: 'rival' }] },
      }),
    })
    const { status, body } = await imported(bytes)
    expect([status, body.name]).toEqual([201, 'Thaelia'])
    const ada = await mira.client.persona.byName.query({ worldId: body.id, name: 'Ada Vey' })
    expect((await mira.client.persona.byId.query({ id: ada.id })).body).toMatch(
      /^Met \*\*\[him\]\(entry:[\w-]+\)\*\*\.$/,
    )
    const { items } = await mira.client.link.list.query({ id: ada.id })
    expect(items.map(({ label, other }) => `${label} ${other.displayName}`).sort()).toEqual(['rival Bo', 'rival of Bo'])
  })

  test('is for its editors; what is no vault is refused with a sentence, and nothing is kept of it', async () => {
    const { id } = await mira.client.world.create.mutate({ name: 'Private' })
    expect((await exported(id, theo)).status).toBe(404)
    await mira.client.world.update.mutate({ id, version: 1, visibility: 'public' })
    expect((await exported(id, theo)).status).toBe(403)
    const count = async () => (await mira.client.world.list.query({ limit: 100 })).items.length
    const before = await count()
    const tooLong = await imported(await zipped({ 'Long.md': 'x'.repeat(650_001) }))
    expect([tooLong.status, JSON.stringify(tooLong.body)]).toEqual([
      400,
      expect.stringContaining('Long.md has more than 650,000 characters'),
    ])
    const large = await imported(await zipped({ 'Large.md': 'x'.repeat(5 * 1024 * 1024) }))
    expect([large.status, JSON.stringify(large.body)]).toEqual([400, expect.stringContaining('Large.md is too large')])
    expect((await imported(await zipped({ 'notes.txt': 'x' }))).status).toBe(400)
    expect((await imported(new Uint8Array([1, 2, 3]))).status).toBe(400)
    const twice = await zipped({ 'A.md': 'a' })
    expect((await imported(twice, mira, '?name=Private')).status).toBe(409)
    expect(await count()).toBe(before)
  })
})
