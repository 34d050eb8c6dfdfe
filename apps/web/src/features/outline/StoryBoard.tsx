import X from 'lucide-solid/icons/x'
import { createEffect, createSignal, For, type JSX, lazy, onCleanup, Show, Suspense } from 'solid-js'
import { counted } from '../../lib/kinds.ts'
import { Button } from '../../ui/button.tsx'
import { EntityLink } from '../entities/EntityLink.tsx'
import type { Move } from '../order/move.ts'
import { type DropEdge, sortableItem } from '../order/sortable.ts'
import { useWorldRights } from '../worlds/worldContext.ts'
import { BoardCard } from './BoardCard.tsx'
import { type Direction, placeTowards, sceneMoves } from './board.ts'
import { type Act, createBoard } from './createBoard.ts'
import { QuickAdd } from './QuickAdd.tsx'
import { SceneList } from './SceneList.tsx'
import * as words from './words.ts'

const MoveMenu = lazy(() => import('../order/MoveMenu.tsx'))

/** A story with its scenes as cards: acts as columns or, as a corkboard, one below the other. */
export default function StoryBoard(props: { worldId: string; storyId: string; isCork: boolean }) {
  const rights = useWorldRights()
  const board = createBoard(props)
  const acts = () => board.acts()
  const [selected, setSelected] = createSignal<ReadonlySet<string>>(new Set<string>())
  let root: HTMLDivElement | undefined
  const toggle = (id: string) => {
    const next = new Set(selected())
    if (!next.delete(id)) next.add(id)
    setSelected(next)
  }
  const along = (id: string) => (selected().has(id) ? [...selected()] : [id])
  const move = (id: string, direction: Direction) => {
    // On the corkboard, what is beside a card is before or after it.
    const towards = props.isCork
      ? ({ left: 'up', right: 'down', up: 'up', down: 'down' } as const)[direction]
      : direction
    const place = placeTowards(acts(), along(id), towards)
    if (place) board.moveScenes(along(id), place)
  }
  const go = (id: string, direction: Direction) => {
    const at = acts().findIndex(({ scenes }) => scenes.some((scene) => scene.id === id))
    const index = acts()[at]?.scenes.findIndex((scene) => scene.id === id) ?? -1
    const all = acts().flatMap(({ scenes }) => scenes)
    const step = direction === 'left' || direction === 'up' ? -1 : 1
    const isSideways = !props.isCork && (direction === 'left' || direction === 'right')
    const beside = () => {
      for (let column = at + step; acts()[column]; column += step) {
        const scenes = acts()[column]?.scenes ?? []
        if (scenes.length > 0) return scenes[Math.min(index, scenes.length - 1)]
      }
      return undefined
    }
    const target = isSideways ? beside() : all[all.findIndex((scene) => scene.id === id) + step]
    if (target) root?.querySelector<HTMLElement>(`[data-scene="${target.id}"] a`)?.focus()
  }
  /** The acts before and after an act, by the names of the directions on this board. */
  const actMoves = (id: string): Move[] => {
    const ids = acts().map((act) => act.id)
    const at = ids.indexOf(id)
    const [back, forth] = props.isCork ? [words.moveUp, words.moveDown] : [words.moveToTheLeft, words.moveToTheRight]
    return [
      ...(at > 0 ? [{ label: back ?? '', run: () => board.moveAct(id, ids[at - 2] ?? null) }] : []),
      ...(at < ids.length - 1 ? [{ label: forth ?? '', run: () => board.moveAct(id, ids[at + 1] ?? null) }] : []),
    ]
  }
  return (
    <div
      ref={(element) => {
        root = element
      }}
    >
      <p class="sr-only" aria-live="polite">
        {board.spoken()}
      </p>
      <Show when={rights.mayUpdate() && acts().some(({ scenes }) => scenes.length > 0)}>
        <p
          class="mt-4 flex min-h-10 flex-wrap items-center gap-x-3 text-sm text-soft"
          classList={{ 'max-sm:hidden': selected().size === 0 }}
        >
          <Show when={selected().size > 0} fallback={words.dragScenesOrPressAlt}>
            <span class="font-medium text-ink">{words.selectedTogether(counted('scene', selected().size))}</span>
            <Button look="quiet" onClick={() => setSelected(new Set<string>())}>
              <X class="size-4" aria-hidden="true" />
              {words.selectNone}
            </Button>
          </Show>
        </p>
      </Show>
      <ol
        class="mt-3"
        classList={{
          'grid gap-8': props.isCork,
          'flex items-start gap-4 overflow-x-auto pb-4': !props.isCork,
        }}
      >
        <For each={acts()}>
          {(act) => (
            <BoardAct
              act={act}
              storyId={props.storyId}
              worldId={props.worldId}
              isCork={props.isCork}
              moves={rights.mayUpdate() ? actMoves(act.id) : undefined}
            >
              <SceneList
                act={act}
                class={`min-h-12 ${props.isCork ? 'items-start sm:grid-cols-2 lg:grid-cols-3 xl:grid-cols-4' : ''}`}
              >
                <For each={act.scenes}>
                  {(scene) => (
                    <BoardCard
                      worldId={props.worldId}
                      actId={act.id}
                      scene={scene}
                      moves={
                        rights.mayUpdate()
                          ? sceneMoves(acts(), scene.id).map(({ label, ...place }) => ({
                              label,
                              run: () => board.moveScenes([scene.id], place),
                            }))
                          : undefined
                      }
                      isSelected={selected().has(scene.id)}
                      along={() => along(scene.id)}
                      isBeside={props.isCork}
                      onSelect={() => toggle(scene.id)}
                      onClear={() => setSelected(new Set<string>())}
                      onMove={(direction) => move(scene.id, direction)}
                      onGo={(direction) => go(scene.id, direction)}
                    />
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
            </BoardAct>
          )}
        </For>
        <Show when={rights.mayCreate()}>
          <li classList={{ 'w-72 shrink-0': !props.isCork }}>
            <QuickAdd
              kind="act"
              label={acts().length === 0 ? words.addTheFirstAct : words.addAnAct}
              values={{ worldId: props.worldId, storyId: props.storyId }}
            />
          </li>
        </Show>
      </ol>
    </div>
  )
}

/** An act with its scenes. */
function BoardAct(props: {
  act: Act
  storyId: string
  worldId: string
  isCork: boolean
  moves: readonly Move[] | undefined
  children: JSX.Element
}) {
  let column: HTMLLIElement | undefined
  const [handle, setHandle] = createSignal<HTMLElement>()
  const [edge, setEdge] = createSignal<DropEdge | null>(null)
  const [isDragged, setDragged] = createSignal(false)
  createEffect(() => {
    const grip = handle()
    if (!column || !grip) return
    const item = { sort: 'act', id: props.act.id, listId: props.storyId }
    const edges: DropEdge[] = props.isCork ? ['top', 'bottom'] : ['left', 'right']
    onCleanup(sortableItem(column, grip, item, { edges }, { dragged: setDragged, edge: setEdge }))
  })
  return (
    <li
      ref={(element) => {
        column = element
      }}
      class="relative rounded-3xl border border-line bg-sunk p-3"
      classList={{ 'w-72 shrink-0': !props.isCork, 'opacity-50': isDragged() }}
    >
      <Show when={edge()}>
        {(at) => (
          <span
            class="pointer-events-none absolute z-10 rounded-full bg-accent"
            classList={{
              'inset-x-0 h-1': props.isCork,
              'inset-y-0 w-1': !props.isCork,
              '-top-4': at() === 'top',
              '-bottom-4': at() === 'bottom',
              '-left-2.5': at() === 'left',
              '-right-2.5': at() === 'right',
            }}
          />
        )}
      </Show>
      <div class="flex items-center gap-1 px-1">
        <Show when={props.moves}>
          {(moves) => (
            <Suspense fallback={<span class="size-9" />}>
              <MoveMenu id={props.act.id} label={props.act.displayName} moves={moves()} ref={setHandle} />
            </Suspense>
          )}
        </Show>
        <h2 class="min-w-0 grow truncate text-lg">
          <EntityLink
            worldId={props.worldId}
            kind="act"
            id={props.act.id}
            name={props.act.displayName}
            class="hover:text-accent"
          />
        </h2>
        <span class="text-xs whitespace-nowrap text-soft">{counted('scene', props.act.scenes.length)}</span>
      </div>
      {props.children}
    </li>
  )
}
