import type { Database } from '@worldloom/db'
import { type ImageStore, makeSizes, sizeName } from '@worldloom/images'
import { defineJob } from '@worldloom/jobs'
import { claimImageWithoutSizes, findImageWithoutSizes, settleImageSizes } from '@worldloom/worlds'
import { z } from 'zod'
import type { Logger } from './logger.ts'

/** Makes the smaller sizes of all images that have none yet: right after an upload, and every minute for what was imported. */
export const imageSizesJob = defineJob({
  name: 'image-sizes',
  input: z.strictObject({}),
  schedule: '* * * * *',
  timeLimit: 3000,
  keep: 3600,
})

/** @returns of how many images */
export async function makeImageSizes(
  db: Database,
  store: ImageStore,
  logger: Logger,
  signal: AbortSignal,
): Promise<{ made: number; failed: number }> {
  /** Those that failed in this run; they are tried again in the next. */
  const failed: string[] = []
  let made = 0
  while (!signal.aborted) {
    const id = await findImageWithoutSizes(db, failed)
    if (id === undefined) break
    const fileKey = await claimImageWithoutSizes(db, id)
    if (fileKey === undefined) continue
    try {
      // Those of drawings are there already.
      if ((await store.size(fileKey, sizeName('large', 'image/avif'))) === undefined) {
        await store.put(fileKey, await makeSizes(await store.bytes(fileKey, 'original')))
      }
      await settleImageSizes(db, id, fileKey)
      made++
    } catch (error) {
      failed.push(id)
      logger.warn({ err: error, image: id }, 'the smaller sizes of an image were not made')
    }
  }
  return { made, failed: failed.length }
}
