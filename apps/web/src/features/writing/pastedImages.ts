import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { refreshWorlds } from '../../lib/kinds.ts'
import { showToast } from '../../ui/toast.ts'
import { refusalOf, uploadImage } from '../images/upload.ts'
import * as words from './words.ts'

/** Uploads images that are pasted or dropped, as entries of the world, and shows them where they were put. */
export function pastedImages(worldId: string): Extension {
  const take = (view: EditorView, files: FileList | undefined, at: number): boolean => {
    const images = [...(files ?? [])].filter(({ type }) => type.startsWith('image/'))
    if (images.length === 0) return false
    void insert(view, worldId, images, at)
    return true
  }
  return EditorView.domEventHandlers({
    paste: (event, view) => take(view, event.clipboardData?.files, view.state.selection.main.head),
    drop: (event, view) => {
      const at = view.posAtCoords({ x: event.clientX, y: event.clientY }) ?? view.state.selection.main.head
      const isTaken = take(view, event.dataTransfer?.files, at)
      if (isTaken) event.preventDefault()
      return isTaken
    },
  })
}

async function insert(view: EditorView, worldId: string, images: readonly File[], at: number): Promise<void> {
  let place = at
  for (const file of images) {
    const label = file.name.replace(/\.[^.]*$/, '').replaceAll(/[[\]\\]/g, ' ')
    showToast(words.uploading(file.name))
    try {
      const { id } = await uploadImage(worldId, file)
      const text = `![${label}](entry:${id})\n`
      const from = Math.min(place, view.state.doc.length)
      view.dispatch({ changes: { from, insert: text }, userEvent: 'input.paste' })
      place = from + text.length
      showToast(words.isUploaded(file.name))
    } catch (error) {
      showToast(`${file.name}: ${refusalOf(error)}`)
    }
  }
  void refreshWorlds()
}
