import type { ImageSize } from '@worldloom/schema'
import { type EntitySummary, fieldOf } from '../../lib/kinds.ts'
import { language } from '../../lib/words.ts'

/**
 * The URL of an image's file in one of its sizes; undefined while it has none. It never changes for a file, so it can
 * be cached.
 */
export function imageUrl(image: EntitySummary, size: ImageSize | 'original'): string | undefined {
  const checksum = fieldOf(image, 'checksum')
  return checksum ? `${imageFile(image.id, size)}&v=${checksum}` : undefined
}

/** The URL of whatever file an image has at the moment. */
export function imageFile(id: string, size: ImageSize | 'original'): string {
  return `/api/v1/images/${id}/file?size=${size}`
}

/** “1.4 MB”. */
export function fileSize(bytes: number): string {
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, 'kilobyte'] : [bytes / 1e6, 'megabyte']
  return new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value)
}
