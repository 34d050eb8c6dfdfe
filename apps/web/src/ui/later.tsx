import { createSignal, onCleanup, onMount, type ParentProps, Show } from 'solid-js'

/**
 * Renders its children in a separate task, so that what is seen first appears sooner and input in between is handled.
 * Only for the last content of its parent, as it would move whatever follows.
 */
export function Later(props: ParentProps) {
  const [isTime, setTime] = createSignal(false)
  onMount(() => {
    const timer = setTimeout(() => setTime(true))
    onCleanup(() => clearTimeout(timer))
  })
  return <Show when={isTime()}>{props.children}</Show>
}
