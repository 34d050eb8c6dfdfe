import { createSignal } from 'solid-js'
import { imageFile, imageUrl } from '../images/imageUrl.ts'
import type { Row } from './createRows.ts'

/** The picture of a row, of an image itself or the cover of any other entry; undefined if it has none. */
export function createRowPicture(row: () => Row, isImage: boolean) {
  // A cover may have gone into the trash.
  const [missing, setMissing] = createSignal<string>()
  return {
    url: (): string | undefined => {
      if (isImage) return imageUrl(row(), 'thumb')
      const { coverId } = row()
      return coverId && coverId !== missing() ? imageFile(coverId, 'thumb') : undefined
    },
    onError: () => setMissing(row().coverId ?? undefined),
  }
}
