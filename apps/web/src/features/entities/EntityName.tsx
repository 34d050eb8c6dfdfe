import { useQuery } from '@tanstack/solid-query'
import type { EntityKind } from '@worldloom/schema'
import { Show } from 'solid-js'
import { dataOf } from '../../lib/dataOf.ts'
import { entityApi, kinds } from '../../lib/kinds.ts'
import { EntityLink } from './EntityLink.tsx'
import * as words from './words.ts'

/** The name of an entry known only by id, once it has loaded. */
export function EntityName(props: {
  kind: EntityKind
  id: string
  /** Whether it links to the entry's page. */
  linked?: boolean
}) {
  const entity = useQuery(() => entityApi(props.kind).byId.queryOptions({ id: props.id }))
  const missing = () => (props.linked ? words.oneInTheTrash(kinds[props.kind].wording.one) : words.inTheTrash)
  return (
    <Show when={dataOf(entity)} fallback={entity.isError ? missing() : '…'}>
      {(found) => (
        <Show when={props.linked} fallback={<bdi>{found().displayName}</bdi>}>
          <EntityLink worldId={found().worldId} kind={props.kind} id={props.id} name={found().displayName} />
        </Show>
      )}
    </Show>
  )
}
