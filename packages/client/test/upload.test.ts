import { describe, expect, test } from 'vitest'
import { createWorldloomClient, readError, UploadError, upload, uploadImage, watch } from '../src/index.ts'
import { startWorldloom } from './worldloom.ts'

const options = await startWorldloom()
const client = createWorldloomClient(options)
const world = await client.world.create.mutate({ name: 'Client' })

/** A picture of one pixel, and so many bytes that readers of PNG files skip. */
function picture(bytes: number): File {
  const pixel = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  return new File([pixel, new Uint8Array(bytes)], 'A lamp.png', { type: 'image/png' })
}

describe('uploads', () => {
  test('a picture becomes an image, and how much of it has been sent is told', async () => {
    const shares: number[] = []
    const file = picture(3_000_000)
    const made = await uploadImage(options, { worldId: world.id, file, onProgress: (share) => shares.push(share) })
    expect(made).toMatchObject({ name: 'A lamp', width: 1, height: 1 })
    expect(shares.length).toBeGreaterThan(2)
    expect(shares).toEqual(shares.toSorted((one, other) => one - other))
    expect(shares.at(-1)).toBe(1)
    const named = await uploadImage(options, { worldId: world.id, file: picture(0), name: 'A chart' })
    expect((await client.image.byId.query({ id: named.id })).name).toBe('A chart')
  })

  test('a refusal has its reason, and one that cannot be reached is temporary', async () => {
    const text = new File(['no picture'], 'notes.txt', { type: 'text/plain' })
    const refused = await uploadImage(options, { worldId: world.id, file: text }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(UploadError)
    expect(readError(refused)).toMatchObject({ status: 400, reason: { kind: 'badInput' }, isTemporary: false })
    const nobody = await uploadImage({ url: options.url, apiKey: 'wl_x' }, { worldId: world.id, file: text }).catch(
      readError,
    )
    expect(nobody).toMatchObject({ status: 401, reason: { kind: 'invalidCredential' } })
    const nowhere = await uploadImage({ url: 'http://127.0.0.1:9' }, { worldId: world.id, file: text }).catch(readError)
    expect(nowhere).toMatchObject({ status: undefined, isTemporary: true })
  })

  test('a signal ends one', async () => {
    const controller = new AbortController()
    const sending = upload(options, {
      ...{ method: 'POST', path: '/api/v1/images', fields: { worldId: world.id }, file: picture(20_000_000) },
      onProgress: () => controller.abort(new Error('enough')),
      signal: controller.signal,
    })
    await expect(sending).rejects.toThrow('enough')
  })
})

describe('watch', () => {
  test('gives what happens as it happens, and goes on where it was', async () => {
    const controller = new AbortController()
    const seen: { id: string; name: string }[] = []
    const follow = async (lastEventId?: string) => {
      for await (const { id, event } of watch(client, [world.id], { lastEventId, signal: controller.signal })) {
        if (event.type === 'start') started()
        if (event.type !== 'change') continue
        seen.push({ id, name: event.change.subjectName ?? '' })
        if (seen.length % 2 === 0) return
      }
    }
    let started = () => {}
    const hasStarted = new Promise<void>((resolve) => {
      started = () => resolve()
    })
    const first = follow()
    await hasStarted
    for (const name of ['One', 'Two', 'Three']) await client.persona.create.mutate({ worldId: world.id, name })
    await first
    expect(seen.map(({ name }) => name)).toEqual(['One', 'Two'])
    // Somebody who comes back gets what they missed.
    const second = follow(seen.at(-1)?.id)
    await client.persona.create.mutate({ worldId: world.id, name: 'Four' })
    await second
    expect(seen.map(({ name }) => name)).toEqual(['One', 'Two', 'Three', 'Four'])
    // A signal ends one that waits.
    const third = follow(seen.at(-1)?.id)
    controller.abort()
    await third
  })

  test('says why it cannot go on', async () => {
    const wrong = async () => {
      for await (const _ of watch(client, ['01a00000-0000-7000-8000-000000000000'])) return
    }
    expect(readError(await wrong().catch((error: unknown) => error)).reason?.kind).toBe('notFound')
  })
})
