import { For } from 'solid-js'
import { Button } from '../../ui/button.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import { showToast } from '../../ui/toast.ts'
import * as common from '../../ui/words.ts'
import * as words from './words.ts'

/** The only time that recovery codes are shown. */
export default function RecoveryCodes(props: { codes: readonly string[]; onClose: () => void }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(props.codes.join('\n'))
      showToast(common.copied)
    } catch {
      showToast(words.copyThemByHand)
    }
  }
  return (
    <Dialog
      open
      onClose={props.onClose}
      dismissible={false}
      title={words.recoveryCodes}
      description={common.shownOnceHint}
    >
      <div class="grid gap-5">
        <p class="text-sm leading-relaxed text-soft">{words.recoveryCodesHint}</p>
        <ol class="grid grid-cols-2 gap-x-6 gap-y-2 rounded-xl bg-sunk p-4 font-mono text-sm select-all max-sm:grid-cols-1">
          <For each={props.codes}>{(code) => <li>{code}</li>}</For>
        </ol>
        <div class={dialogActions}>
          <Button onClick={() => void copy()}>{common.copy}</Button>
          <Button look="primary" onClick={props.onClose}>
            {common.isSaved}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
