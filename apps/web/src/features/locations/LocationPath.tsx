import { useQuery } from '@tanstack/solid-query'
import ChevronRight from 'lucide-solid/icons/chevron-right'
import { For, Show } from 'solid-js'
import { trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import type { Entity } from '../../lib/kinds.ts'
import { EntityLink } from '../entities/EntityLink.tsx'
import * as words from './words.ts'

/** The locations that contain a location, outermost first. */
export default function LocationPath(props: { entity: Entity }) {
  const ancestors = useQuery(() => trpc.location.ancestors.queryOptions({ id: props.entity.id }))
  return (
    <Show when={dataOf(ancestors)?.items.length}>
      <nav class="mt-6" aria-label={words.locationPath}>
        <ol class="flex flex-wrap items-center gap-1.5 text-sm">
          <For each={dataOf(ancestors)?.items}>
            {(place) => (
              <li class="flex items-center gap-1.5">
                <EntityLink worldId={props.entity.worldId} kind="location" id={place.id} name={place.displayName} />
                <ChevronRight class="size-4 text-soft" aria-hidden="true" />
              </li>
            )}
          </For>
          <li aria-current="page">
            <bdi>{props.entity.displayName}</bdi>
          </li>
        </ol>
      </nav>
    </Show>
  )
}
