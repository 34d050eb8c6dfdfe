import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import S3rver from 's3rver'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ImageStore, type StoreConfig } from '../src/index.ts'

const directory = await mkdtemp(path.join(os.tmpdir(), 'worldloom-images-'))
const s3 = new S3rver({
  port: 0,
  address: '127.0.0.1',
  silent: true,
  directory: path.join(directory, 's3'),
  configureBuckets: [{ name: 'worldloom', configs: [] }],
})
const local: StoreConfig = {
  DATA_DIR: directory,
  S3_BUCKET: undefined,
  S3_REGION: 'us-east-1',
  S3_ENDPOINT: undefined,
  S3_ACCESS_KEY_ID: undefined,
  S3_SECRET_ACCESS_KEY: undefined,
}
let port = 0

beforeAll(async () => {
  port = ((await s3.run()) as AddressInfo).port
})
afterAll(async () => {
  await s3.close()
  await rm(directory, { recursive: true, force: true })
})

function storeOf(kind: string): ImageStore {
  if (kind === 'the local disk') return new ImageStore(local)
  return new ImageStore({
    ...local,
    S3_BUCKET: 'worldloom',
    S3_ENDPOINT: `http://127.0.0.1:${port}`,
    S3_ACCESS_KEY_ID: 'S3RVER',
    S3_SECRET_ACCESS_KEY: 'S3RVER',
  })
}

describe.each(['the local disk', 'S3'])('on %s', (kind) => {
  const bytes = Uint8Array.from({ length: 200_000 }, (_, index) => index % 251)

  test('files are stored, read whole and in part, listed and deleted', async () => {
    const store = storeOf(kind)
    const file = { type: 'image/png', bytes } as const
    await store.put('world/one', [
      { ...file, name: 'original' },
      { ...file, name: 'thumb.webp' },
    ])
    await store.put('world/two', [{ ...file, name: 'original' }])
    expect(await store.size('world/one', 'original')).toBe(bytes.length)
    expect(await store.size('world/one', 'nothing')).toBeUndefined()
    expect(Buffer.from(await store.bytes('world/one', 'original')).equals(bytes)).toBe(true)
    expect((await buffer(await store.stream('world/one', 'original'))).equals(bytes)).toBe(true)
    for (const [start, end] of [
      [0, 0],
      [100, 70_000],
      [199_999, 199_999],
    ] as const) {
      const part = await buffer(await store.stream('world/one', 'original', { start, end }))
      expect(part.equals(bytes.subarray(start, end + 1))).toBe(true)
    }
    const keys = async () => {
      const found: string[] = []
      for await (const { key } of store.keys()) found.push(key)
      return found.sort()
    }
    expect(await keys()).toEqual(['world/one', 'world/two'])
    await store.delete('world/one')
    expect(await keys()).toEqual(['world/two'])
    expect(await store.size('world/one', 'thumb.webp')).toBeUndefined()
  })
})
