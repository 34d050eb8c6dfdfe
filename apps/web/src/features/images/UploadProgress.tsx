import { Show } from 'solid-js'
import * as words from './words.ts'

const states = {
  waiting: words.isWaiting,
  sending: words.isUploading,
  done: words.isDone,
  refused: words.isRefused,
} as const

/** The progress of one upload. */
export function UploadProgress(props: {
  name: string
  share: number
  state: keyof typeof states
  refusal?: string | undefined
}) {
  return (
    <li class="text-sm">
      <p class="flex justify-between gap-3">
        <bdi class="min-w-0 truncate font-medium">{props.name}</bdi>
        <span class={props.state === 'refused' ? 'text-danger' : 'text-soft'} role="status">
          {/* All bytes are there, and are being looked at. */}
          {props.state === 'sending' && props.share === 1 ? words.beingMadeReady : states[props.state]}
        </span>
      </p>
      <Show when={props.state === 'sending'}>
        <progress class="progress mt-1.5 block h-2 w-full" value={props.share} max={1} aria-label={props.name} />
      </Show>
      <Show when={props.refusal}>
        <p class="mt-1 text-danger">{props.refusal}</p>
      </Show>
    </li>
  )
}
