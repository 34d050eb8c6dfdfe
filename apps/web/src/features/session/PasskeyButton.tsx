import KeyRound from 'lucide-solid/icons/key-round'
import { createSignal, type JSX, Show } from 'solid-js'
import { Button } from '../../ui/button.tsx'
import { Alert } from '../../ui/notice.tsx'
import { passkeyFailure, showPasskey } from './passkeys.ts'

/** Has the browser show a passkey, and says why if it was not used. */
export function PasskeyButton(props: {
  /** The route that takes it. */
  path: string
  look?: 'primary'
  class?: string
  onShown: () => unknown
  children: JSX.Element
}) {
  const [failure, setFailure] = createSignal<string>()
  const show = async () => {
    setFailure(undefined)
    try {
      await showPasskey(props.path)
      await props.onShown()
    } catch (error) {
      setFailure(passkeyFailure(error))
    }
  }
  return (
    <div class="grid gap-3">
      <Button look={props.look ?? 'plain'} class={props.class ?? ''} onClick={() => void show()}>
        <KeyRound class="size-4" aria-hidden="true" />
        {props.children}
      </Button>
      <Show when={failure()}>{(sentence) => <Alert>{sentence()}</Alert>}</Show>
    </div>
  )
}
