import { createHash } from 'node:crypto'
import { Readable, Transform } from 'node:stream'
import type { Database } from '@worldloom/db'
import type { ImageStore } from '@worldloom/images'
import {
  type ArchivedWorld,
  type ArchiveManifest,
  archivedEntity,
  archivedLinks,
  archivedRecords,
  archiveFormat,
  archiveVersion,
  type LinkFile,
  type RecordFile,
} from '@worldloom/schema'
import {
  archivedKinds,
  listImageFiles,
  readArchivedEntities,
  readArchivedLinks,
  readArchivedRecords,
  readArchivedWorld,
} from '@worldloom/worlds'
import { writeZip, zipOptions } from './writeZip.ts'

/**
 * Exports a world to a file, with its trash and its images: completely or not at all, as of one moment.
 *
 * @throws {NotFoundError} if there is no such world
 */
export async function exportWorld(
  { db, store }: { readonly db: Database; readonly store: ImageStore },
  worldId: string,
  target: string,
  onProgress: (rows: number) => void = () => {},
): Promise<ArchivedWorld> {
  return await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((trx) => writeArchive(trx, store, worldId, target, onProgress))
}

async function writeArchive(
  db: Database,
  store: ImageStore,
  worldId: string,
  target: string,
  onProgress: (rows: number) => void,
): Promise<ArchivedWorld> {
  const world = await readArchivedWorld(db, worldId)
  const images = await listImageFiles(db, worldId)
  const files: Record<string, string> = {}
  await writeZip(target, async (zip) => {
    const add = (name: string, content: Readable | (() => AsyncIterable<string | Uint8Array>), compress = true) =>
      new Promise<void>((resolve, reject) => {
        const hash = createHash('sha256')
        const hashed = new Transform({
          transform(chunk, _, done) {
            hash.update(chunk)
            done(null, chunk)
          },
          flush(done) {
            files[name] = hash.digest('hex')
            resolve()
            done()
          },
        })
        const source = content instanceof Readable ? content : Readable.from(content())
        source.once('error', reject)
        zip.addReadStream(source.pipe(hashed), name, { ...zipOptions, compress })
      })
    await add('world.json', async function* () {
      yield `${JSON.stringify(world, null, 2)}\n`
    })
    for (const definition of archivedKinds) {
      const columns = Object.keys(archivedEntity(definition).shape)
      await add(`${definition.plural}.ndjson`, async function* () {
        for await (const row of readArchivedEntities(db, definition, worldId)) {
          onProgress(1)
          yield `${JSON.stringify(Object.fromEntries(columns.map((column) => [column, row[column]])))}\n`
        }
      })
    }
    for (const file of Object.keys(archivedLinks) as LinkFile[]) {
      await add(`${file}.ndjson`, async function* () {
        for (const link of await readArchivedLinks(db, file, worldId)) yield `${JSON.stringify(link)}\n`
      })
    }
    for (const file of Object.keys(archivedRecords) as RecordFile[]) {
      await add(`${file}.ndjson`, async function* () {
        for (const row of await readArchivedRecords(db, file, worldId)) yield `${JSON.stringify(row)}\n`
      })
    }
    for (const { id, fileKey } of images) {
      // They are compressed already.
      await add(`images/${id}`, await store.stream(fileKey, 'original'), false)
    }
    const manifest: ArchiveManifest = { format: archiveFormat, version: archiveVersion, files }
    zip.addBuffer(Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`), 'manifest.json', zipOptions)
  })
  return world
}
