import { createSignal, onCleanup } from 'solid-js'
import { isTyped } from '../../lib/isTyped.ts'
import { type EditingPlace, placeOf } from './editingPlace.ts'

/**
 * Where a page is being edited, if it is. `E` begins in its text.
 *
 * @param page the element that has the button for it, which has the focus again at the end
 */
export function createEditing(mayEdit: () => boolean, page: () => HTMLElement | undefined) {
  const [editing, setEditing] = createSignal<EditingPlace>()
  const edit = (place: EditingPlace) => {
    if (mayEdit() && !editing()) setEditing(place)
  }
  /** Begins where a text was pressed. Its button and its key do the same for those who use no pointer. */
  const editAt = (field: string, source = '') => ({
    onClick: (event: MouseEvent) => {
      const place = placeOf(event, field, source)
      if (place) edit(place)
    },
  })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'e' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    const isElsewhere = event.target instanceof Element && event.target.closest('[role=dialog], [role=menu]') !== null
    if (editing() || isElsewhere || isTyped(event)) return
    event.preventDefault()
    edit({ field: 'body' })
  }
  addEventListener('keydown', onKeyDown)
  onCleanup(() => removeEventListener('keydown', onKeyDown))
  const done = () => {
    setEditing(undefined)
    // Once it is in the page again.
    requestAnimationFrame(() => page()?.querySelector<HTMLElement>('[data-edit]')?.focus())
  }
  return { editing, edit, editAt, done }
}
