import type { Database } from '@worldloom/db'
import { type ImageStore, makeSizes, sizeName } from '@worldloom/images'
import { defineJob } from '@worldloom/jobs'
import { claimImageWithoutSizes, findImagesWithoutSizes, settleImageSizes } from '@worldloom/worlds'
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
  const tried = new Set<string>()
  let made = 0
  for (;;) {
    const ids = (await findImagesWithoutSizes(db, 100)).filter((id) => !tried.has(id))
    if (ids.length === 0 || signal.aborted) return { made, failed: tried.size - made }
    for (const id of ids) {
      if (signal.aborted) break
      tried.add(id)
      const fileKey = await claimImageWithoutSizes(db, id)
      if (fileKey === undefined) {
        made++
        continue
      }
      try {
        // Those of drawings are there already.
        if ((await store.size(fileKey, sizeName('thumb', 'image/avif'))) === undefined) {
          await store.put(fileKey, await makeSizes(await store.bytes(fileKey, 'original')))
        }
        await settleImageSizes(db, id, fileKey)
        made++
      } catch (error) {
        logger.warn({ err: error, image: id }, 'the smaller sizes of an image were not made')
      }
    }
  }
}
