import path from 'node:path'
import { Readable } from 'node:stream'
import type { Config } from '@worldloom/config'
import { Disk } from 'flydrive'
import { FSDriver } from 'flydrive/drivers/fs'
import { S3Driver } from 'flydrive/drivers/s3'
import type { ImageFile } from './process.ts'

export type StoreConfig = Pick<
  Config,
  'DATA_DIR' | 'S3_BUCKET' | 'S3_REGION' | 'S3_ENDPOINT' | 'S3_ACCESS_KEY_ID' | 'S3_SECRET_ACCESS_KEY'
>

/** Stores image files on the local disk, or in S3 or a compatible service. */
export class ImageStore {
  readonly #disk: Disk

  constructor(config: StoreConfig) {
    this.#disk = new Disk(driverOf(config))
  }

  /** @param key of the image, which prefixes its files */
  async put(key: string, files: readonly ImageFile[]): Promise<void> {
    await Promise.all(
      files.map(({ name, type, bytes }) => this.#disk.put(`${key}/${name}`, bytes, { contentType: type })),
    )
  }

  /** @returns undefined where there is no such file */
  async size(key: string, name: string): Promise<number | undefined> {
    const file = `${key}/${name}`
    return (await this.#disk.exists(file)) ? (await this.#disk.getMetaData(file)).contentLength : undefined
  }

  async bytes(key: string, name: string): Promise<Uint8Array> {
    return await this.#disk.getBytes(`${key}/${name}`)
  }

  /** @param range the first and the last byte, for part of a file */
  async stream(key: string, name: string, range?: { readonly start: number; readonly end: number }): Promise<Readable> {
    const whole = await this.#disk.getStream(`${key}/${name}`)
    return range ? Readable.from(slice(whole, range.start, range.end)) : whole
  }

  async delete(key: string): Promise<void> {
    await this.#disk.deleteAll(`${key}/`)
  }

  /** The keys of everything that is stored, each with when it was written. */
  async *keys(): AsyncGenerator<{ readonly key: string; readonly writtenAt: Date }> {
    let paginationToken: string | undefined
    const seen = new Set<string>()
    do {
      const page = await this.#disk.listAll('/', { recursive: true, ...(paginationToken && { paginationToken }) })
      for (const object of page.objects) {
        if (!object.isFile) continue
        const key = path.posix.dirname(object.key)
        if (seen.has(key)) continue
        seen.add(key)
        yield { key, writtenAt: (await this.#disk.getMetaData(object.key)).lastModified }
      }
      paginationToken = page.paginationToken
    } while (paginationToken)
  }
}

function driverOf(config: StoreConfig): FSDriver | S3Driver {
  const { S3_BUCKET: bucket, S3_ENDPOINT: endpoint, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = config
  if (!bucket) return new FSDriver({ location: path.resolve(config.DATA_DIR, 'images'), visibility: 'private' })
  return new S3Driver({
    bucket,
    region: config.S3_REGION,
    visibility: 'private',
    // Many compatible services have no ACLs, and we serve the files ourselves.
    supportsACL: false,
    ...(endpoint && { endpoint, forcePathStyle: true }),
    ...(S3_ACCESS_KEY_ID &&
      S3_SECRET_ACCESS_KEY && {
        credentials: { accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY },
      }),
    // Older services do not support checksum trailers.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
}

/** The bytes from `start` to `end`, both included. */
async function* slice(stream: Readable, start: number, end: number): AsyncGenerator<Uint8Array> {
  let at = 0
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    const from = Math.max(start - at, 0)
    const to = Math.min(end + 1 - at, chunk.byteLength)
    if (from < to) yield chunk.subarray(from, to)
    at += chunk.byteLength
    if (at > end) return
  }
}
