import { For } from 'solid-js'

/** Keys that are pressed together. */
export function Keys(props: { keys: readonly string[] }) {
  return (
    <span class="inline-flex shrink-0 gap-1 whitespace-nowrap">
      <For each={props.keys}>
        {(key) => (
          <kbd class="min-w-6 rounded-md border border-line bg-sunk px-1.5 py-0.5 text-center font-sans text-xs text-soft">
            {key}
          </kbd>
        )}
      </For>
    </span>
  )
}
