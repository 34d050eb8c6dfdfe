import { createHash } from 'node:crypto'
import { BadInputError, type ImageSize, type ImageType, imageSizes, maxImageBytes } from '@worldloom/schema'
import pLimit from 'p-limit'
import sharp, { type Sharp } from 'sharp'

/** The most pixels that are decoded: one page of 10,000 × 10,000, or an animation of as many in total. */
const maxPixels = 100_000_000
const maxSeconds = 30

/** The formats of the smaller sizes. The browser picks one. */
export const sizeTypes = ['image/avif', 'image/webp'] as const
export type SizeType = (typeof sizeTypes)[number]

export interface ImageFile {
  /** Its name among the image's files: `original`, `thumb.webp`, … */
  readonly name: string
  readonly type: ImageType
  readonly bytes: Uint8Array
}

export interface ProcessedImage {
  readonly mediaType: ImageType
  readonly width: number
  readonly height: number
  /** Of the original as it is stored. */
  readonly byteSize: number
  /** SHA-256 of that, in hex. */
  readonly checksum: string
  /** The original. Smaller sizes are made of it by {@link makeSizes}. */
  readonly original: ImageFile
}

/** The accepted formats, by libvips' names. AVIF is HEIF with AV1. */
const typesOfFormats: Readonly<Record<string, ImageType>> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  heif: 'image/avif',
}

// Decoders and encoders already use several threads each.
const queue = pLimit(2)

/**
 * Decodes an uploaded file and encodes it again. Only the pixels are kept, so neither metadata (such as location and
 * camera) nor anything hidden in or after the image survives. Its format is determined by its content alone.
 *
 * @throws {BadInputError} for `file`, saying what is wrong with it
 */
export async function processImage(upload: Uint8Array): Promise<ProcessedImage> {
  if (upload.byteLength === 0) throw fault('The file is empty')
  if (upload.byteLength > maxImageBytes) throw fault(`The file is larger than ${maxImageBytes / 1024 / 1024} MB`)
  return await queue(() => makeAnew(upload))
}

async function makeAnew(upload: Uint8Array): Promise<ProcessedImage> {
  const mediaType = await typeOf(upload)
  try {
    const isAnimated = mediaType === 'image/gif' || mediaType === 'image/webp'
    const original = await encode(open(upload, isAnimated).autoOrient(), mediaType)
    const { width, height, pageHeight } = await open(original).metadata()
    return {
      mediaType,
      width,
      height: pageHeight ?? height,
      byteSize: original.byteLength,
      checksum: createHash('sha256').update(original).digest('hex'),
      original: { name: 'original', type: mediaType, bytes: original },
    }
  } catch (error) {
    throw explain(error)
  }
}

/**
 * Makes the smaller sizes of an image: its first frame, in the formats that browsers choose from.
 *
 * @param original as {@link processImage} made it
 * @param only which ones. @default all
 */
export async function makeSizes(
  original: Uint8Array,
  only: readonly ImageSize[] = Object.keys(imageSizes) as ImageSize[], // its own keys
): Promise<ImageFile[]> {
  return await queue(async () => {
    const still = open(original)
    const { width } = await still.metadata()
    const files: ImageFile[] = []
    const encoded = new Map<string, Uint8Array>()
    for (const size of only) {
      // Sizes that the original does not reach are all the same: encoded once.
      const actual = Math.min(imageSizes[size], width)
      for (const type of sizeTypes) {
        const key = `${actual} ${type}`
        const bytes = encoded.get(key) ?? (await encode(still.clone().resize({ width: actual }), type))
        encoded.set(key, bytes)
        files.push({ name: sizeName(size, type), type, bytes })
      }
    }
    return files
  })
}

/**
 * Checks an image from an archive. It was encoded by us before, so its bytes stay as they are.
 *
 * @throws {BadInputError} for `file`, if it can't be one of ours, because it holds more than pixels or is damaged
 */
export async function restoreImage(original: Uint8Array): Promise<ProcessedImage> {
  await typeOf(original)
  const { format, exif, xmp, iptc } = await readMetadata(original)
  const end = Buffer.from(original.subarray(-12)).toString('latin1')
  // Decoders ignore what comes after the image: https://www.w3.org/TR/png-3/#5DataRep and the like.
  const endsThere =
    (format !== 'png' || end.endsWith('IEND\xaeB`\x82')) &&
    (format !== 'jpeg' || end.endsWith('\xff\xd9')) &&
    (format !== 'gif' || end.endsWith(';')) &&
    (format !== 'webp' || Buffer.from(original).readUInt32LE(4) + 8 === original.byteLength)
  if (exif || xmp || iptc || !endsThere) throw fault('Holds more than an image')
  const { original: encodedAgain, ...made } = await processImage(original)
  return {
    ...made,
    byteSize: original.byteLength,
    checksum: createHash('sha256').update(original).digest('hex'),
    original: { ...encodedAgain, bytes: original },
  }
}

async function readMetadata(bytes: Uint8Array) {
  try {
    return await open(bytes).metadata()
  } catch (error) {
    throw explain(error)
  }
}

/** The name of the file of one of the smaller sizes. */
export function sizeName(size: ImageSize, type: SizeType): string {
  return `${size}.${type.slice('image/'.length)}`
}

function open(bytes: Uint8Array, animated = false): Sharp {
  // Fails on any libvips warning: a truncated or damaged file is refused, not repaired.
  return sharp(bytes, { failOn: 'warning', limitInputPixels: maxPixels, animated }).timeout({ seconds: maxSeconds })
}

async function typeOf(upload: Uint8Array): Promise<ImageType> {
  if (!isKnown(upload)) throw fault('Is not an image of a kind we take: PNG, JPEG, WebP, AVIF or GIF')
  try {
    const { format, compression } = await open(upload).metadata()
    const type = typesOfFormats[format]
    if (!type || (format === 'heif' && compression !== 'av1')) {
      throw fault('Is not an image of a kind we take: PNG, JPEG, WebP, AVIF or GIF')
    }
    return type
  } catch (error) {
    throw explain(error)
  }
}

/** By its first bytes, before any decoder sees it. @see https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern */
function isKnown(upload: Uint8Array): boolean {
  const start = Buffer.from(upload.subarray(0, 12)).toString('latin1')
  return (
    start.startsWith('\x89PNG\r\n\x1a\n') ||
    start.startsWith('\xff\xd8\xff') ||
    start.startsWith('GIF87a') ||
    start.startsWith('GIF89a') ||
    (start.startsWith('RIFF') && start.endsWith('WEBP')) ||
    start.startsWith('ftyp', 4)
  )
}

async function encode(image: Sharp, type: ImageType): Promise<Buffer> {
  switch (type) {
    case 'image/png':
      return await image.png().toBuffer()
    case 'image/jpeg':
      return await image.jpeg({ quality: 90, mozjpeg: true }).toBuffer()
    case 'image/webp':
      return await image.webp({ quality: 85 }).toBuffer()
    case 'image/gif':
      return await image.gif().toBuffer()
    case 'image/avif':
      // The lowest effort takes a tenth of the time and adds a few per cent to the size.
      return await image.avif({ quality: 60, effort: 1 }).toBuffer()
  }
}

function explain(error: unknown): unknown {
  if (error instanceof BadInputError || !(error instanceof Error)) return error
  if (/pixel limit/i.test(error.message)) {
    return fault(`Has more than ${maxPixels / 1_000_000} million pixels: make it smaller first`)
  }
  if (/timeout/i.test(error.message)) return fault('Takes too long to decode: save it anew in an image editor')
  return fault('Is damaged or cut off: it cannot be decoded to its end')
}

function fault(sentence: string): BadInputError {
  return new BadInputError({ file: [sentence] })
}
