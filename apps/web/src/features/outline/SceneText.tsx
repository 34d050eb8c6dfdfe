import { useQuery } from '@tanstack/solid-query'
import { withoutMentions } from '@worldloom/schema/mentionText'
import { createEffect, createSignal, lazy, onCleanup, Show, Suspense } from 'solid-js'
import { dataOf } from '../../lib/dataOf.ts'
import { type Entity, entityApi } from '../../lib/kinds.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Waiting } from '../../ui/panel.tsx'
import { EntityLink } from '../entities/EntityLink.tsx'
import { MentioningText } from '../mentions/MentioningText.tsx'
import { useWorldRights } from '../worlds/worldContext.ts'
import { countWords } from '../writing/countWords.ts'
import { type EditingPlace, placeOf } from '../writing/editingPlace.ts'
import * as words from './words.ts'

const SceneWriter = lazy(() => import('./SceneWriter.tsx'))

/** The text of a scene among those of its story. It is written where it is read. */
export function SceneText(props: {
  worldId: string
  scene: { readonly id: string; readonly displayName: string; readonly description: string }
  /** Told how many words it has, once that is known: none if it could not be loaded. */
  onWords: (id: string, words: number) => void
}) {
  const rights = useWorldRights()
  const found = useQuery(() => entityApi('scene').byId.queryOptions({ id: props.scene.id }))
  const [writing, setWriting] = createSignal<EditingPlace>()
  let writeButton: HTMLButtonElement | undefined
  createEffect(() => {
    if (!found.isPending) props.onWords(props.scene.id, countWords(dataOf(found)?.body ?? ''))
  })
  onCleanup(() => props.onWords(props.scene.id, 0))
  const end = () => {
    setWriting(undefined)
    requestAnimationFrame(() => writeButton?.focus())
  }
  return (
    <section class="group mt-10" aria-label={props.scene.displayName}>
      <h3 class="flex items-baseline gap-3 text-lg">
        <EntityLink
          worldId={props.worldId}
          kind="scene"
          id={props.scene.id}
          name={props.scene.displayName}
          class="hover:text-accent"
        />
        <Show when={rights.mayUpdate() && !writing()}>
          <button
            ref={(element) => {
              writeButton = element
            }}
            type="button"
            class="rounded-full px-2 font-sans text-sm font-normal tracking-normal text-soft hover:bg-sunk hover:text-ink print:hidden"
            aria-label={words.writeNamed(props.scene.displayName)}
            onClick={() => setWriting({ field: 'body' })}
          >
            {words.write}
          </button>
        </Show>
      </h3>
      <Loaded query={found} waiting={<Waiting lines={3} />}>
        {(scene) => (
          <Show
            when={writing()}
            fallback={
              // Its button does the same for those who use no pointer.
              // biome-ignore lint/a11y/noStaticElementInteractions: see above
              // biome-ignore lint/a11y/useKeyWithClickEvents: see above
              <div
                class="mt-3 text-lg"
                dir="auto"
                onClick={(event) => {
                  const place = rights.mayUpdate() && placeOf(event, 'body', scene().body)
                  if (place) setWriting(place)
                }}
              >
                <Show
                  when={scene().body}
                  fallback={
                    <p class="text-base text-soft italic">
                      {withoutMentions(props.scene.description) || words.nothingIsWrittenHereYet}
                    </p>
                  }
                >
                  <MentioningText text={scene().body} entityId={scene().id} worldId={props.worldId} />
                </Show>
              </div>
            }
          >
            {(place) => (
              <Suspense fallback={<Waiting lines={3} />}>
                {/* As entityApi says: typed as a thing. */}
                <SceneWriter worldId={props.worldId} scene={scene() as Entity} begin={place()} onDone={end} />
              </Suspense>
            )}
          </Show>
        )}
      </Loaded>
    </section>
  )
}
