import { randomUUID } from 'node:crypto'
import type { Actor } from '@worldloom/auth'
import { type Database, inTransaction } from '@worldloom/db'
import { type ImageStore, processImage } from '@worldloom/images'
import { BadInputError } from '@worldloom/schema'
import { type ImportOptions, importWorld, type StoredFile } from '@worldloom/worlds'
import type { Vault } from './openVault.ts'
import { type PlannedWorld, planVault } from './planVault.ts'

/**
 * Makes a world of a vault: all of it, or nothing. Images that can't be read are left out.
 *
 * @param ownerId whom everything in it belongs to from then on
 * @throws as `importWorld`
 */
export async function importVault(
  { db, store }: { readonly db: Database; readonly store: ImageStore },
  actor: Actor,
  ownerId: string,
  vault: Vault,
  { name, onProgress }: Pick<ImportOptions, 'name' | 'onProgress'> = {},
): Promise<{ id: string; name: string; entities: number }> {
  const stored = new Map<string, StoredFile>()
  try {
    for (const path of vault.imagePaths) {
      const file = await storeImage(store, vault, path)
      if (file) stored.set(path, file)
    }
    const planned = plan(vault, stored, name ?? vault.folder ?? 'Imported vault')
    const source = {
      world: async () => planned.world,
      // Without kinds of links of its own, it gets the usual ones.
      has: (file: string) => file !== 'link-kinds.ndjson' || planned.rows.has(file),
      rows: async function* (file: string) {
        yield* planned.rows.get(file) ?? []
      },
      storeImage: async (id: string) => {
        const file = stored.get(planned.images.get(id) ?? '')
        if (!file) throw new TypeError(`the image ${id} is not stored`)
        return file
      },
    }
    return await inTransaction(db, (trx) =>
      importWorld(trx, actor, ownerId, source, {
        ids: 'new',
        name,
        ...(onProgress && { onProgress }),
      }),
    )
  } catch (error) {
    // Files that can't be removed now are swept later.
    await Promise.allSettled([...stored.values()].map(({ fileKey }) => store.delete(fileKey)))
    throw error
  }
}

function plan(vault: Vault, stored: ReadonlyMap<string, StoredFile>, name: string): PlannedWorld {
  try {
    return planVault(vault.notes, stored, name)
  } catch (error) {
    throw error instanceof RangeError ? new BadInputError({ archive: [error.message] }) : error
  }
}

async function storeImage(store: ImageStore, vault: Vault, path: string): Promise<StoredFile | undefined> {
  const bytes = await vault.image(path)
  if (!bytes) return undefined
  try {
    const { original, ...about } = await processImage(new Uint8Array(bytes))
    const fileKey = `${randomUUID()}/${randomUUID()}`
    await store.put(fileKey, [original])
    return { fileKey, ...about }
  } catch (error) {
    // A note can do without a picture that is none.
    if (error instanceof BadInputError) return undefined
    throw error
  }
}
