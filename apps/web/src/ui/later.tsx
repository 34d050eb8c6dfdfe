import { createSignal, onCleanup, onMount, type ParentProps, Show } from 'solid-js'
import { holdShell } from '../lib/shell.ts'

/**
 * Renders its children in a separate task, so that what is seen first appears sooner and input in between is handled.
 * Only for the last content of its parent, as it would move whatever follows.
 */
export function Later(
  props: ParentProps<{
    /** Whether it leads to the content of a page, before which the page is not shown. */
    holdsShell?: boolean
  }>,
) {
  const [isTime, setTime] = createSignal(false)
  const release = props.holdsShell ? holdShell() : undefined
  onMount(() => {
    const timer = setTimeout(() => {
      setTime(true)
      release?.()
    })
    onCleanup(() => clearTimeout(timer))
  })
  onCleanup(() => release?.())
  return <Show when={isTime()}>{props.children}</Show>
}
