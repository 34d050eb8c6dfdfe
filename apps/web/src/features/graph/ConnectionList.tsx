import { For, Show } from 'solid-js'
import { kinds } from '../../lib/kinds.ts'
import { Badge } from '../../ui/panel.tsx'
import { EntityLink } from '../entities/EntityLink.tsx'
import { ConnectedItems } from './ConnectedItems.tsx'
import type { Connected, Graph } from './edgeLabels.ts'
import * as words from './words.ts'

/** So many connections of an entry are listed. */
const most = 12

/** Every entry with what it is connected with, the most connected first. */
export function ConnectionList(props: {
  graph: Graph
  connections: ReadonlyMap<string, readonly Connected[]>
  worldId: string
}) {
  return (
    <ul class="mt-6 grid gap-4 lg:grid-cols-2">
      <For each={props.graph.nodes.filter(({ id }) => props.connections.has(id))}>
        {(node) => {
          const connected = () => props.connections.get(node.id) ?? []
          return (
            <li class="rounded-2xl border border-line bg-card p-4 shadow-card">
              <p class="flex flex-wrap items-baseline gap-x-3">
                <EntityLink
                  worldId={props.worldId}
                  kind={node.kind}
                  id={node.id}
                  name={node.displayName}
                  class="font-display text-lg font-semibold hover:text-accent"
                />
                <Badge>{kinds[node.kind].wording.one}</Badge>
              </p>
              <ul class="mt-2 grid gap-1 text-sm">
                <ConnectedItems worldId={props.worldId} connected={connected().slice(0, most)} />
                <Show when={connected().length > most}>
                  <li class="text-soft">{words.andMore(connected().length - most)}</li>
                </Show>
              </ul>
            </li>
          )
        }}
      </For>
    </ul>
  )
}
