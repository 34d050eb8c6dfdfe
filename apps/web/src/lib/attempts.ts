import { createSignal } from 'solid-js'
import { failureOf, fieldFaults } from './failure.ts'

/** What a dialog asks of the server, one thing at a time: whether it is under way, and why the last one failed. */
export function createAttempts() {
  const [failed, setFailed] = createSignal<ReturnType<typeof failureOf>>()
  const [isBusy, setBusy] = createSignal(false)
  const attempt = async (run: () => Promise<void>): Promise<void> => {
    setBusy(true)
    setFailed(undefined)
    try {
      await run()
    } catch (error) {
      setFailed(failureOf(error))
    } finally {
      setBusy(false)
    }
  }
  return {
    attempt,
    isBusy,
    failure: () => failed()?.message,
    /** What is wrong, by field. */
    faults: () => fieldFaults(failed()),
  }
}
