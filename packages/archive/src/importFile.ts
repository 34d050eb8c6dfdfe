import type { Actor } from '@worldloom/auth'
import type { Database } from '@worldloom/db'
import type { ImageStore } from '@worldloom/images'
import type { ImportOptions } from '@worldloom/worlds'
import { importArchive } from './importArchive.ts'
import { Archive } from './openArchive.ts'
import { importVault } from './vault/importVault.ts'
import { Vault } from './vault/openVault.ts'
import { ZipFiles } from './vault/openZip.ts'

/**
 * Imports a world from whatever file has one: an archive, a zip of Markdown files, or a campaign that Kanka exported.
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
  // Archive.open says best what is wrong with a file that is no zip, or has neither.
  const files = await ZipFiles.open(file).catch(() => undefined)
  if (files && Vault.isIn(files)) {
    const vault = await Vault.read(files)
    try {
      options.onOpened?.(vault.notes.length)
      return await importVault(deps, actor, ownerId, vault, options)
    } finally {
      vault.close()
    }
  }
  files?.close()
  const archive = await Archive.open(file)
  try {
    options.onOpened?.(archive.entries)
    return await importArchive(deps, actor, ownerId, archive, options)
  } finally {
    archive.close()
  }
}
