import { useQuery } from '@tanstack/solid-query'
import { Link } from '@tanstack/solid-router'
import MapIcon from 'lucide-solid/icons/map'
import { For, Show } from 'solid-js'
import { trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { pagePaths } from '../../pagePaths.ts'

/** The maps that an entry is on, or that are of it. */
export function EntryMaps(props: { id: string; worldId: string }) {
  const maps = useQuery(() => trpc.map.of.queryOptions({ id: props.id }))
  return (
    <Show when={dataOf(maps)?.items.length}>
      <p class="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
        <For each={dataOf(maps)?.items}>
          {({ id, name, how }) => (
            <Link
              to={pagePaths.worldMap}
              params={{ worldId: props.worldId, mapId: id }}
              search={how === 'marked' ? { at: props.id } : {}}
              class="inline-flex min-h-9 items-center gap-2 rounded-full border border-line bg-card px-3 hover:border-accent"
            >
              <MapIcon class="size-4 text-accent" aria-hidden="true" />
              {how === 'marked' ? 'On the map' : 'Its map'} “<bdi>{name}</bdi>”
            </Link>
          )}
        </For>
      </p>
    </Show>
  )
}
