import type { TextPart } from '@worldloom/schema'
import { For } from 'solid-js'
import * as words from './words.ts'

/** So many characters of what stayed the same are shown around a change. */
const context = 60

/** A text with what was added and removed, by words; long stretches that stayed the same are left out. */
export function TextDiff(props: { parts: readonly TextPart[] }) {
  return (
    <p class="text-sm leading-relaxed break-words whitespace-pre-wrap" dir="auto">
      <For each={props.parts}>
        {({ change, text }, index) =>
          change === 'added' ? (
            <ins class="rounded-sm bg-good/20 text-ink no-underline">
              <span class="sr-only">{words.added}</span>
              {text}
            </ins>
          ) : change === 'removed' ? (
            <del class="rounded-sm bg-danger-wash text-danger">
              <span class="sr-only">{words.removed}</span>
              {text}
            </del>
          ) : (
            <span class="text-soft">{shortened(text, index() === 0, index() === props.parts.length - 1)}</span>
          )
        }
      </For>
    </p>
  )
}

function shortened(text: string, isFirst: boolean, isLast: boolean): string {
  if (text.length <= 2 * context) return text
  const start = isFirst ? '' : text.slice(0, context)
  const end = isLast ? '' : text.slice(-context)
  return `${start} … ${end}`
}
