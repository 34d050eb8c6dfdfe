import CopyIcon from 'lucide-solid/icons/copy'
import { createSignal, Show } from 'solid-js'
import { Button } from './button.tsx'
import * as words from './words.ts'

/** A text to copy, e.g. a key or a link. */
export function CopyField(props: { label: string; value: string }) {
  const [copied, setCopied] = createSignal<'yes' | 'failed'>()
  let field: HTMLInputElement | undefined
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(props.value)
      setCopied('yes')
    } catch {
      // If the clipboard is unavailable, the text is selected for copying by hand.
      field?.select()
      setCopied('failed')
    }
  }
  return (
    <div class="grid gap-3">
      <div class="flex flex-wrap gap-3">
        <input
          ref={(element) => {
            field = element
          }}
          class="min-h-11 min-w-0 grow basis-72 rounded-xl border border-field bg-sunk px-3.5 font-mono text-sm text-ink"
          readonly
          value={props.value}
          aria-label={props.label}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button look="primary" onClick={copy} autofocus>
          <CopyIcon class="size-4" aria-hidden="true" />
          {words.copy}
        </Button>
      </div>
      <p class="min-h-5 text-sm text-soft" role="status">
        <Show when={copied()}>{copied() === 'yes' ? words.copied : words.copyByHand}</Show>
      </p>
    </div>
  )
}
