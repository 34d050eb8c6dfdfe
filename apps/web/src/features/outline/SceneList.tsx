import { createSignal, type JSX, onCleanup, onMount } from 'solid-js'
import { sortableEnd } from '../order/sortable.ts'
import type { Act } from './createBoard.ts'

/** The scenes of an act. An empty act can be dropped into as well. */
export function SceneList(props: { act: Act; class: string; children: JSX.Element }) {
  const [over, setOver] = createSignal(false)
  return (
    <ol
      ref={(element) =>
        onMount(() => onCleanup(sortableEnd(element, { sort: 'scene', listId: props.act.id }, setOver)))
      }
      class={`mt-3 grid gap-3 rounded-2xl ${props.class}`}
      classList={{ 'outline-2 outline-dashed outline-accent': over() && props.act.scenes.length === 0 }}
    >
      {props.children}
    </ol>
  )
}
