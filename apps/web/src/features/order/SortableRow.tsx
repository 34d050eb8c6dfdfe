import GripVertical from 'lucide-solid/icons/grip-vertical'
import { createEffect, createSignal, type JSX, lazy, onCleanup, Show, Suspense } from 'solid-js'
import type { Move } from './move.ts'
import { type DropEdge, sortableItem } from './sortable.ts'

const MoveMenu = lazy(() => import('./MoveMenu.tsx'))

/** An item of a list that people can reorder, by dragging its handle or by the handle's menu. */
export function SortableRow(props: {
  sort: string
  id: string
  listId: string
  /** The item's name. */
  label: string
  /** Undefined if it can't be moved. */
  moves?: readonly Move[] | undefined
  class?: string
  children: JSX.Element
}) {
  const [edge, setEdge] = createSignal<DropEdge | null>(null)
  const [dragged, setDragged] = createSignal(false)
  const [handle, setHandle] = createSignal<HTMLElement>()
  let row: HTMLLIElement | undefined
  createEffect(() => {
    const grip = handle()
    if (!row || !grip) return
    const item = { sort: props.sort, id: props.id, listId: props.listId }
    onCleanup(sortableItem(row, grip, item, {}, { dragged: setDragged, edge: setEdge }))
  })
  return (
    <li
      ref={(element) => {
        row = element
      }}
      class={`relative flex items-start gap-1 ${props.class ?? ''}`}
      classList={{ 'opacity-50': dragged() }}
    >
      <Show when={edge()}>
        <span
          class="pointer-events-none absolute inset-x-0 z-10 h-1 rounded-full bg-accent"
          classList={{ '-top-1.5': edge() === 'top', '-bottom-1.5': edge() === 'bottom' }}
        />
      </Show>
      <Show when={props.moves}>
        {(moves) => (
          <Suspense fallback={<GripVertical class="m-2 size-5 text-soft" aria-hidden="true" />}>
            <MoveMenu id={props.id} label={props.label} moves={moves()} ref={setHandle} />
          </Suspense>
        )}
      </Show>
      <div class="min-w-0 grow">{props.children}</div>
    </li>
  )
}
