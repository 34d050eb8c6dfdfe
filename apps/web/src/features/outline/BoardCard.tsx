import { withoutMentions } from '@worldloom/schema/mentionText'
import { createEffect, createSignal, For, lazy, onCleanup, Show, Suspense } from 'solid-js'
import { EntityLink } from '../entities/EntityLink.tsx'
import { imageFile } from '../images/imageUrl.ts'
import type { Move } from '../order/move.ts'
import { type DropEdge, sortableItem } from '../order/sortable.ts'
import type { Direction } from './board.ts'
import type { Scene } from './createBoard.ts'
import * as words from './words.ts'

const MoveMenu = lazy(() => import('../order/MoveMenu.tsx'))
const WorldDateText = lazy(() => import('../time/WorldDateText.tsx'))

const directions: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
}

/** A scene on the board: dragged as it is, alone or with the others that are selected. */
export function BoardCard(props: {
  worldId: string
  actId: string
  scene: Scene
  /** Undefined for those who may not move it. */
  moves: readonly Move[] | undefined
  isSelected: boolean
  /** What is dragged with it, itself included. */
  along: () => readonly string[]
  /** Whether the cards are beside each other. */
  isBeside: boolean
  onSelect: () => void
  onClear: () => void
  onMove: (direction: Direction) => void
  onGo: (direction: Direction) => void
}) {
  let card: HTMLLIElement | undefined
  const [edge, setEdge] = createSignal<DropEdge | null>(null)
  const [isDragged, setDragged] = createSignal(false)
  createEffect(() => {
    if (!card || !props.moves) return
    const item = { sort: 'scene', id: props.scene.id, listId: props.actId }
    const edges: DropEdge[] = props.isBeside ? ['left', 'right'] : ['top', 'bottom']
    onCleanup(
      sortableItem(card, card, item, { along: () => props.along(), edges }, { dragged: setDragged, edge: setEdge }),
    )
  })
  const onKeyDown = (event: KeyboardEvent) => {
    const direction = directions[event.key]
    const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey
    const isLink = event.target instanceof HTMLAnchorElement
    if (direction && event.altKey && isPlain && props.moves) props.onMove(direction)
    else if (direction && !event.altKey && isPlain && isLink) props.onGo(direction)
    else if (event.key === ' ' && isLink && props.moves) props.onSelect()
    else if (event.key === 'Escape' && props.isSelected) props.onClear()
    else return
    event.preventDefault()
    // The handle would open its menu.
    event.stopPropagation()
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the same keys are listened for above, before the handle has them
    <li
      ref={(element) => {
        card = element
        element.addEventListener('keydown', onKeyDown, { capture: true })
      }}
      data-scene={props.scene.id}
      class="relative rounded-2xl border bg-card shadow-card transition-colors"
      classList={{
        'border-line': !props.isSelected,
        'border-accent ring-2 ring-accent': props.isSelected,
        'opacity-50': isDragged(),
        'cursor-grab': props.moves !== undefined,
      }}
      onClick={(event) => {
        if (!props.moves || !(event.ctrlKey || event.metaKey || event.shiftKey)) return
        event.preventDefault()
        props.onSelect()
      }}
    >
      <Show when={edge()}>
        {(at) => (
          <span
            class="pointer-events-none absolute z-10 rounded-full bg-accent"
            classList={{
              'inset-x-0 h-1': at() === 'top' || at() === 'bottom',
              '-top-2': at() === 'top',
              '-bottom-2': at() === 'bottom',
              'inset-y-0 w-1': at() === 'left' || at() === 'right',
              '-left-2': at() === 'left',
              '-right-2': at() === 'right',
            }}
          />
        )}
      </Show>
      <Show when={props.scene.coverId}>
        {(id) => (
          <img
            src={imageFile(id(), 'thumb')}
            alt=""
            loading="lazy"
            draggable={false}
            class="h-24 w-full rounded-t-2xl object-cover"
            onError={(event) => event.currentTarget.remove()}
          />
        )}
      </Show>
      <div class="grid gap-1.5 p-3">
        <div class="flex items-start justify-between gap-1">
          <p class="min-w-0 pt-1.5 leading-snug font-medium">
            <EntityLink
              worldId={props.worldId}
              kind="scene"
              id={props.scene.id}
              name={props.scene.displayName}
              class="hover:text-accent"
            />
            <Show when={props.isSelected}>
              <span class="sr-only">{words.selected}</span>
            </Show>
          </p>
          <Show when={props.moves}>
            {(moves) => (
              <Suspense fallback={<span class="size-9" />}>
                <MoveMenu id={props.scene.id} label={props.scene.displayName} moves={moves()} ref={() => undefined} />
              </Suspense>
            )}
          </Show>
        </div>
        <Show when={props.scene.description || props.scene.purpose}>
          {(text) => <p class="line-clamp-3 text-sm leading-relaxed text-soft">{withoutMentions(text())}</p>}
        </Show>
        <dl class="grid gap-1 text-xs text-soft empty:hidden">
          <Show when={props.scene.happensOn ?? props.scene.happensAt}>
            <div>
              <dt class="sr-only">{words.when}</dt>
              <dd>
                <Show when={props.scene.happensOn} fallback={props.scene.happensAt}>
                  {(date) => (
                    <Suspense fallback="…">
                      <WorldDateText date={date()} />
                    </Suspense>
                  )}
                </Show>
              </dd>
            </div>
          </Show>
          <Show when={props.scene.location}>
            {(place) => (
              <div>
                <dt class="sr-only">{words.where}</dt>
                <dd>{place().displayName}</dd>
              </div>
            )}
          </Show>
          <Show when={props.scene.cast.length > 0}>
            <div>
              <dt class="sr-only">{words.who}</dt>
              <dd class="flex flex-wrap gap-1 pt-0.5">
                <For each={props.scene.cast}>
                  {(persona) => (
                    <span class="rounded-full bg-accent-wash px-2 py-0.5 text-ink">{persona.displayName}</span>
                  )}
                </For>
              </dd>
            </div>
          </Show>
        </dl>
      </div>
    </li>
  )
}
