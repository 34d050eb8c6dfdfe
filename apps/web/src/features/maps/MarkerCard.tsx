import { Link } from '@tanstack/solid-router'
import { withoutMentions } from '@worldloom/schema/mentionText'
import MapIcon from 'lucide-solid/icons/map'
import Pencil from 'lucide-solid/icons/pencil'
import Trash from 'lucide-solid/icons/trash'
import X from 'lucide-solid/icons/x'
import { createSignal, Show } from 'solid-js'
import { call } from '../../lib/api.ts'
import { failureOf } from '../../lib/failure.ts'
import { capitalized, kinds, refreshWorlds } from '../../lib/kinds.ts'
import { pagePaths } from '../../pagePaths.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { lazyDialog } from '../../ui/lazyDialog.tsx'
import { showToast } from '../../ui/toast.ts'
import * as common from '../../ui/words.ts'
import { EntityLink } from '../entities/EntityLink.tsx'
import { showChanged } from '../undo/showChanged.ts'
import { type Marker, markerName, type WholeMap } from './markerName.ts'
import * as words from './words.ts'

const MarkerDialog = lazyDialog(() => import('./MarkerDialog.tsx'))

/** What a marker marks, and what can be done with it. */
export function MarkerCard(props: {
  map: WholeMap
  marker: Marker
  mayChange: boolean
  mayRemove: boolean
  /** Undefined in a list. */
  onClose?: () => void
}) {
  const [editing, setEditing] = createSignal(false)
  const remove = async () => {
    try {
      await call.marker.delete.mutate({ id: props.marker.id, version: props.marker.version })
      props.onClose?.()
      showChanged(words.isOffTheMap(markerName(props.marker)))
    } catch (error) {
      showToast(failureOf(error).message)
    }
    void refreshWorlds()
  }
  return (
    <>
      <div class="flex items-start justify-between gap-3">
        <div class="min-w-0">
          <p class="text-xs text-soft">
            <Show when={props.marker.entry} fallback={props.marker.shape === 'pin' ? words.pin : words.area}>
              {(entry) => capitalized(kinds[entry().kind].wording.one)}
            </Show>
          </p>
          <p class="font-display text-lg leading-tight font-semibold">
            <Show when={props.marker.entry} fallback={<bdi>{props.marker.label}</bdi>}>
              {(entry) => (
                <EntityLink
                  worldId={props.map.worldId}
                  kind={entry().kind}
                  id={entry().id}
                  name={markerName(props.marker)}
                  class="hover:text-accent"
                />
              )}
            </Show>
          </p>
        </div>
        <Show when={props.onClose}>
          {(close) => (
            <button
              type="button"
              class="-m-1 grid size-9 shrink-0 place-items-center rounded-full text-soft hover:bg-sunk hover:text-ink"
              aria-label={common.close}
              onClick={() => close()()}
            >
              <X class="size-4" aria-hidden="true" />
            </button>
          )}
        </Show>
      </div>
      <Show when={props.marker.entry?.description}>
        {(text) => <p class="mt-1 line-clamp-4 text-sm leading-relaxed text-soft">{withoutMentions(text())}</p>}
      </Show>
      <div class="mt-3 flex flex-wrap gap-1 empty:hidden">
        <Show when={props.marker.innerMapId}>
          {(mapId) => (
            <Link
              to={pagePaths.worldMap}
              params={{ worldId: props.map.worldId, mapId: mapId() }}
              class={buttonClass('plain', 'min-h-9 px-3 py-1')}
            >
              <MapIcon class="size-4" aria-hidden="true" />
              {words.goIntoIt}
            </Link>
          )}
        </Show>
        <Show when={props.mayChange}>
          <Button look="quiet" class="min-h-9 px-3 py-1" onClick={() => setEditing(true)}>
            <Pencil class="size-4" aria-hidden="true" />
            {words.edit}
            <span class="sr-only"> {markerName(props.marker)}</span>
          </Button>
        </Show>
        <Show when={props.mayRemove}>
          <Button look="quiet" class="min-h-9 px-3 py-1" onClick={() => void remove()}>
            <Trash class="size-4" aria-hidden="true" />
            {words.remove}
            <span class="sr-only"> {markerName(props.marker)}</span>
          </Button>
        </Show>
      </div>
      <Show when={editing()}>
        <MarkerDialog
          map={props.map}
          marker={props.marker}
          onClose={() => setEditing(false)}
          onSaved={() => setEditing(false)}
        />
      </Show>
    </>
  )
}
