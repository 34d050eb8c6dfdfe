import { createSignal } from 'solid-js'
import { failureOf } from '../../lib/failure.ts'
import { refreshWorlds } from '../../lib/kinds.ts'
import { showToast } from '../../ui/toast.ts'
import { showChanged } from '../undo/showChanged.ts'
import { focusHandle } from './focusHandle.ts'
import * as words from './words.ts'

/**
 * Sends moves one after the other, in order, each applied to the page optimistically. If one is refused, the page is
 * refetched.
 */
export function createOrder(options: {
  /** Refetches the page when all moves have been sent. */
  onSettled: () => Promise<unknown>
}) {
  /** Announces the last move to screen readers. */
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
        showChanged(words.moved)
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
