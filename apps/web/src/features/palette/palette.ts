import { createSignal } from 'solid-js'
import * as words from './words.ts'

/** What of the palette is open. */
export type OpenPart = 'palette' | 'shortcuts'

const [openPart, setOpenPart] = createSignal<OpenPart>()

export { openPart, setOpenPart }

/** How the key of commands is called here: ⌘ on a Mac. */
export const commandKey = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : words.ctrl
