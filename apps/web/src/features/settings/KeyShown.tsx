import CopyIcon from 'lucide-solid/icons/copy'
import { createSignal, Show } from 'solid-js'
import { Button } from '../../ui/button.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'

/** The one time a key is seen. */
export default function KeyShown(props: { name: string; value: string; onClose: () => void }) {
  const [copied, setCopied] = createSignal<'yes' | 'failed'>()
  let field: HTMLInputElement | undefined
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(props.value)
      setCopied('yes')
    } catch {
      // Not everywhere is a page let near the clipboard: then it is selected, to be copied by hand.
      field?.select()
      setCopied('failed')
    }
  }
  return (
    <Dialog
      open
      onClose={props.onClose}
      dismissible={false}
      title={`The key “${props.name}”`}
      description="Keep it now, where secrets are kept. It is shown this one time and can not be seen again."
    >
      <div class="grid gap-5">
        <div class="flex flex-wrap gap-3">
          <input
            ref={(element) => {
              field = element
            }}
            class="min-h-11 min-w-0 grow basis-72 rounded-xl border border-field bg-sunk px-3.5 font-mono text-sm text-ink"
            readonly
            value={props.value}
            aria-label="API key"
            onFocus={(event) => event.currentTarget.select()}
          />
          <Button look="primary" onClick={copy} autofocus>
            <CopyIcon class="size-4" aria-hidden="true" />
            Copy
          </Button>
        </div>
        <p class="min-h-5 text-sm text-soft" role="status">
          <Show when={copied()}>
            {copied() === 'yes' ? 'It is in the clipboard.' : 'It is selected: copy it by hand.'}
          </Show>
        </p>
        <p class="text-sm leading-relaxed text-soft">
          Programs send it as <code class="font-mono text-ink">X-API-Key</code> or as{' '}
          <code class="font-mono text-ink">Authorization: Bearer</code>.
        </p>
        <div class={dialogActions}>
          <Button onClick={props.onClose}>I have kept it</Button>
        </div>
      </div>
    </Dialog>
  )
}
