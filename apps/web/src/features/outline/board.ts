import type { Place } from '../order/sortable.ts'

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
    ...(up ? [{ label: 'Move up', ...up }] : []),
    ...(down ? [{ label: 'Move down', ...down }] : []),
    ...acts
      .filter(({ id }) => id !== act.id)
      .map(({ id, displayName, scenes }) => ({
        label: `To the end of “${displayName}”`,
        listId: id,
        afterId: scenes.at(-1)?.id ?? null,
      })),
  ]
}
