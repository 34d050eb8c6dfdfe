import type { Actor } from '@worldloom/auth'
import type { Database } from '@worldloom/db'
import type { ImageStore } from '@worldloom/images'
import type { ImportOptions } from '@worldloom/worlds'
import { openPromise } from 'yauzl'
import { importArchive } from './importArchive.ts'
import { Archive } from './openArchive.ts'
import { importVault } from './vault/importVault.ts'
import { Vault } from './vault/openVault.ts'

/**
 * Imports a world from whatever file has one: an archive, or a zip of Markdown files.
 *
 * @param ownerId whom everything in it belongs to from then on
 * @param options.onOpened called with how many entries it has, about, once it was looked through
 * @throws as {@link importArchive}
 */
export async function importFile(
  deps: { readonly db: Database; readonly store: ImageStore },
  actor: Actor,
  ownerId: string,
  file: string,
  options: ImportOptions & { readonly onOpened?: (entries: number) => void },
): Promise<{ id: string; name: string; entities: number }> {
  if (await hasNotes(file)) {
    const vault = await Vault.open(file)
    try {
      options.onOpened?.(vault.notes.length)
      return await importVault(deps, actor, ownerId, vault, options)
    } finally {
      vault.close()
    }
  }
  const archive = await Archive.open(file)
  try {
    options.onOpened?.(archive.entries)
    return await importArchive(deps, actor, ownerId, archive, options)
  } finally {
    archive.close()
  }
}

/** Whether there are Markdown files in a zip. Archives have none, and opening one says what is wrong with what is no zip. */
async function hasNotes(file: string): Promise<boolean> {
  const zip = await openPromise(file, { autoClose: false }).catch(() => undefined)
  if (!zip) return false
  try {
    for await (const { fileName } of zip.eachEntry()) if (/\.md$/i.test(fileName)) return true
    return false
  } catch {
    return false
  } finally {
    zip.close()
  }
}
