import { For } from 'solid-js'
import { Dialog } from '../../ui/dialog.tsx'
import { Keys } from './Keys.tsx'
import { commandKey } from './palette.ts'

const shortcuts: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: [commandKey, 'K'], does: 'Go to anything, create anything, run any action' },
  { keys: [commandKey, 'Z'], does: 'Undo your latest change' },
  { keys: [commandKey, 'Shift', 'Z'], does: 'Redo what you undid' },
  { keys: ['E'], does: 'Edit the entry that is open' },
  { keys: [commandKey, 'S'], does: 'While editing: save at once' },
  { keys: ['Esc'], does: 'While editing: save, and leave' },
  { keys: [commandKey, 'B'], does: 'In a long text: bold' },
  { keys: [commandKey, 'I'], does: 'In a long text: italic' },
  { keys: [commandKey, 'F'], does: 'In a long text: find and replace' },
  { keys: [commandKey, 'Shift', 'F'], does: 'In a long text: only the text, or the page again' },
  { keys: ['@'], does: 'In a long text: mention an entry' },
  { keys: ['↑', '↓'], does: 'In a table: the row above or below' },
  { keys: ['Alt', '→'], does: 'On a story’s board: move the scene, or all that are selected' },
  { keys: ['Space'], does: 'On a story’s board: select the scene' },
  { keys: ['Esc'], does: 'Close a dialog or a menu' },
  { keys: ['?'], does: 'Show this list' },
]

/** Every keyboard shortcut there is. */
export default function ShortcutsDialog(props: { onClose: () => void }) {
  return (
    <Dialog open onClose={props.onClose} title="Keyboard shortcuts">
      <dl class="grid gap-1">
        <For each={shortcuts}>
          {({ keys, does }) => (
            <div class="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 border-b border-line py-2.5 last:border-0">
              <dt>{does}</dt>
              <dd>
                <Keys keys={keys} />
              </dd>
            </div>
          )}
        </For>
      </dl>
    </Dialog>
  )
}
