import type { Database } from '@worldloom/db'
import type { ImageStore } from '@worldloom/images'
import { usedFileKeys } from '@worldloom/worlds'

/** Files that are being uploaded do not belong to an image yet. */
const spareMilliseconds = 60 * 60_000

/** Deletes files that no longer belong to an image. @returns for how many images */
export async function sweepImages(db: Database, store: ImageStore, now = new Date()): Promise<number> {
  const old: string[] = []
  for await (const { key, writtenAt } of store.keys()) {
    if (now.getTime() - writtenAt.getTime() > spareMilliseconds) old.push(key)
  }
  let swept = 0
  for (let at = 0; at < old.length; at += 500) {
    const keys = old.slice(at, at + 500)
    const used = await usedFileKeys(db, keys)
    for (const key of keys.filter((candidate) => !used.has(candidate))) {
      await store.delete(key)
      swept++
    }
  }
  return swept
}
