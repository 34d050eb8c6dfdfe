import { For } from 'solid-js'
import { EntityLink } from '../entities/EntityLink.tsx'
import type { Connected } from './edgeLabels.ts'

/** What an entry is connected with and how, as items of a list. */
export function ConnectedItems(props: { worldId: string; connected: readonly Connected[] }) {
  return (
    <For each={props.connected}>
      {({ label, other }) => (
        <li>
          <span class="text-soft">{label}</span>{' '}
          <EntityLink worldId={props.worldId} kind={other.kind} id={other.id} name={other.displayName} />
        </li>
      )}
    </For>
  )
}
