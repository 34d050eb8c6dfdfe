import type { Place } from '../order/sortable.ts'
import * as words from './words.ts'

/** The part of an outline that moving needs. */
export interface BoardAct {
  readonly id: string
  readonly displayName: string
  readonly scenes: readonly { readonly id: string }[]
}

export function actOf<Act extends BoardAct>(acts: readonly Act[], sceneId: string): Act | undefined {
  return acts.find(({ scenes }) => scenes.some(({ id }) => id === sceneId))
}

export interface SceneMove extends Place {
  readonly label: string
}

/** The moves of a scene: up and down, also into the neighbouring act, and to the end of any other act. */
export function sceneMoves(acts: readonly BoardAct[], sceneId: string): SceneMove[] {
  const actIndex = acts.findIndex(({ scenes }) => scenes.some(({ id }) => id === sceneId))
  const act = acts[actIndex]
  if (!act) return []
  const index = act.scenes.findIndex(({ id }) => id === sceneId)
  const previous = acts[actIndex - 1]
  const next = acts[actIndex + 1]
  const up =
    index > 0
      ? { listId: act.id, afterId: act.scenes[index - 2]?.id ?? null }
      : previous && { listId: previous.id, afterId: previous.scenes.at(-1)?.id ?? null }
  const below = act.scenes[index + 1]
  const down = below ? { listId: act.id, afterId: below.id } : next && { listId: next.id, afterId: null }
  return [
    ...(up ? [{ label: words.moveUp, ...up }] : []),
    ...(down ? [{ label: words.moveDown, ...down }] : []),
    ...acts
      .filter(({ id }) => id !== act.id)
      .map(({ id, displayName, scenes }) => ({
        label: words.toTheEndOf(displayName),
        listId: id,
        afterId: scenes.at(-1)?.id ?? null,
      })),
  ]
}

export type Direction = 'up' | 'down' | 'left' | 'right'

/**
 * Where some scenes go together, by the arrow keys: over the scene above the first of them or under the one below the last,
 * from one act into the next, and sideways into the act beside it.
 *
 * @returns undefined if there is nothing in that direction
 */
export function placeTowards(
  acts: readonly BoardAct[],
  moved: readonly string[],
  direction: Direction,
): Place | undefined {
  const inOrder = acts.flatMap(({ scenes }) => scenes.map(({ id }) => id)).filter((id) => moved.includes(id))
  const [first, last] = [inOrder[0], inOrder.at(-1)]
  if (first === undefined || last === undefined) return undefined
  const actIndex = (id: string) => acts.findIndex(({ scenes }) => scenes.some((scene) => scene.id === id))
  const others = (act: BoardAct) => act.scenes.map(({ id }) => id).filter((id) => !moved.includes(id))
  /** How many of the others come before a scene in its act. */
  const before = (act: BoardAct, id: string) => {
    const ids = act.scenes.map((scene) => scene.id)
    return ids.slice(0, ids.indexOf(id)).filter((each) => !moved.includes(each)).length
  }
  const at = direction === 'down' ? actIndex(last) : actIndex(first)
  const act = acts[at]
  if (!act) return undefined
  const placeIn = (target: BoardAct | undefined, count: number): Place | undefined =>
    target && { listId: target.id, afterId: others(target)[count - 1] ?? null }
  switch (direction) {
    case 'up': {
      const count = before(act, first)
      const previous = acts[at - 1]
      return count > 0 ? placeIn(act, count - 1) : placeIn(previous, previous ? others(previous).length : 0)
    }
    case 'down': {
      const count = before(act, last)
      return count < others(act).length ? placeIn(act, count + 1) : placeIn(acts[at + 1], 0)
    }
    default: {
      const target = acts[at + (direction === 'left' ? -1 : 1)]
      return placeIn(target, target ? Math.min(before(act, first), others(target).length) : 0)
    }
  }
}
