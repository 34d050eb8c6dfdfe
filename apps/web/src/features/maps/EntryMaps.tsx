import { useQuery } from '@tanstack/solid-query'
import { Link } from '@tanstack/solid-router'
import MapIcon from 'lucide-solid/icons/map'
import { For } from 'solid-js'
import { trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { pagePaths } from '../../pagePaths.ts'
import * as common from '../../ui/words.ts'
import * as words from './words.ts'

/** The maps that an entry is on, or that are of it. */
export function EntryMaps(props: { id: string; worldId: string }) {
  const maps = useQuery(() => trpc.map.of.queryOptions({ id: props.id }))
  return (
    <ul class="contents" aria-label={common.maps}>
      <For each={dataOf(maps)?.items}>
        {({ id, name, how }) => (
          <li>
            <Link
              to={pagePaths.worldMap}
              params={{ worldId: props.worldId, mapId: id }}
              search={how === 'marked' ? { at: props.id } : {}}
              class="inline-flex items-center gap-1.5 rounded-full border border-line bg-card px-3 py-1 text-sm hover:border-accent"
            >
              <MapIcon class="size-3.5 text-accent" aria-hidden="true" />
              {how === 'marked' ? words.onTheMap(name) : words.namedMap(name)}
            </Link>
          </li>
        )}
      </For>
    </ul>
  )
}
