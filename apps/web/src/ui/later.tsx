import { createSignal, onCleanup, onMount, type ParentProps, Show } from 'solid-js'

/**
 * Draws what is not seen first in a task of its own: what is seen first is there sooner, and a press is answered in
 * between. For what comes last in its place, as it would move what comes after it.
 */
export function Later(props: ParentProps) {
  const [isTime, setTime] = createSignal(false)
  onMount(() => {
    const timer = setTimeout(() => setTime(true))
    onCleanup(() => clearTimeout(timer))
  })
  return <Show when={isTime()}>{props.children}</Show>
}
