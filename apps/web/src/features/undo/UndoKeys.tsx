import { onCleanup, onMount } from 'solid-js'
import { listenForUndoKeys } from './undo.ts'

/** Renders nothing: Ctrl-Z or Cmd-Z undoes while it is there. */
export default function UndoKeys() {
  onMount(() => onCleanup(listenForUndoKeys()))
  return null
}
