import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import { draggable, dropTargetForElements, monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { attachClosestEdge, extractClosestEdge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge'

/** Where something is dropped: after an item of a list, or null for the beginning. */
export interface Place {
  readonly listId: string
  readonly afterId: string | null
}

interface Item {
  /** Items of the same type can be sorted together, e.g. scenes. */
  readonly sort: string
  readonly id: string
  readonly listId: string
}

export type DropEdge = 'top' | 'bottom' | 'left' | 'right'

/** Makes an element draggable by its handle, and a target that others can be dropped beside. */
export function sortableItem(
  element: HTMLElement,
  handle: HTMLElement,
  item: Item,
  {
    along = () => [item.id],
    edges = ['top', 'bottom'],
  }: {
    /** What is dragged with it, itself included. */
    along?: () => readonly string[]
    /** Beside which of its edges others can be dropped. */
    edges?: DropEdge[]
  },
  show: { dragged: (isDragged: boolean) => void; edge: (edge: DropEdge | null) => void },
): () => void {
  return combine(
    draggable({
      element,
      dragHandle: handle,
      getInitialData: () => ({ ...item, along: along() }),
      onDragStart: () => show.dragged(true),
      onDrop: () => show.dragged(false),
    }),
    dropTargetForElements({
      element,
      canDrop: ({ source }) => source.data.sort === item.sort && !alongOf(source.data).includes(item.id),
      getIsSticky: () => true,
      getData: ({ input }) => attachClosestEdge({ ...item }, { element, input, allowedEdges: edges }),
      onDrag: ({ self }) => show.edge(edgeOf(self.data)),
      onDragLeave: () => show.edge(null),
      onDrop: () => show.edge(null),
    }),
  )
}

/** Makes an element a target for dropping at the end of a list, which is the only place in an empty one. */
export function sortableEnd(element: HTMLElement, list: Omit<Item, 'id'>, show: (isOver: boolean) => void): () => void {
  return dropTargetForElements({
    element,
    canDrop: ({ source }) => source.data.sort === list.sort,
    getData: () => ({ ...list }),
    onDragEnter: () => show(true),
    onDragLeave: () => show(false),
    onDrop: () => show(false),
  })
}

/**
 * Reports where items of a type are dropped.
 *
 * @param itemsOf the ids in a list, in order
 */
export function monitorSorting(
  sort: string,
  itemsOf: (listId: string) => readonly string[],
  onMove: (ids: readonly string[], place: Place) => void,
): () => void {
  return monitorForElements({
    canMonitor: ({ source }) => source.data.sort === sort,
    onDrop: ({ source, location }) => {
      const target = location.current.dropTargets[0]?.data
      const moved = alongOf(source.data)
      if (typeof target?.listId !== 'string' || moved.length === 0) return
      const there = itemsOf(target.listId)
      const others = there.filter((id) => !moved.includes(id))
      const index = typeof target.id === 'string' ? others.indexOf(target.id) : -1
      const isAfter = ['bottom', 'right'].includes(edgeOf(target) ?? '')
      const after = index === -1 ? others.length : index + (isAfter ? 1 : 0)
      const place = { listId: target.listId, afterId: others[after - 1] ?? null }
      const [only, ...more] = moved
      if (only && more.length === 0 && isThere(there, only, place.afterId)) return
      onMove(moved, place)
    },
  })
}

/** Whether an item already follows another. */
function isThere(items: readonly string[], id: string, afterId: string | null): boolean {
  const index = items.indexOf(id)
  return index !== -1 && (items[index - 1] ?? null) === afterId
}

/** What is dragged. */
function alongOf({ along }: Record<string | symbol, unknown>): readonly string[] {
  return Array.isArray(along) ? along.filter((id) => typeof id === 'string') : []
}

function edgeOf(data: Record<string | symbol, unknown>): DropEdge | null {
  return extractClosestEdge(data)
}
