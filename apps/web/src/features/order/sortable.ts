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

type DropEdge = 'top' | 'bottom'

/** Makes an element draggable by its handle, and a target that others can be dropped beside. */
export function sortableItem(
  element: HTMLElement,
  handle: HTMLElement,
  item: Item,
  show: { dragged: (isDragged: boolean) => void; edge: (edge: DropEdge | null) => void },
): () => void {
  return combine(
    draggable({
      element,
      dragHandle: handle,
      getInitialData: () => ({ ...item }),
      onDragStart: () => show.dragged(true),
      onDrop: () => show.dragged(false),
    }),
    dropTargetForElements({
      element,
      canDrop: ({ source }) => source.data.sort === item.sort && source.data.id !== item.id,
      getIsSticky: () => true,
      getData: ({ input }) => attachClosestEdge({ ...item }, { element, input, allowedEdges: ['top', 'bottom'] }),
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
  onMove: (id: string, place: Place) => void,
): () => void {
  return monitorForElements({
    canMonitor: ({ source }) => source.data.sort === sort,
    onDrop: ({ source, location }) => {
      const target = location.current.dropTargets[0]?.data
      if (typeof target?.listId !== 'string' || typeof source.data.id !== 'string') return
      const movedId = source.data.id
      const others = itemsOf(target.listId).filter((id) => id !== movedId)
      const index = typeof target.id === 'string' ? others.indexOf(target.id) : -1
      const after = index === -1 ? others.length : index + (edgeOf(target) === 'bottom' ? 1 : 0)
      const place = { listId: target.listId, afterId: others[after - 1] ?? null }
      if (!isThere(itemsOf(target.listId), movedId, place.afterId)) onMove(movedId, place)
    },
  })
}

/** Whether an item already follows another. */
function isThere(items: readonly string[], id: string, afterId: string | null): boolean {
  const index = items.indexOf(id)
  return index !== -1 && (items[index - 1] ?? null) === afterId
}

function edgeOf(data: Record<string | symbol, unknown>): DropEdge | null {
  const edge = extractClosestEdge(data)
  return edge === 'top' || edge === 'bottom' ? edge : null
}
