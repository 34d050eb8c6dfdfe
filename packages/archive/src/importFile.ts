import type { Actor } from '@worldloom/auth'
import type { Database } from '@worldloom/db'
import type { ImageStore } from '@worldloom/images'
import type { ImportOptions } from '@worldloom/worlds'
import { importArchive } from './importArchive.ts'
import { Archive } from './openArchive.ts'
import { importVault } from './vault/importVault.ts'
import { isKanka } from './vault/kanka.ts'
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
  if (!(await isArchive(file))) {
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

/** Whether a file is to be read as an archive: that says best what is wrong with one that is no zip, or has neither. */
async function isArchive(file: string): Promise<boolean> {
  const files = await ZipFiles.open(file).catch(() => undefined)
  const paths = files?.paths ?? []
  files?.close()
  return !isKanka(paths) && !paths.some((path) => /\.md$/i.test(path))
}
