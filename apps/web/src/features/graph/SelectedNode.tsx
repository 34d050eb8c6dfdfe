import X from 'lucide-solid/icons/x'
import { Show } from 'solid-js'
import { kinds } from '../../lib/kinds.ts'
import { Button } from '../../ui/button.tsx'
import { Badge } from '../../ui/panel.tsx'
import { EntityLink } from '../entities/EntityLink.tsx'
import { ConnectedItems } from './ConnectedItems.tsx'
import type { Connected, GraphNode } from './edgeLabels.ts'
import * as words from './words.ts'

/** What was pressed in the picture, and what it is connected with. */
export function SelectedNode(props: {
  worldId: string
  node: GraphNode
  connected: readonly Connected[]
  isMiddle: boolean
  onMiddle: () => void
  onPath: () => void
  onClose: () => void
}) {
  return (
    <div>
      <div class="flex items-start justify-between gap-2">
        <p class="min-w-0">
          <EntityLink
            worldId={props.worldId}
            kind={props.node.kind}
            id={props.node.id}
            name={props.node.displayName}
            class="font-display text-lg leading-snug font-semibold hover:text-accent"
          />{' '}
          <Badge>{kinds[props.node.kind].wording.one}</Badge>
        </p>
        <button
          type="button"
          class="-m-1 grid size-8 shrink-0 place-items-center rounded-full text-soft hover:bg-sunk hover:text-ink"
          aria-label={words.deselect(props.node.displayName)}
          onClick={() => props.onClose()}
        >
          <X class="size-4" aria-hidden="true" />
        </button>
      </div>
      <div class="mt-3 flex flex-wrap gap-2">
        <Show when={!props.isMiddle}>
          <Button onClick={() => props.onMiddle()}>{words.onlyAroundThis}</Button>
        </Show>
        <Button onClick={() => props.onPath()}>{words.pathFromHere}</Button>
      </div>
      <ul class="mt-3 grid gap-1 text-sm">
        <ConnectedItems worldId={props.worldId} connected={props.connected} />
      </ul>
    </div>
  )
}
