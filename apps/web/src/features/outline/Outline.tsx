import { createMemo, For, Show } from 'solid-js'
import { dataOf } from '../../lib/dataOf.ts'
import { failureOf } from '../../lib/failure.ts'
import { counted } from '../../lib/kinds.ts'
import { Alert } from '../../ui/notice.tsx'
import { Badge, Waiting } from '../../ui/panel.tsx'
import { EntityLink } from '../entities/EntityLink.tsx'
import { listMoves } from '../order/listMoves.ts'
import { SortableRow } from '../order/SortableRow.tsx'
import { useWorldRights } from '../worlds/worldContext.ts'
import { sceneMoves } from './board.ts'
import { createBoard, type Scene } from './createBoard.ts'
import { QuickAdd } from './QuickAdd.tsx'
import { SceneList } from './SceneList.tsx'
import * as words from './words.ts'

/** A story's acts and scenes, or one act's scenes, in order: they can be added and reordered. */
export function Outline(props: { worldId: string; storyId: string; actId?: string }) {
  const rights = useWorldRights()
  const board = createBoard(props)
  const { outline, moveAct } = board
  const acts = createMemo(() => board.acts().filter(({ id }) => !props.actId || id === props.actId))

  return (
    <Show
      when={dataOf(outline)}
      fallback={
        <Show when={outline.isError} fallback={<Waiting lines={4} />}>
          <Alert>{failureOf(outline.error).message}</Alert>
        </Show>
      }
    >
      <p class="sr-only" aria-live="polite">
        {board.spoken()}
      </p>
      <Show when={acts().length === 0 && !rights.mayCreate()}>
        <p class="text-soft">{words.thisStoryHasNoActsYet}</p>
      </Show>
      <ol class="grid gap-8">
        <For each={acts()}>
          {(act) => (
            <SortableRow
              sort="act"
              id={act.id}
              listId={props.storyId}
              label={act.displayName}
              moves={
                rights.mayUpdate() && !props.actId
                  ? listMoves(
                      board.acts().map(({ id }) => id),
                      act.id,
                    ).map(({ label, afterId }) => ({ label, run: () => moveAct(act.id, afterId) }))
                  : undefined
              }
            >
              <Show when={!props.actId}>
                <div class="flex flex-wrap items-baseline justify-between gap-x-4 pt-1">
                  <h3 class="text-xl">
                    <EntityLink
                      worldId={props.worldId}
                      kind="act"
                      id={act.id}
                      name={act.displayName}
                      class="hover:text-accent"
                    />
                  </h3>
                  <span class="text-xs text-soft">{counted('scene', act.scenes.length)}</span>
                </div>
                <Show when={act.description}>
                  <p class="mt-1 max-w-prose text-sm leading-relaxed text-soft">{act.description}</p>
                </Show>
              </Show>
              <SceneList act={act} class="min-h-6">
                <For each={act.scenes}>
                  {(scene) => (
                    <SortableRow
                      sort="scene"
                      id={scene.id}
                      listId={act.id}
                      label={scene.displayName}
                      class="rounded-2xl border border-line bg-card p-2 shadow-card"
                      moves={
                        rights.mayUpdate()
                          ? sceneMoves(board.acts(), scene.id).map(({ label, ...place }) => ({
                              label,
                              run: () => board.moveScenes([scene.id], place),
                            }))
                          : undefined
                      }
                    >
                      <SceneCard worldId={props.worldId} scene={scene} />
                    </SortableRow>
                  )}
                </For>
              </SceneList>
              <Show when={rights.mayCreate()}>
                <QuickAdd
                  kind="scene"
                  label={words.addSceneTo(act.displayName)}
                  values={{ worldId: props.worldId, actId: act.id }}
                />
              </Show>
            </SortableRow>
          )}
        </For>
      </ol>
      <Show when={rights.mayCreate() && !props.actId}>
        <div class="mt-6 border-t border-line pt-3">
          <QuickAdd
            kind="act"
            label={board.acts().length === 0 ? words.addTheFirstAct : words.addAnAct}
            values={{ worldId: props.worldId, storyId: props.storyId }}
          />
        </div>
      </Show>
    </Show>
  )
}

function SceneCard(props: { worldId: string; scene: Scene }) {
  const facts = () =>
    [props.scene.happensAt, props.scene.location?.displayName, props.scene.mood].filter((fact) => fact)
  return (
    <div class="py-1.5 pr-2">
      <p class="font-medium">
        <EntityLink
          worldId={props.worldId}
          kind="scene"
          id={props.scene.id}
          name={props.scene.displayName}
          class="hover:text-accent"
        />
      </p>
      <Show when={props.scene.description || props.scene.purpose}>
        {(text) => <p class="mt-1 line-clamp-3 max-w-prose text-sm leading-relaxed text-soft">{text()}</p>}
      </Show>
      <Show when={facts().length > 0 || props.scene.cast.length > 0}>
        <p class="mt-2 flex flex-wrap gap-x-3 gap-y-1 text-xs text-soft">
          <For each={facts()}>{(fact) => <span>{fact}</span>}</For>
          <For each={props.scene.cast}>{(persona) => <Badge look="accent">{persona.displayName}</Badge>}</For>
        </p>
      </Show>
    </div>
  )
}
