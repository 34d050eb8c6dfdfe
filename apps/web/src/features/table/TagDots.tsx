import { useQuery } from '@tanstack/solid-query'
import type { TagColor } from '@worldloom/schema'
import { For } from 'solid-js'
import { trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { tagDots } from '../tags/tagLook.ts'
import { useWorld } from '../worlds/worldContext.ts'

/** The tags of a row, in its line. */
export function TagDots(props: { ids: readonly string[]; names: Readonly<Record<string, string>> }) {
  const world = useWorld()
  const tags = useQuery(() => trpc.tag.list.queryOptions({ worldId: world().id }))
  const colorOf = (id: string): TagColor => dataOf(tags)?.items.find((tag) => tag.id === id)?.color ?? 'gray'
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
