import { createSignal } from 'solid-js'
import * as common from '../../ui/words.ts'

/** What of the palette is open. */
export type OpenPart = 'palette' | 'shortcuts'

const [openPart, setOpenPart] = createSignal<OpenPart>()

export { openPart, setOpenPart }

/**
 * Keeps what is typed until the palette has been loaded and can be typed into, and away from the page meanwhile.
 *
 * @returns ends that
 */
export function typeAhead(): () => void {
  typedAhead = ''
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key.length === 1) typedAhead += event.key
    else if (event.key === 'Backspace') typedAhead = typedAhead.slice(0, -1)
    else return
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  stopTypingAhead = () => removeEventListener('keydown', onKeyDown, { capture: true })
  addEventListener('keydown', onKeyDown, { capture: true })
  return stopTypingAhead
}

let typedAhead = ''
let stopTypingAhead = () => {}

/** What was typed so far. From now on the palette gets the keys itself. */
export function takeTypedAhead(): string {
  stopTypingAhead()
  const taken = typedAhead
  typedAhead = ''
  return taken
}

/** How the key of commands is called here: ⌘ on a Mac. */
export const commandKey = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : common.ctrl
