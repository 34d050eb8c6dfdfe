import { execFile } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { createDatabase, type DatabaseHandle, type DB } from '@worldloom/db'
import { openEmbeddedServer } from '@worldloom/db/embedded'
import { ImageStore, processImage } from '@worldloom/images'
import { usualLinkKinds } from '@worldloom/schema'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPromise } from 'yauzl'
import { ZipFile } from 'yazl'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const directory = await mkdtemp(path.join(os.tmpdir(), 'worldloom-archive-'))
const dataDir = path.join(directory, 'data')
const first = path.join(directory, 'first.worldloom')
let server: Awaited<ReturnType<typeof openEmbeddedServer>>
let database: DatabaseHandle

/** Everything in a world except who owns it. */
async function contents(file: string): Promise<Map<string, Buffer>> {
  const zip = await openPromise(file, { autoClose: false })
  const found = new Map<string, Buffer>()
  for await (const entry of zip.eachEntry()) {
    found.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)))
  }
  zip.close()
  return found
}

/** An archive of these files, as another program might write it. */
async function pack(file: string, files: ReadonlyMap<string, Buffer>): Promise<string> {
  const zip = new ZipFile()
  for (const [name, bytes] of files) zip.addBuffer(bytes, name)
  zip.end()
  const target = path.join(directory, file)
  await pipeline(zip.outputStream, createWriteStream(target))
  return target
}

/** The first archive with a change, and a manifest that matches it. */
async function forged(file: string, change: (files: Map<string, Buffer>) => void, version = 2): Promise<string> {
  const files = await contents(first)
  change(files)
  const { createHash } = await import('node:crypto')
  const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
  const named = [...files].filter(([name]) => name !== 'manifest.json')
  const manifest = {
    format: 'worldloom-world',
    version,
    files: Object.fromEntries(named.map(([name, bytes]) => [name, hash(bytes)])),
  }
  files.set('manifest.json', Buffer.from(JSON.stringify(manifest)))
  return await pack(file, files)
}

function worldloom(...args: string[]): Promise<{ code: number; stdout: string; output: string }> {
  return new Promise((resolve) => {
    const env = { PATH: process.env.PATH, DATA_DIR: dataDir }
    execFile(process.execPath, [main, ...args], { env, cwd: directory }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, output: stdout + stderr }),
    )
  })
}

const importing = (file: string, ...args: string[]) =>
  worldloom('import-world', file, '--owner', 'ada@worldloom.example', ...args)

async function counts() {
  const { db } = database
  const [worlds, entities] = await Promise.all(
    (['worlds', 'entities'] as const).map((table) =>
      db
        .selectFrom(table)
        .select(({ fn }) => fn.countAll<string>().as('count'))
        .executeTakeFirstOrThrow(),
    ),
  )
  const found = await readdir(path.join(dataDir, 'images'), { recursive: true, withFileTypes: true })
  const files = found.filter((entry) => entry.isFile())
  return { worlds: worlds?.count, entities: entities?.count, files: files.length }
}

beforeAll(async () => {
  expect(await worldloom('seed')).toMatchObject({ code: 0 })
  server = await openEmbeddedServer({ dataDir, as: 'own' })
  database = createDatabase(server.url)
  const { db } = database
  const world = await db.selectFrom('worlds').select(['id', 'ownerId']).executeTakeFirstOrThrow()
  const picture = sharp({ create: { width: 900, height: 500, channels: 3, background: '#735' } })
  const { original, ...about } = await processImage(await picture.jpeg().toBuffer())
  const store = new ImageStore({ DATA_DIR: dataDir, S3_REGION: 'auto' } as ConstructorParameters<typeof ImageStore>[0])
  await store.put(`${world.id}/map`, [original])
  const add = async (kind: 'image' | 'location' | 'thing', name: string) =>
    await db
      .insertInto('entities')
      .values({ worldId: world.id, ownerId: world.ownerId, kind, name, displayName: name, body: '# “Ω” \u2028\n\n🌊' })
      .returning(['id', 'worldId'])
      .executeTakeFirstOrThrow()
  await db
    .insertInto('images')
    .values({ ...(await add('image', 'Map')), fileKey: `${world.id}/map`, ...about })
    .execute()
  const outer = await db.selectFrom('locations').select('id').limit(1).executeTakeFirstOrThrow()
  await db
    .insertInto('locations')
    .values({ ...(await add('location', 'Cellar')), parentId: outer.id })
    .execute()
  await db
    .insertInto('things')
    .values(await add('thing', 'Lost'))
    .execute()
  // With entries in the trash, one of which took another with it.
  const story = await db.selectFrom('stories').select('id').executeTakeFirstOrThrow()
  const act = await db.selectFrom('acts').select('id').where('storyId', '=', story.id).executeTakeFirstOrThrow()
  await db.updateTable('entities').set({ deletedAt: new Date() }).where('name', '=', 'Lost').execute()
  await db.updateTable('entities').set({ deletedAt: new Date() }).where('id', '=', story.id).execute()
  await db
    .updateTable('entities')
    .set({ deletedAt: new Date(), deletedWith: story.id })
    .where('id', '=', act.id)
    .execute()
}, 120_000)

const rowsIn = async (table: keyof DB): Promise<number> =>
  Number(
    (
      await database.db
        .selectFrom(table)
        .select(({ fn }) => fn.countAll<string>().as('rows'))
        .executeTakeFirstOrThrow()
    ).rows,
  )

const imageFiles = async (): Promise<string[]> =>
  (await readdir(path.join(dataDir, 'images'), { recursive: true })).filter(
    (name) => path.basename(name) === 'original',
  )

/** What connects the entries of a world, and is in the seeded one. */
const connecting = ['tags', 'entityTags', 'linkKinds', 'links', 'mentions'] as const

afterAll(async () => {
  await database?.close()
  await server?.release()
  await rm(directory, { recursive: true, force: true })
})

describe('a world as one file', () => {
  test('is written the same each time, and not over a file that is there', async () => {
    const args = ['export-world', 'the iron coast', '--owner', 'mira@worldloom.example', '--out']
    expect(await worldloom(...args, first, '--json')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('"name":"The Iron Coast"'),
    })
    expect(await worldloom(...args, first)).toMatchObject({ code: 1, output: expect.stringContaining('--force') })
    const again = path.join(directory, 'again.worldloom')
    expect(await worldloom(...args, again)).toMatchObject({ code: 0 })
    expect((await readFile(again)).equals(await readFile(first))).toBe(true)
    const files = await contents(first)
    expect([...files.keys()]).toContain('manifest.json')
    expect(files.get('things.ndjson')?.toString().trim().split('\n')).toHaveLength(await rowsIn('things'))
    expect([...files.values()].some((bytes) => bytes.includes('mira@worldloom'))).toBe(false)
  })

  test('comes back with its ids where it is gone, and is then written byte for byte as before', async () => {
    const { db } = database
    expect(await importing(first)).toMatchObject({ code: 1, output: expect.stringContaining('already exists here') })
    const entries = await rowsIn('entities')
    const filesBefore = await imageFiles()
    await db.deleteFrom('worlds').execute()
    expect(await importing(first)).toMatchObject({
      code: 0,
      output: expect.stringContaining(`with ${entries} entries`),
    })
    for (const table of connecting) expect(await rowsIn(table), table).toBeGreaterThan(0)
    const world = await db
      .selectFrom('worlds')
      .innerJoin('users', 'users.id', 'worlds.ownerId')
      .innerJoin('worldMembers', 'worldMembers.worldId', 'worlds.id')
      .select(['worlds.id', 'email', 'role'])
      .execute()
    expect(world).toEqual([expect.objectContaining({ email: 'ada@worldloom.example', role: 'owner' })])
    const again = path.join(directory, 'imported.worldloom')
    expect(await worldloom('export-world', world[0]?.id ?? '', '--out', again)).toMatchObject({ code: 0 })
    expect((await readFile(again)).equals(await readFile(first))).toBe(true)
    const stored = (await imageFiles()).filter((name) => !filesBefore.includes(name))
    expect(stored).toHaveLength(await rowsIn('images'))
    // A server makes their smaller sizes, within a minute or when it starts.
    const due = await db.selectFrom('images').where('sizeAttemptsLeft', '>', 0).select('id').execute()
    expect(due).toHaveLength(await rowsIn('images'))
  })

  test('becomes a copy with ids of its own, the same but for them', async () => {
    expect(await importing(first, '--ids', 'new')).toMatchObject({
      code: 1,
      output: expect.stringContaining('A world named “The Iron Coast” already exists. Import it under another name.'),
    })
    const made = await importing(first, '--ids', 'new', '--name', 'The Other Coast', '--json')
    expect(made).toMatchObject({ code: 0 })
    const { id } = JSON.parse(made.stdout)
    const copy = path.join(directory, 'copy.worldloom')
    expect(await worldloom('export-world', id, '--out', copy)).toMatchObject({ code: 0 })
    const [before, after] = [await contents(first), await contents(copy)]
    const ids = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
    const shape = (bytes: Buffer | undefined) => bytes?.toString().replace(ids, 'id').split('\n').sort()
    for (const [name, bytes] of before) {
      if (name.endsWith('.ndjson')) expect(shape(after.get(name)), name).toEqual(shape(bytes))
    }
    const idsOf = (files: Map<string, Buffer>) =>
      new Set([...files.values()].flatMap((bytes) => bytes.toString('latin1').match(ids) ?? []))
    expect([...idsOf(after)].filter((id) => idsOf(before).has(id))).toEqual([])
  })

  test('is written as Markdown files, and comes back from those', async () => {
    const vault = path.join(directory, 'vault.zip')
    const { db } = database
    const { id } = await db
      .selectFrom('worlds')
      .select('id')
      .where('name', '=', 'The Iron Coast')
      .executeTakeFirstOrThrow()
    expect(await worldloom('export-world', id, '--markdown', '--out', vault)).toMatchObject({ code: 0 })
    const files = await contents(vault)
    const wren = files.get('Personas/Wren Halloran.md')?.toString() ?? ''
    expect(wren).toMatch(/^---\nkind: persona\n/)
    expect(wren).toMatch(/\[\[[A-Z]\w+\/[^|\]]+\|[^\]]+\]\]/)
    expect(wren).not.toContain('entry:')
    const made = await importing(vault, '--name', 'From Markdown', '--json')
    expect(made).toMatchObject({ code: 0 })
    const notes = [...files.keys()].filter((name) => name.endsWith('.md')).length
    // Without the note of the world itself. The scenes that lost their story above get one, with an act.
    expect(JSON.parse(made.stdout)).toMatchObject({ name: 'From Markdown', entities: notes - 1 + 2 })
  })
})

test('an archive from before there were tags, links and dates is imported, with the usual kinds of links', async () => {
  const added = ['tags', 'link-kinds', 'links', 'entry-tags', 'continuity-dismissals']
  const addedFields =
    'isPlaceholder spoilers language calendar happensOn bornOn diedOn madeOn lostOn foundedOn ruinedOn'.split(' ')
  const withoutAdded = (text: string) => {
    const row: Record<string, unknown> = JSON.parse(text)
    return JSON.stringify(Object.fromEntries(Object.entries(row).filter(([name]) => !addedFields.includes(name))))
  }
  const file = await forged(
    'version-1',
    (files) => {
      for (const name of added) files.delete(`${name}.ndjson`)
      for (const [name, bytes] of files) {
        if (!/json$/.test(name) || name === 'manifest.json') continue
        // The world itself is one object over several lines.
        const lines = name === 'world.json' ? [bytes.toString()] : bytes.toString().split('\n').filter(Boolean)
        files.set(name, Buffer.from(lines.map((line) => `${withoutAdded(line)}\n`).join('')))
      }
    },
    1,
  )
  const made = await importing(file, '--ids', 'new', '--name', 'An Older Coast', '--json')
  expect(made).toMatchObject({ code: 0, output: expect.stringContaining('An Older Coast') })
  const { id } = JSON.parse(made.stdout)
  const { db } = database
  const linkKinds = await db.selectFrom('linkKinds').select('name').where('worldId', '=', id).execute()
  expect(linkKinds).toHaveLength(usualLinkKinds('en').length)
  expect(await db.selectFrom('links').select('id').where('worldId', '=', id).execute()).toEqual([])
  expect(await db.selectFrom('mentions').select('toId').where('worldId', '=', id).execute()).not.toEqual([])
})

test('an API key is made for some worlds, by their names or ids, and for none that are not there', async () => {
  const making = (...worlds: string[]) =>
    worldloom(
      ...['create-api-key', '--owner', 'ada@worldloom.example', '--name', `Some ${worlds.length}`],
      ...['--permission', 'world:read', '--json', '--world', ...worlds],
    )
  const made = await making('the iron coast', 'The Other Coast')
  expect(JSON.parse(made.stdout).worlds).toHaveLength(2)
  expect(await making('Nowhere')).toMatchObject({ code: 1, output: expect.stringContaining('no world “Nowhere”') })
})

describe('an archive that is not as it should be is refused whole', () => {
  const line = (files: Map<string, Buffer>, name: string, change: Record<string, unknown>) => {
    const lines = (files.get(name)?.toString().trim().split('\n') ?? []).map((text) => JSON.parse(text))
    Object.assign(lines[0], change)
    files.set(name, Buffer.from(`${lines.map((row) => JSON.stringify(row)).join('\n')}\n`))
  }
  const cases: [name: string, make: () => Promise<string>, sentence: string][] = [
    ['no file', async () => path.join(directory, 'none'), 'There is no file'],
    [
      'no zip',
      async () => {
        await writeFile(path.join(directory, 'text'), 'Dear reader')
        return path.join(directory, 'text')
      },
      'broken or cut off',
    ],
    [
      'cut off',
      async () => {
        const bytes = await readFile(first)
        await writeFile(path.join(directory, 'half'), bytes.subarray(0, bytes.length / 2))
        return path.join(directory, 'half')
      },
      'broken or cut off',
    ],
    [
      'a byte changed',
      async () => {
        const bytes = await readFile(first)
        // Inside the image, which is stored uncompressed, so that decompression does not notice.
        const at = bytes.indexOf('images/') + 200
        bytes[at] = (bytes[at] ?? 0) ^ 0xff
        await writeFile(path.join(directory, 'flipped'), bytes)
        return path.join(directory, 'flipped')
      },
      'damaged',
    ],
    [
      'of another program',
      async () => await pack('other', new Map([['readme.txt', Buffer.from('x')]])),
      'not part of a world',
    ],
    ['nothing in it', async () => await pack('empty', new Map()), 'This is not a world archive'],
    ['a table gone', () => forged('gone', (files) => void files.delete('scenes.ndjson')), 'scenes.ndjson is missing'],
    [
      'an image gone',
      () =>
        forged('imageless', (files) =>
          [...files.keys()].filter((name) => /^images\//.test(name)).map((name) => files.delete(name)),
        ),
      'no file for the image',
    ],
    [
      'no JSON',
      () => forged('nojson', (files) => void files.set('things.ndjson', Buffer.from('{'))),
      'contains invalid JSON',
    ],
    ['an unknown field', () => forged('field', (files) => line(files, 'things.ndjson', { hp: 3 })), 'things.ndjson'],
    [
      'a name of 300 characters',
      () => forged('long', (files) => line(files, 'books.ndjson', { name: 'x'.repeat(300) })),
      'At most 255',
    ],
    [
      'a reference to nothing',
      () =>
        forged('dangling', (files) =>
          line(files, 'scenes.ndjson', { locationId: '01a00000-0000-7000-8000-000000000000' }),
        ),
      'Refers to',
    ],
    [
      'a location in itself',
      () =>
        forged('cycle', (files) => {
          const rows = (files.get('locations.ndjson')?.toString().trim().split('\n') ?? []).map((text) =>
            JSON.parse(text),
          )
          const child = rows.find(({ parentId }) => parentId)
          const parent = rows.find(({ id }) => id === child.parentId)
          parent.parentId = child.id
          files.set('locations.ndjson', Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join('')))
        }),
      'is inside itself',
    ],
    [
      'an image that is a page',
      () =>
        forged('html', (files) => {
          for (const name of files.keys())
            if (name.startsWith('images/')) files.set(name, Buffer.from('<script>alert(1)</script>'))
        }),
      'Is not an image',
    ],
    [
      'an image with something behind it',
      () =>
        forged('polyglot', (files) => {
          for (const [name, bytes] of files) {
            if (name.startsWith('images/'))
              files.set(name, Buffer.concat([bytes, Buffer.from('<script>alert(1)</script>')]))
          }
        }),
      'Holds more than an image',
    ],
  ]
  test.each(cases)('%s', async (_, make, sentence) => {
    const before = await counts()
    const refused = await importing(await make(), '--ids', 'new', '--name', 'Broken')
    expect(refused).toMatchObject({ code: 1, output: expect.stringContaining(sentence) })
    expect(refused.output).not.toMatch(/\n\s+at /)
    expect(await counts()).toEqual(before)
  })
})
