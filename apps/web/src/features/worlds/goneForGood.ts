import * as words from './words.ts'

/** “gone for good in 12 days”, of what is in the trash. */
export function goneForGood(keptUntil: string): string {
  return words.goneForGoodIn(Math.max(1, Math.ceil((Date.parse(keptUntil) - Date.now()) / 86_400_000)))
}
