import { ownChanges } from '../../lib/ownChanges.ts'
import { showToast } from '../../ui/toast.ts'
import { undoLifetime } from './undoLifetime.ts'
import * as words from './words.ts'

/** Says that this tab's latest change is made, and offers to undo it. */
export function showChanged(message: string): void {
  const change = ownChanges().at(-1)
  if (!change) {
    showToast(message)
    return
  }
  const run = async () => (await import('./undo.ts')).undo(change)
  showToast(
    message,
    { label: words.undo, run: () => void run() },
    {
      duration: undoLifetime,
      about: change.requestId,
    },
  )
}
