import { createSignal, type JSX, onCleanup, onMount, type ParentProps, Show } from 'solid-js'
import { afterPaint } from '../lib/afterPaint.ts'
import { holdShell } from '../lib/shell.ts'

/**
 * Renders its children in a separate task, so that what is seen first appears sooner and input in between is handled.
 * Without a fallback only for the last content of its parent, as it would move whatever follows.
 */
export function Later(
  props: ParentProps<{
    /** Whether it leads to the content of a page, before which the page is not shown. */
    holdsShell?: boolean
    /** Whether what is around is painted first: for what takes files of its own, or long. */
    afterPaint?: boolean
    /** In its place until then. */
    fallback?: JSX.Element
  }>,
) {
  const [isTime, setTime] = createSignal(false)
  const release = props.holdsShell ? holdShell() : undefined
  const show = () => {
    setTime(true)
    release?.()
  }
  onMount(() => {
    if (props.afterPaint) onCleanup(afterPaint(show))
    else {
      const timer = setTimeout(show)
      onCleanup(() => clearTimeout(timer))
    }
  })
  onCleanup(() => release?.())
  return (
    <Show when={isTime()} fallback={props.fallback}>
      {props.children}
    </Show>
  )
}
