import { randomUUID } from 'node:crypto'
import type { Actor } from '@worldloom/auth'
import { type Database, inTransaction } from '@worldloom/db'
import { type ImageStore, restoreImage } from '@worldloom/images'
import { BadInputError } from '@worldloom/schema'
import { type ImportOptions, importWorld } from '@worldloom/worlds'
import type { Archive } from './openArchive.ts'

/**
 * Imports a world from an archive, with its images: all of it, or nothing.
 *
 * @param ownerId whom everything in it belongs to from then on
 * @throws as `importWorld`
 * @throws {OperatorError} if the archive is damaged
 */
export async function importArchive(
  { db, store }: { readonly db: Database; readonly store: ImageStore },
  actor: Actor,
  ownerId: string,
  archive: Archive,
  options: ImportOptions,
): Promise<{ id: string; name: string; entities: number }> {
  const keys: string[] = []
  const source = {
    world: () => archive.world(),
    has: (file: string) => archive.has(file),
    rows: (file: string) => archive.rows(file),
    storeImage: async (id: string, worldId: string) => {
      const { original, ...about } = await restored(id, await archive.image(id))
      const fileKey = `${worldId}/${randomUUID()}`
      keys.push(fileKey)
      await store.put(fileKey, [original])
      return { fileKey, ...about }
    },
  }
  try {
    return await inTransaction(db, (trx) => importWorld(trx, actor, ownerId, source, options))
  } catch (error) {
    // Files that can't be removed now are swept later.
    await Promise.allSettled(keys.map((key) => store.delete(key)))
    throw error
  }
}

async function restored(id: string, bytes: Buffer) {
  try {
    return await restoreImage(bytes)
  } catch (error) {
    if (!(error instanceof BadInputError)) throw error
    throw new BadInputError({ [`images/${id}`]: [error.message] })
  }
}
