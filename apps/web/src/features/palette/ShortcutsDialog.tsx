import { For } from 'solid-js'
import { Dialog } from '../../ui/dialog.tsx'
import { Keys } from './Keys.tsx'
import { commandKey } from './palette.ts'
import * as words from './words.ts'

const shortcuts: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: [commandKey, 'K'], does: words.goToAnythingCreateAnything },
  { keys: [commandKey, 'Z'], does: words.undoYourLatestChange },
  { keys: [commandKey, words.shift, 'Z'], does: words.redoWhatYouUndid },
  { keys: ['E'], does: words.editTheEntryThatIs },
  { keys: [commandKey, 'S'], does: words.whileEditingSaveAtOnce },
  { keys: [words.esc], does: words.whileEditingSaveAndLeave },
  { keys: [commandKey, 'B'], does: words.inALongTextBold },
  { keys: [commandKey, 'I'], does: words.inALongTextItalic },
  { keys: [commandKey, 'F'], does: words.inALongTextFind },
  { keys: [commandKey, words.shift, 'F'], does: words.inALongTextOnly },
  { keys: ['@'], does: words.inALongTextMention },
  { keys: ['↑', '↓'], does: words.inATableTheRow },
  { keys: [words.alt, '→'], does: words.onAStorysBoardMove },
  { keys: [words.space], does: words.onAStorysBoardSelect },
  { keys: [words.esc], does: words.closeADialogOrA },
  { keys: ['?'], does: words.showThisList },
]

/** Every keyboard shortcut there is. */
export default function ShortcutsDialog(props: { onClose: () => void }) {
  return (
    <Dialog open onClose={props.onClose} title={words.keyboardShortcuts}>
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
