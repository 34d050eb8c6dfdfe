import { For } from 'solid-js'
import type { ProposedChange } from '../../lib/api.ts'
import { ProposedChangeView } from './ProposedChangeView.tsx'

/** The changes of a change set, in their order. */
export default function ProposedChanges(props: {
  changes: readonly ProposedChange[]
  worldId: string
  isDecided: boolean
  /** Whether they are parts of a card, rather than cards. */
  inCard?: boolean
}) {
  /** What the changes before create, by the name that others refer to it by. */
  const names = () =>
    new Map(props.changes.flatMap((change) => (change.as ? [[change.as, change.displayName] as const] : [])))
  return (
    <ol class={props.inCard ? 'mt-4 grid gap-4' : 'mt-6 grid gap-4'}>
      <For each={props.changes}>
        {(change) => (
          <ProposedChangeView
            change={change}
            worldId={props.worldId}
            names={names()}
            isDecided={props.isDecided}
            inCard={props.inCard === true}
          />
        )}
      </For>
    </ol>
  )
}
