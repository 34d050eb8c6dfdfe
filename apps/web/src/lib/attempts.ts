import { createSignal } from 'solid-js'
import { failureOf } from './failure.ts'

/** What a dialog asks of the server, one thing at a time: whether it is under way, and why the last one failed. */
export function createAttempts() {
  const [failure, setFailure] = createSignal<string>()
  const [isBusy, setBusy] = createSignal(false)
  const attempt = async (run: () => Promise<void>): Promise<void> => {
    setBusy(true)
    setFailure(undefined)
    try {
      await run()
    } catch (error) {
      setFailure(failureOf(error).message)
    } finally {
      setBusy(false)
    }
  }
  return { attempt, isBusy, failure }
}
