import { Readable } from 'node:stream'
import { type ImageStore, type SizeType, sizeName, sizeTypes } from '@worldloom/images'
import { imageSizes } from '@worldloom/schema'
import type { findImageFile } from '@worldloom/worlds'
import parseRange from 'range-parser'
import { z } from 'zod'
import type { AppContext } from './appTypes.ts'
import { contentDisposition } from './contentDisposition.ts'
import { problem } from './problem.ts'

/** Which size of an image is asked for. */
export const fileQuery = z.strictObject({
  size: z
    .enum(['original', ...(Object.keys(imageSizes) as (keyof typeof imageSizes)[])], {
      error: 'Must be thumb, small, large or original',
    })
    .default('original'),
  /** The checksum, for a URL that always means this file. */
  v: z.string().max(64).optional(),
  download: z.literal('true', { error: 'Must be true' }).optional(),
})

/**
 * The file of an image, whole or in part, whose caller may see it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-14
 */
export async function serveImageFile(
  c: AppContext,
  store: ImageStore,
  file: Awaited<ReturnType<typeof findImageFile>>,
  { size, v, download }: z.output<typeof fileQuery>,
): Promise<Response> {
  const preferred = size === 'original' ? undefined : preferredType(c)
  const wanted = preferred && size !== 'original' ? sizeName(size, preferred) : 'original'
  const known = c.req.header('if-none-match')
  const tagOf = (name: string) => `"${file.checksum.slice(0, 32)}-${name}"`
  const isKnown = (tag: string) =>
    known !== undefined && (known === '*' || known.split(',').some((each) => each.trim().replace(/^W\//, '') === tag))
  // Whoever has it need not have it looked for.
  let length = isKnown(tagOf(wanted)) ? undefined : await store.size(file.fileKey, wanted)
  // Most of the smaller sizes are made a moment after the upload: until then, the original will do.
  const isMade = preferred === undefined || length !== undefined || isKnown(tagOf(wanted))
  if (!isMade) length = await store.size(file.fileKey, 'original')
  const [type, name] = isMade ? [preferred ?? file.mediaType, wanted] : [file.mediaType, 'original']
  const etag = tagOf(name)
  const ending = type.slice('image/'.length)
  const headers: Record<string, string> = {
    etag,
    'content-type': type,
    'accept-ranges': 'bytes',
    vary: 'Accept',
    'cache-control': v === file.checksum && isMade ? 'private, max-age=31536000, immutable' : 'private, no-cache',
    // Rule 34: opened on its own, it is an image and can't run anything.
    'content-security-policy': "default-src 'none'; sandbox",
    'content-disposition': contentDisposition(
      download ? 'attachment' : 'inline',
      `image.${ending}`,
      `${file.name}.${ending}`,
    ),
  }
  if (isKnown(etag)) return c.body(null, 304, headers)
  if (length === undefined) return problem(c, 404, 'Not found', 'The file of this image is missing. Upload it again.')
  const ranges = wantedRange(c, etag, length)
  if (ranges === 'none') {
    headers['content-length'] = String(length)
    return respond(c, 200, headers, await store.stream(file.fileKey, name))
  }
  if (ranges === 'unsatisfiable') {
    c.header('content-range', `bytes */${length}`)
    return problem(c, 416, 'No such part', `The file has ${length} bytes.`)
  }
  const { start, end } = ranges
  headers['content-length'] = String(end - start + 1)
  headers['content-range'] = `bytes ${start}-${end}/${length}`
  return respond(c, 206, headers, await store.stream(file.fileKey, name, ranges))
}

function respond(c: AppContext, status: 200 | 206, headers: Record<string, string>, stream: Readable): Response {
  if (c.req.method !== 'HEAD') return c.body(Readable.toWeb(stream) as ReadableStream, status, headers) // of one standard
  stream.destroy()
  return c.body(null, status, headers)
}

/** The first stored format that the browser accepts. */
function preferredType(c: AppContext): SizeType {
  const accepted = c.req.header('accept') ?? ''
  return sizeTypes.find((type) => accepted.includes(type)) ?? 'image/webp'
}

/** A single range is supported. Several ranges, or units other than bytes, are ignored. */
function wantedRange(c: AppContext, etag: string, length: number) {
  const header = c.req.header('range')
  const condition = c.req.header('if-range')
  if (!header || (condition !== undefined && condition !== etag)) return 'none'
  const ranges = parseRange(length, header)
  if (ranges === -1) return 'unsatisfiable'
  const [range] = ranges === -2 ? [] : ranges
  return ranges === -2 || ranges.type !== 'bytes' || ranges.length !== 1 || !range ? 'none' : range
}
