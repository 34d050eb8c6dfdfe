import { buffer } from 'node:stream/consumers'
import { OperatorError } from '@worldloom/config'
import { maxImageBytes } from '@worldloom/schema'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { kindNamed } from './fileNames.ts'
import { type Note, readNote } from './note.ts'

/** A note of a vault, with its path without the ending. */
export interface VaultNote extends Note {
  readonly path: string
}

const mostFiles = 50_000
const largestNote = 4 * 1024 * 1024
const largestVault = 2 * 1024 ** 3
const imageEnding = /\.(?:png|jpe?g|webp|gif|avif)$/i
/** Settings of programs, the trash, and what macOS adds. */
const hidden = /(?:^|\/)(?:\.|__MACOSX(?:\/|$))/

/** A zip of Markdown files and images, as a vault of Obsidian is, or a folder of any other program. */
export class Vault {
  readonly #zip: ZipFile
  readonly #images: ReadonlyMap<string, Entry>
  readonly notes: readonly VaultNote[]
  /** The folder that everything is in, if there is one. */
  readonly folder: string | undefined

  private constructor(
    zip: ZipFile,
    notes: readonly VaultNote[],
    images: ReadonlyMap<string, Entry>,
    folder: string | undefined,
  ) {
    this.#zip = zip
    this.notes = notes
    this.#images = images
    this.folder = folder
  }

  /** @throws {OperatorError} if it is no zip, too large, or has no Markdown files in it */
  static async open(file: string): Promise<Vault> {
    // Names are never those of files here. Windows' own zips have backslashes in them.
    const zip = await openPromise(file, { autoClose: false, validateEntrySizes: true }).catch((error: unknown) => {
      throw new OperatorError(`The file is no zip, or is cut off (${error instanceof Error ? error.message : error}).`)
    })
    try {
      const entries = await list(zip)
      const folder = commonFolder(entries.map(({ fileName }) => fileName))
      const pathOf = ({ fileName }: Entry) => (folder === undefined ? fileName : fileName.slice(folder.length + 1))
      const notes: VaultNote[] = []
      for (const entry of entries.filter(({ fileName }) => /\.md$/i.test(fileName))) {
        if (entry.uncompressedSize > largestNote) throw new OperatorError(`${entry.fileName} is too large for a note.`)
        const bytes = await buffer(await zip.openReadStreamPromise(entry))
        notes.push({
          ...readNote(bytes.toString('utf8').replaceAll('\0', '')),
          path: pathOf(entry).replace(/\.md$/i, ''),
        })
      }
      if (notes.length === 0) throw new OperatorError('There are no Markdown files in this zip.')
      const images = entries.filter(({ fileName }) => imageEnding.test(fileName))
      return new Vault(zip, notes, new Map(images.map((entry) => [pathOf(entry), entry])), folder)
    } catch (error) {
      zip.close()
      throw error instanceof OperatorError
        ? error
        : new OperatorError(`The file is damaged (${error instanceof Error ? error.message : error}).`)
    }
  }

  /** The paths of its images. */
  get imagePaths(): string[] {
    return [...this.#images.keys()]
  }

  /** @returns undefined for one that is too large */
  async image(path: string): Promise<Buffer | undefined> {
    const entry = this.#images.get(path)
    if (!entry || entry.uncompressedSize > maxImageBytes) return undefined
    return await buffer(await this.#zip.openReadStreamPromise(entry))
  }

  close(): void {
    this.#zip.close()
  }
}

async function list(zip: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = []
  let size = 0
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith('/') || hidden.test(entry.fileName)) continue
    size += entry.uncompressedSize
    if (entries.push(entry) > mostFiles) throw new OperatorError(`There are more than ${mostFiles} files in this zip.`)
    if (size > largestVault) throw new OperatorError('The files in this zip have more than 2 GB together.')
  }
  return entries
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
