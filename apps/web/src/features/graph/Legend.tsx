import type { EntityKind } from '@worldloom/schema'
import { For } from 'solid-js'
import { capitalized, kinds } from '../../lib/kinds.ts'
import { kindColor } from '../pictures/kindColors.ts'
import * as words from './words.ts'

/** Which colour is which kind; each can be left out. */
export function Legend(props: { without: readonly EntityKind[]; onChange: (without: EntityKind[]) => void }) {
  const isShown = (kind: EntityKind) => !props.without.includes(kind)
  return (
    <fieldset class="flex flex-wrap gap-2">
      <legend class="sr-only">{words.kindsThatAreShown}</legend>
      <For each={Object.values(kinds)}>
        {({ kind, wording }) => (
          <label class="inline-flex min-h-9 items-center gap-2 rounded-full border border-line bg-card px-3 text-sm has-focus-visible:outline-3 has-focus-visible:outline-accent [&:not(:has(:checked))]:opacity-55">
            <input
              type="checkbox"
              class="sr-only"
              checked={isShown(kind)}
              onChange={() =>
                props.onChange(isShown(kind) ? [...props.without, kind] : props.without.filter((each) => each !== kind))
              }
            />
            <span class="size-2.5 rounded-full" style={{ background: kindColor(kind) }} aria-hidden="true" />
            {capitalized(wording.many)}
          </label>
        )}
      </For>
    </fieldset>
  )
}
