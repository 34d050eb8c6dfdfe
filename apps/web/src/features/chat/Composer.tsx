import ArrowUp from 'lucide-solid/icons/arrow-up'
import Square from 'lucide-solid/icons/square'
import { createSignal, onMount, Show } from 'solid-js'
import { formatNumber } from '../../lib/number.ts'
import * as words from './words.ts'

/** The message field. What is typed is kept until it is sent, even across reloads. */
export function Composer(props: {
  label: string
  placeholder: string
  /** The key that the draft is stored under. */
  draft: string
  /** Characters. */
  longest: number
  isBusy: boolean
  /** Stops the answer in progress. */
  onStop?: (() => void) | undefined
  autofocus?: boolean
  /** @param done to be called when the message has been accepted */
  onSend: (text: string, done: () => void) => void
}) {
  const key = () => `chat:${props.draft}`
  const [text, setText] = createSignal(sessionStorage.getItem(key()) ?? '')
  let area: HTMLTextAreaElement | undefined
  const keep = (value: string) => {
    setText(value)
    if (value) sessionStorage.setItem(key(), value)
    else sessionStorage.removeItem(key())
  }
  const tooLong = () => text().length - props.longest
  const maySend = () => !props.isBusy && text().trim() !== '' && tooLong() <= 0
  const send = () => {
    if (!maySend()) return
    const sent = text()
    props.onSend(sent.trim(), () => {
      // What was typed meanwhile is kept as the next message.
      if (text() === sent) keep('')
    })
  }
  onMount(() => {
    if (props.autofocus) area?.focus()
  })
  return (
    <form
      class="rounded-3xl border border-field bg-card p-2 shadow-card focus-within:outline-3 focus-within:outline-offset-2 focus-within:outline-accent"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <div class="flex items-end gap-2">
        <textarea
          ref={(element) => {
            area = element
          }}
          class="field-sizing-content max-h-60 min-h-11 grow resize-none bg-transparent px-3 py-2.5 leading-relaxed outline-none placeholder:text-soft"
          // For browsers that can't size it by its content.
          rows={Math.min(text().split('\n').length, 8)}
          dir="auto"
          aria-label={props.label}
          placeholder={props.placeholder}
          value={text()}
          onInput={(event) => keep(event.currentTarget.value)}
          onKeyDown={(event) => {
            // While an input method is composing, Enter belongs to it.
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
            event.preventDefault()
            send()
          }}
        />
        <Show
          when={props.onStop}
          fallback={
            <button
              type="submit"
              class="grid size-11 shrink-0 place-items-center rounded-full bg-accent text-on-accent transition-colors hover:bg-accent-strong disabled:bg-sunk disabled:text-soft"
              aria-label={words.send}
              disabled={!maySend()}
            >
              <ArrowUp class="size-5" aria-hidden="true" />
            </button>
          }
        >
          {(stop) => (
            <button
              type="button"
              class="grid size-11 shrink-0 place-items-center rounded-full border border-line bg-raised text-ink hover:border-danger hover:text-danger"
              aria-label={words.stopTheAnswer}
              onClick={() => stop()()}
            >
              <Square class="size-4 fill-current" aria-hidden="true" />
            </button>
          )}
        </Show>
      </div>
      <Show when={tooLong() > 0}>
        <p class="px-3 pb-1 text-sm text-danger" role="alert">
          {words.tooLong(formatNumber(tooLong()), formatNumber(props.longest))}
        </p>
      </Show>
    </form>
  )
}
