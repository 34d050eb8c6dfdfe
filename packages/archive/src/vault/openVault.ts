import { maxImageBytes } from '@worldloom/schema'
import { kindNamed } from './fileNames.ts'
import { isKanka, readKanka } from './kanka.ts'
import { readNote, type VaultNote } from './note.ts'
import type { ZipFiles } from './openZip.ts'

const largestNote = 4 * 1024 * 1024
const noteEnding = /\.md$/i
const imageEnding = /\.(?:png|jpe?g|webp|gif|avif)$/i

/** A zip of Markdown files and images, as a vault of Obsidian is, or of a campaign of Kanka, as such notes. */
export class Vault {
  readonly #files: ZipFiles
  readonly notes: readonly VaultNote[]
  /** The folder that everything is in, if there is one. */
  readonly folder: string | undefined

  private constructor(files: ZipFiles, notes: readonly VaultNote[], folder: string | undefined) {
    this.#files = files
    this.notes = notes
    this.folder = folder
  }

  /** Whether there are notes in a zip, or what can be read as such. */
  static isIn(files: ZipFiles): boolean {
    return isKanka(files.paths) || files.paths.some((path) => noteEnding.test(path))
  }

  /** Takes over the zip, and closes it if it can't be read. @throws {OperatorError} if a file of it is too large or damaged */
  static async read(files: ZipFiles): Promise<Vault> {
    try {
      if (isKanka(files.paths)) return new Vault(files, await readKanka(files), undefined)
      const folder = commonFolder(files.paths)
      const notes: VaultNote[] = []
      for (const path of files.paths.filter((each) => noteEnding.test(each))) {
        const text = (await files.bytes(path, largestNote)).toString('utf8').replaceAll('\0', '')
        notes.push({ ...readNote(text), path: within(folder, path).replace(noteEnding, '') })
      }
      return new Vault(files, notes, folder)
    } catch (error) {
      files.close()
      throw error
    }
  }

  /** The paths of its images. */
  get imagePaths(): string[] {
    return this.#files.paths.filter((path) => imageEnding.test(path)).map((path) => within(this.folder, path))
  }

  /** @returns undefined for one that is too large */
  async image(path: string): Promise<Buffer | undefined> {
    const whole = this.folder === undefined ? path : `${this.folder}/${path}`
    return this.#files.sizeOf(whole) > maxImageBytes ? undefined : await this.#files.bytes(whole, maxImageBytes)
  }

  close(): void {
    this.#files.close()
  }
}

function within(folder: string | undefined, path: string): string {
  return folder === undefined ? path : path.slice(folder.length + 1)
}

/** The folder that all files are in, as where a folder was zipped. One that is named like a kind is not meant. */
function commonFolder(names: readonly string[]): string | undefined {
  const [first, ...others] = names
  const folder = first?.includes('/') ? first.slice(0, first.indexOf('/')) : undefined
  return folder !== undefined &&
    kindNamed(folder) === undefined &&
    others.length > 0 &&
    others.every((name) => name.startsWith(`${folder}/`))
    ? folder
    : undefined
}
