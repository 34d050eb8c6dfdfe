import { randomUUID } from 'node:crypto'
import sharp from 'sharp'
import { makeSizes, processImage } from './process.ts'
import type { ImageStore } from './store.ts'

/** Stores a drawing of our own, as WebP: an SVG from anybody else is refused. */
export async function storeDrawing(store: ImageStore, svg: string, worldId: string) {
  // It is encoded again below, so this need not be small.
  const drawn = await sharp(Buffer.from(svg)).webp({ quality: 90, effort: 0 }).toBuffer()
  const { original, ...about } = await processImage(new Uint8Array(drawn))
  const fileKey = `${worldId}/${randomUUID()}`
  await store.put(fileKey, [original, ...(await makeSizes(original.bytes))])
  return { fileKey, ...about }
}
