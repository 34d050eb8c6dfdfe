import type { EntityKind } from '@worldloom/schema'
import { createSignal, type JSX, Show } from 'solid-js'
import { queryClient } from '../../lib/api.ts'
import { failureOf } from '../../lib/failure.ts'
import { counted, type Entity, entityApi, entityCall, refreshWorlds } from '../../lib/kinds.ts'
import { listed } from '../../lib/list.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { showToast } from '../../ui/toast.ts'
import { showChanged } from '../undo/showChanged.ts'
import * as words from './words.ts'

type Deleted = Pick<Entity, 'id' | 'kind' | 'version' | 'displayName'>

/**
 * Moves an entry to the trash, and offers to undo that. If more would go with it, asks first, in a dialog that the page
 * has to render.
 */
export function useDeleteEntity(kind: EntityKind, onDeleted: () => void) {
  const api = entityApi(kind)
  /** `along`: “2 acts and 7 scenes go into the trash with it.” */
  const [asked, setAsked] = createSignal<{ entity: Deleted; along: string }>()

  const run = async (entity: Deleted) => {
    const { along } = await entityCall(kind).delete.mutate({ id: entity.id, version: entity.version })
    onDeleted()
    queryClient.removeQueries(api.byId.queryFilter({ id: entity.id }))
    void refreshWorlds()
    showChanged(words.isInTheTrash(entity.displayName, along))
  }
  const ask = async (entity: Deleted) => {
    try {
      const contents = await queryClient.fetchQuery({ ...api.contents.queryOptions({ id: entity.id }), staleTime: 0 })
      if (contents.total === 0) await run(entity)
      else setAsked({ entity, along: words.goesAlong(countedKinds(contents.kinds), contents.total) })
    } catch (error) {
      showToast(failureOf(error).message)
      void refreshWorlds()
    }
  }
  const dialog = (): JSX.Element => (
    <Show when={asked()} keyed>
      {({ entity, along }) => (
        <Confirm
          title={words.deleteNamed(entity.displayName)}
          action={words.moveToTrash}
          onClose={() => setAsked(undefined)}
          onConfirm={() => run(entity)}
        >
          {along}
        </Confirm>
      )}
    </Show>
  )
  return { ask, dialog }
}

/** Restores an entry from the trash, with what went there with it. */
export function useRestoreEntity() {
  return async ({ id, kind, displayName }: Pick<Entity, 'id' | 'kind' | 'displayName'>) => {
    try {
      await entityCall(kind).restore.mutate({ id })
      showChanged(words.isBack(displayName))
    } catch (error) {
      showToast(failureOf(error).message)
    }
    await refreshWorlds()
  }
}

/** “2 acts and 7 scenes”. */
function countedKinds(found: Partial<Record<EntityKind, number>>): string {
  const parts = Object.entries(found).map(([kind, count]) => counted(kind as EntityKind, count)) // keys are kinds
  return listed(parts)
}
