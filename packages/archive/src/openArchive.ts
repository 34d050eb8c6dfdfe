import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { OperatorError } from '@worldloom/config'
import {
  type ArchiveManifest,
  archiveManifest,
  archiveTables,
  entities,
  maxImageBytes,
  requiredArchiveTables,
} from '@worldloom/schema'
import { type Entry, openPromise, type ZipFile } from 'yauzl'

/** The longest line: a body of 200,000 characters, each escaped. */
const maxLineLength = 4 * 1024 * 1024
const maxManifestBytes = 256 * 1024 * 1024
const imageName = /^images\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The files with one line per entry of a kind. */
const entityTables = new Set(Object.values(entities).map(({ plural }) => `${plural}.ndjson`))

/** An archive whose files all match its manifest. */
export class Archive {
  readonly #zip: ZipFile
  readonly #entries: ReadonlyMap<string, Entry>
  #lines = 0

  private constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#zip = zip
    this.#entries = entries
  }

  /**
   * Opens an archive and verifies all of it before anything is imported.
   *
   * @throws {OperatorError} if it is damaged, truncated, from another program, or contains unexpected files
   */
  static async open(file: string): Promise<Archive> {
    const zip = await opened(file)
    try {
      const entries = await list(zip)
      const archive = new Archive(zip, entries)
      const manifest = await archive.#manifest()
      const names = new Set(entries.keys())
      names.delete('manifest.json')
      for (const name of ['world.json', ...requiredArchiveTables(manifest.version).map((table) => `${table}.ndjson`)]) {
        if (!names.has(name)) throw new OperatorError(`The archive is incomplete: ${name} is missing.`)
      }
      for (const [name, checksum] of Object.entries(manifest.files)) {
        if (!names.delete(name)) throw new OperatorError(`The archive is incomplete: ${name} is missing.`)
        const hash = createHash('sha256')
        for await (const chunk of await archive.#stream(name)) {
          hash.update(chunk)
          if (entityTables.has(name)) archive.#lines += newlines(chunk)
        }
        if (hash.digest('hex') !== checksum) throw new OperatorError(`The archive is damaged: ${name} was modified.`)
      }
      const [unknown] = names
      if (unknown) throw new OperatorError(`The archive contains ${unknown}, which its manifest does not list.`)
      return archive
    } catch (error) {
      zip.close()
      throw error instanceof OperatorError ? error : broken(error)
    }
  }

  close(): void {
    this.#zip.close()
  }

  /** The number of entries in it. */
  get entries(): number {
    return this.#lines
  }

  async world(): Promise<unknown> {
    return parsed((await this.#bytes('world.json', maxLineLength)).toString('utf8'), 'world.json')
  }

  has(file: string): boolean {
    return this.#entries.has(file)
  }

  /** None for a file that archives of an earlier version do not have. */
  async *rows(file: string): AsyncGenerator<unknown> {
    if (!this.has(file)) return
    let rest = ''
    const decoder = new TextDecoder('utf-8', { fatal: true })
    for await (const chunk of await this.#stream(file)) {
      // Not readline, which also ends lines at U+2028, and texts may contain that.
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      if (rest.length > maxLineLength) throw new OperatorError(`${file} has a line that is too long.`)
      for (const line of lines) yield parsed(line, file)
    }
    if (rest !== '') yield parsed(rest, file)
  }

  /** @throws {OperatorError} if there is no such image */
  async image(id: string): Promise<Buffer> {
    if (!this.#entries.has(`images/${id}`)) throw new OperatorError(`The archive has no file for the image ${id}.`)
    return await this.#bytes(`images/${id}`, maxImageBytes * 2)
  }

  async #manifest(): Promise<ArchiveManifest> {
    if (!this.#entries.has('manifest.json')) throw new OperatorError('This is not a world archive.')
    const text = (await this.#bytes('manifest.json', maxManifestBytes)).toString('utf8')
    const { success, data } = archiveManifest.safeParse(parsed(text, 'manifest.json'))
    if (!success)
      throw new OperatorError('This is not a world archive, or it was written by a later version of Worldloom.')
    return data
  }

  async #stream(name: string): Promise<Readable> {
    const entry = this.#entries.get(name)
    if (!entry) throw new OperatorError(`The archive has no ${name}.`)
    return await this.#zip.openReadStreamPromise(entry)
  }

  async #bytes(name: string, maximum: number): Promise<Buffer> {
    const size = this.#entries.get(name)?.uncompressedSize ?? 0
    if (size > maximum) throw new OperatorError(`${name} is too large.`)
    return await buffer(await this.#stream(name))
  }
}

async function opened(file: string): Promise<ZipFile> {
  try {
    return await openPromise(file, { autoClose: false, validateEntrySizes: true, strictFileNames: true })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new OperatorError(`There is no file ${file}.`)
    }
    throw broken(error)
  }
}

async function list(zip: ZipFile): Promise<Map<string, Entry>> {
  const known = new Set(['manifest.json', 'world.json', ...archiveTables.map((table) => `${table}.ndjson`)])
  const entries = new Map<string, Entry>()
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName
    if (entries.has(name)) throw new OperatorError(`The archive contains ${name} twice.`)
    if (!known.has(name) && !imageName.test(name))
      throw new OperatorError(`The archive contains ${name}, which is not part of a world.`)
    entries.set(name, entry)
  }
  return entries
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new OperatorError(`The archive is damaged: ${file} contains invalid JSON.`)
  }
}

function broken(error: unknown): OperatorError {
  return new OperatorError(
    `The archive is broken or cut off (${error instanceof Error ? error.message : String(error)}).`,
  )
}

function newlines(chunk: Buffer): number {
  let count = 0
  for (const byte of chunk) if (byte === 0x0a) count++
  return count
}
