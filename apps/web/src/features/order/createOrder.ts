import { createSignal } from 'solid-js'
import { failureOf } from '../../lib/failure.ts'
import { refreshWorlds } from '../../lib/kinds.ts'
import { showToast } from '../../ui/toast.tsx'
import { focusHandle } from './focusHandle.ts'

/**
 * Sends moves one after the other, in the order they were made; each is on the page before it is at the server. When
 * one is refused, the page shows again what is there.
 */
export function createOrder(options: {
  /** Shows what is there, once all were sent. */
  onSettled: () => Promise<unknown>
}) {
  /** What was moved last, for screen readers. */
  const [spoken, setSpoken] = createSignal('')
  let last: Promise<void> = Promise.resolve()
  let waiting = 0

  const move = (id: string, sentence: string, show: () => void, send: () => Promise<unknown>) => {
    show()
    setSpoken(sentence)
    focusHandle(id)
    waiting += 1
    last = last.then(async () => {
      try {
        await send()
      } catch (error) {
        setSpoken('')
        showToast(failureOf(error).message)
      } finally {
        waiting -= 1
      }
      if (waiting > 0) return
      await options.onSettled()
      void refreshWorlds()
    })
  }
  return { move, spoken, isSending: () => waiting > 0 }
}

/** The ids in a new order: one of them after another; null for the beginning. */
export function reordered(ids: readonly string[], id: string, afterId: string | null): string[] {
  const others = ids.filter((other) => other !== id)
  return others.toSpliced(afterId === null ? 0 : others.indexOf(afterId) + 1, 0, id)
}
