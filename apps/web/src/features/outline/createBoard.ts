import { useQuery } from '@tanstack/solid-query'
import { createEffect, onCleanup, onMount } from 'solid-js'
import { createStore, reconcile, unwrap } from 'solid-js/store'
import { call, type RouterOutputs, trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { counted } from '../../lib/kinds.ts'
import { createOrder } from '../order/createOrder.ts'
import { reordered } from '../order/reordered.ts'
import { monitorSorting, type Place } from '../order/sortable.ts'
import { actOf } from './board.ts'
import * as words from './words.ts'

type StoryOutline = RouterOutputs['story']['outline']
export type Act = StoryOutline['acts'][number]
export type Scene = Act['scenes'][number]

/** A story's acts and scenes in order, as they are shown: moved at once, and put back if that is refused. */
export function createBoard(story: { readonly worldId: string; readonly storyId: string }) {
  const outline = useQuery(() => trpc.story.outline.queryOptions({ id: story.storyId }))
  const [board, setBoard] = createStore<{ acts: Act[] }>({ acts: [] })
  const showThere = (found: StoryOutline | undefined) => {
    if (found) setBoard('acts', reconcile(structuredClone(unwrap(found.acts)), { key: 'id' }))
  }
  const order = createOrder({ onSettled: async () => showThere((await outline.refetch()).data) })
  createEffect(() => {
    const found = dataOf(outline)
    if (!order.isSending()) showThere(found)
  })

  const moveAct = (id: string, afterId: string | null) => {
    const ids = reordered(
      board.acts.map((act) => act.id),
      [id],
      afterId,
    )
    const name = board.acts.find((act) => act.id === id)?.displayName ?? ''
    order.move(
      id,
      words.isNowAt(name, ids.indexOf(id) + 1, ids.length),
      () => setBoard('acts', ids.map((each) => unwrap(board.acts).find((act) => act.id === each)).filter(isThere)),
      () => call.act.move.mutate({ id, afterId }),
    )
  }

  /** Moves scenes, of whichever acts, to follow one another in the order of the story. */
  const moveScenes = (chosen: readonly string[], { listId, afterId }: Place) => {
    const all = unwrap(board.acts).flatMap(({ scenes }) => scenes)
    const moved = all.filter(({ id }) => chosen.includes(id))
    const ids = moved.map(({ id }) => id)
    const to = unwrap(board.acts).find((act) => act.id === listId)
    const [first] = moved
    if (!first || !to) return
    const inTarget = reordered(
      to.scenes.map(({ id }) => id),
      ids,
      afterId,
    )
    const place = words.placeIn(inTarget.indexOf(first.id) + 1, inTarget.length, to.displayName)
    order.move(
      first.id,
      moved.length === 1
        ? words.isNow(first.displayName, place)
        : words.areNowFrom(counted('scene', moved.length), place),
      () => {
        for (const act of unwrap(board.acts)) {
          const left = act.id === listId ? inTarget : act.scenes.map(({ id }) => id).filter((id) => !ids.includes(id))
          const scenes = left.flatMap((id) => all.find((scene) => scene.id === id) ?? [])
          setBoard('acts', (each) => each.id === act.id, 'scenes', scenes)
        }
      },
      () =>
        moved.length === 1
          ? call.scene.move.mutate({ id: first.id, actId: listId, afterId })
          : call.bulk.move.mutate({ worldId: story.worldId, ids, parentId: listId, afterId }),
    )
  }

  onMount(() => {
    const actIds = () => board.acts.map(({ id }) => id)
    const sceneIds = (actId: string) => board.acts.find(({ id }) => id === actId)?.scenes.map(({ id }) => id) ?? []
    onCleanup(monitorSorting('act', actIds, ([id], { afterId }) => id && moveAct(id, afterId)))
    onCleanup(monitorSorting('scene', sceneIds, moveScenes))
  })

  return {
    outline,
    acts: () => board.acts,
    moveAct,
    moveScenes,
    spoken: order.spoken,
    actOf: (id: string) => actOf(board.acts, id),
  }
}

function isThere<Value>(value: Value | undefined): value is Value {
  return value !== undefined
}
