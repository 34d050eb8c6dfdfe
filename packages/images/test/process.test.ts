import { crc32, deflateSync } from 'node:zlib'
import { BadInputError } from '@worldloom/schema'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { makeSizes, type ProcessedImage, processImage } from '../src/index.ts'

/** A picture with some detail, so that it compresses to more than a few bytes. */
function picture(width = 64, height = 48) {
  const pixels = Buffer.from(Array.from({ length: width * height * 3 }, (_, index) => (index * index * 7) % 256))
  return sharp(pixels, { raw: { width, height, channels: 3 } })
}

async function fault(upload: Uint8Array): Promise<string> {
  try {
    await processImage(upload)
  } catch (error) {
    if (error instanceof BadInputError && error.reason.kind === 'badInput') return error.reason.fields.file?.[0] ?? ''
    throw error
  }
  throw new Error('it was taken')
}

/** The original, and the sizes that are made of it. */
async function filesOf({ original }: Pick<ProcessedImage, 'original'>) {
  return [original, ...(await makeSizes(original.bytes))]
}

describe.each(['png', 'jpeg', 'webp', 'avif', 'gif'] as const)('%s', (format) => {
  test('is told by its content, measured, and kept in smaller sizes that are never larger than it is', async () => {
    const processed = await processImage(await picture(800, 600).toFormat(format).toBuffer())
    expect(processed).toMatchObject({ mediaType: `image/${format}`, width: 800, height: 600 })
    expect(processed.checksum).toMatch(/^[0-9a-f]{64}$/)
    const files = await filesOf(processed)
    const names = files.map(({ name }) => name)
    expect(names).toEqual([
      'original',
      ...['thumb', 'small', 'large'].flatMap((size) => [`${size}.avif`, `${size}.webp`]),
    ])
    for (const [name, width] of [
      ['thumb.webp', 320],
      ['small.avif', 640],
      ['large.webp', 800],
    ] as const) {
      const file = files.find((candidate) => candidate.name === name)
      expect((await sharp(file?.bytes).metadata()).width).toBe(width)
    }
  })

  test('cut off anywhere it is refused with a sentence', async () => {
    const whole = await picture(200, 150).toFormat(format).toBuffer()
    for (const part of [0.3, 0.6, 0.9]) {
      expect(await fault(whole.subarray(0, Math.floor(whole.length * part)))).toMatch(/damaged or cut off|kind we take/)
    }
  })
})

test('metadata goes: where it was taken, with what, by whom; which way up it is stays', async () => {
  const upload = await picture(40, 20)
    .withExif({ IFD0: { Copyright: 'Secret Person', Make: 'Secret Camera' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">Secret words</x:xmpmeta>')
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
  const { width, height, ...processed } = await processImage(upload)
  const files = await filesOf(processed)
  expect([width, height]).toEqual([20, 40])
  for (const { bytes } of files) {
    const { exif, xmp, iptc, orientation } = await sharp(bytes).metadata()
    expect([exif, xmp, iptc, orientation ?? 1]).toEqual([undefined, undefined, undefined, 1])
    expect(Buffer.from(bytes).includes('Secret')).toBe(false)
  }
})

test('what is hidden behind or in an image does not survive', async () => {
  const script = '<script>alert(1)</script>'
  const upload = Buffer.concat([await picture().gif().toBuffer(), Buffer.from(`${script}PK\x03\x04`)])
  const comment = await picture()
    .png()
    .withExif({ IFD0: { ImageDescription: script } })
    .toBuffer()
  for (const polyglot of [upload, comment]) {
    const files = await filesOf(await processImage(polyglot))
    for (const { bytes } of files) expect(Buffer.from(bytes).includes('<script>')).toBe(false)
  }
})

test('an animation keeps moving; its sizes are of its first picture', async () => {
  const frames = await Promise.all(
    [0, 1, 2].map((shift) =>
      picture(30, 30)
        .negate(shift % 2 === 1)
        .png()
        .toBuffer(),
    ),
  )
  const upload = await sharp(frames, { join: { animated: true } })
    .gif({ delay: [100, 100, 100] })
    .toBuffer()
  const { width, height, ...processed } = await processImage(upload)
  const files = await filesOf(processed)
  expect([width, height]).toEqual([30, 30])
  expect((await sharp(files[0]?.bytes, { animated: true }).metadata()).pages).toBeGreaterThan(1)
  expect(
    (await sharp(files.find(({ name }) => name === 'thumb.webp')?.bytes, { animated: true }).metadata()).pages ?? 1,
  ).toBe(1)
})

test('a bomb is refused by what it says of itself, before it is blown up', async () => {
  const bomb = blackPng(30_000)
  expect(bomb.length).toBeLessThan(500_000)
  expect(await fault(bomb)).toMatch(/more than 100 million pixels/)
})

/** A blank square with one bit per pixel. @see https://www.w3.org/TR/png-3/#5Chunk-layout */
function blackPng(side: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header[8] = 1
  const rows = deflateSync(Buffer.alloc(side * (1 + Math.ceil(side / 8))))
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))])
}

test.each([
  ['nothing', '', /empty/],
  ['text', 'not an image at all', /kind we take/],
  ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', /kind we take/],
  ['HTML', '<!doctype html><script>alert(1)</script>', /kind we take/],
  ['PDF', '%PDF-1.7\n%âãÏÓ', /kind we take/],
  ['the first bytes of a PNG, and no more', '\x89PNG\r\n\x1a\n', /damaged or cut off|kind we take/],
  ['HEIC, that is no AVIF', '\0\0\0\x18ftypheic\0\0\0\0mif1heic', /damaged or cut off|kind we take/],
])('%s is refused with a sentence', async (_, text, sentence) => {
  expect(await fault(Buffer.from(text, 'latin1'))).toMatch(sentence)
})

test('more than 20 MB are refused unread', async () => {
  expect(await fault(new Uint8Array(20 * 1024 * 1024 + 1))).toMatch(/larger than 20 MB/)
})
