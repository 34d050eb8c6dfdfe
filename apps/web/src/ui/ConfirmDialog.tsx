import { createSignal, Show } from 'solid-js'
import { failureOf } from '../lib/failure.ts'
import { Button } from './button.tsx'
import type { ConfirmProps } from './confirmProps.ts'
import { Dialog, dialogActions } from './dialog.tsx'
import { Alert } from './notice.tsx'
import * as words from './words.ts'

/** The dialog that `Confirm` opens. */
export default function ConfirmDialog(props: ConfirmProps) {
  const [isPending, setPending] = createSignal(false)
  const [failure, setFailure] = createSignal<string>()
  const confirm = async () => {
    setPending(true)
    try {
      await props.onConfirm()
      props.onClose()
    } catch (error) {
      setFailure(failureOf(error).message)
      setPending(false)
    }
  }
  return (
    <Dialog open onClose={props.onClose} dismissible={!isPending()} title={props.title}>
      <div class="grid gap-5">
        <div class="leading-relaxed">{props.children}</div>
        <Show when={failure()}>{(sentence) => <Alert>{sentence()}</Alert>}</Show>
        <div class={dialogActions}>
          <Button look="quiet" onClick={props.onClose} disabled={isPending()} autofocus>
            {words.cancel}
          </Button>
          <Button look="danger" onClick={confirm} disabled={isPending()}>
            {props.action}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
