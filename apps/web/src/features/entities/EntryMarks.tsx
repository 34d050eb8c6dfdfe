import { wholeEntry } from '@worldloom/schema/entity/wholeEntry'
import EyeOff from 'lucide-solid/icons/eye-off'
import ImageIcon from 'lucide-solid/icons/image'
import { createSignal, For, Show, Suspense } from 'solid-js'
import { type Entity, kinds } from '../../lib/kinds.ts'
import { Later } from '../../ui/later.tsx'
import { lazyDialog } from '../../ui/lazyDialog.tsx'
import { EntryMaps } from '../maps/EntryMaps.tsx'
import { EntryTags, markButton } from '../tags/EntryTags.tsx'
import { PinButton } from '../worlds/PinButton.tsx'
import { useWorldRights } from '../worlds/worldContext.ts'
import { EntityName } from './EntityName.tsx'
import { spoilerFields } from './spoilerFields.ts'
import * as words from './words.ts'

const CoverDialog = lazyDialog(() => import('../images/CoverDialog.tsx'))
const SpoilersDialog = lazyDialog(() => import('./SpoilersDialog.tsx'))

/** The tags of an entry, and what of it is a spoiler until which scene. */
export default function EntryMarks(props: { entity: Entity }) {
  const rights = useWorldRights()
  const [editing, setEditing] = createSignal(false)
  const [choosingCover, setChoosingCover] = createSignal(false)
  const spoilers = () =>
    spoilerFields(kinds[props.entity.kind]).flatMap(([name, label]) => {
      const sceneId = props.entity.spoilers[name]
      return sceneId ? [{ what: name === wholeEntry ? words.spoiler : words.spoilerOf(label), sceneId }] : []
    })
  return (
    <div class="mt-5 flex flex-wrap items-center gap-2 empty:hidden">
      <EntryTags id={props.entity.id} worldId={props.entity.worldId} />
      <Later>
        <ul class="contents" aria-label={words.spoilers}>
          <For each={spoilers()}>
            {({ what, sceneId }) => (
              <li class="inline-flex items-center gap-1.5 rounded-full border border-line bg-card px-3 py-1 text-sm">
                <EyeOff class="size-3.5 text-soft" aria-hidden="true" />
                <span>{words.until(what, <EntityName linked kind="scene" id={sceneId} />)}</span>
              </li>
            )}
          </For>
        </ul>
        <Show when={rights.mayUpdate()}>
          <button type="button" class={markButton} onClick={() => setEditing(true)}>
            <EyeOff class="size-4" aria-hidden="true" />
            {words.spoilers}
          </button>
        </Show>
        <Show when={rights.mayUpdate() && props.entity.kind !== 'image'}>
          <button type="button" class={markButton} onClick={() => setChoosingCover(true)}>
            <ImageIcon class="size-4" aria-hidden="true" />
            {props.entity.coverId ? words.cover : words.addCover}
          </button>
        </Show>
        <Later>
          <PinButton entity={props.entity} />
          <EntryMaps id={props.entity.id} worldId={props.entity.worldId} />
        </Later>
      </Later>
      <Show when={choosingCover()}>
        <CoverDialog entity={props.entity} onClose={() => setChoosingCover(false)} />
      </Show>
      <Show when={editing()}>
        <Suspense>
          <SpoilersDialog entity={props.entity} onClose={() => setEditing(false)} />
        </Suspense>
      </Show>
    </div>
  )
}
