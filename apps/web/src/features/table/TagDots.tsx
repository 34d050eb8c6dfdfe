import { For } from 'solid-js'
import { tagDots } from '../tags/tagLook.ts'
import { useTagColors } from './tagColors.ts'

/** The tags of a row, in its line. */
export function TagDots(props: { ids: readonly string[]; names: Readonly<Record<string, string>> }) {
  const colorOf = useTagColors()
  return (
    <span class="inline-flex flex-wrap gap-x-3 gap-y-1">
      <For each={props.ids}>
        {(id) => (
          <span class="inline-flex items-center gap-1.5 whitespace-nowrap">
            <span class={`size-2 shrink-0 rounded-full ${tagDots[colorOf(id)]}`} aria-hidden="true" />
            <bdi>{props.names[id]}</bdi>
          </span>
        )}
      </For>
    </span>
  )
}
