import { createSignal, type JSX, Show } from 'solid-js'
import { failureOf } from '../lib/failure.ts'
import { Button } from './button.tsx'
import { Dialog, dialogActions } from './dialog.tsx'
import { Alert } from './notice.tsx'

/** Asks before something that can't be taken back, and says if it did not work. */
export function Confirm(props: {
  title: string
  children: JSX.Element
  /** What is done: the word on the button. */
  action: string
  onConfirm: () => Promise<unknown>
  onClose: () => void
}) {
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
            Cancel
          </Button>
          <Button look="danger" onClick={confirm} disabled={isPending()}>
            {props.action}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
