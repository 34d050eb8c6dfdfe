import { buffer } from 'node:stream/consumers'
import { OperatorError } from '@worldloom/config'
import { type Entry, openPromise, type ZipFile } from 'yauzl'

const mostFiles = 50_000
const largestSum = 2 * 1024 ** 3
/** Settings of programs, the trash, and what macOS adds. */
const hidden = /(?:^|\/)(?:\.|__MACOSX(?:\/|$))/

/** The files of a zip of any program, by path. */
export class ZipFiles {
  readonly #zip: ZipFile
  readonly #entries: ReadonlyMap<string, Entry>

  private constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#zip = zip
    this.#entries = entries
  }

  /** @throws {OperatorError} if it is no zip, or too large */
  static async open(file: string): Promise<ZipFiles> {
    // Names are never those of files here. Windows' own zips have backslashes in them.
    const zip = await openPromise(file, { autoClose: false, validateEntrySizes: true }).catch((error: unknown) => {
      throw damaged(error)
    })
    try {
      const entries = new Map<string, Entry>()
      let size = 0
      for await (const entry of zip.eachEntry()) {
        if (entry.fileName.endsWith('/') || hidden.test(entry.fileName)) continue
        size += entry.uncompressedSize
        entries.set(entry.fileName, entry)
        if (entries.size > mostFiles) throw new OperatorError(`There are more than ${mostFiles} files in this zip.`)
        if (size > largestSum) throw new OperatorError('The files in this zip have more than 2 GB together.')
      }
      return new ZipFiles(zip, entries)
    } catch (error) {
      zip.close()
      throw error instanceof OperatorError ? error : damaged(error)
    }
  }

  get paths(): string[] {
    return [...this.#entries.keys()]
  }

  has(path: string): boolean {
    return this.#entries.has(path)
  }

  /** In bytes; 0 for a file that is not there. */
  sizeOf(path: string): number {
    return this.#entries.get(path)?.uncompressedSize ?? 0
  }

  /** @throws {OperatorError} if it is larger, or damaged */
  async bytes(path: string, largest: number): Promise<Buffer> {
    const entry = this.#entries.get(path)
    if (!entry) throw new OperatorError(`There is no ${path} in this zip.`)
    if (entry.uncompressedSize > largest) throw new OperatorError(`${path} is too large.`)
    try {
      return await buffer(await this.#zip.openReadStreamPromise(entry))
    } catch (error) {
      throw damaged(error)
    }
  }

  close(): void {
    this.#zip.close()
  }
}

function damaged(error: unknown): OperatorError {
  return new OperatorError(`The file is no zip, or is damaged (${error instanceof Error ? error.message : error}).`)
}
