/** How many are woken in one turn of the event loop. */
const atOnce = 20

/** Wakes a few at a time, so that other requests are not kept waiting by a thousand readers. */
export function wakeInTurns<T>(sleepers: readonly T[], wake: (sleeper: T) => void, from = 0): void {
  const next = from + atOnce
  for (const sleeper of sleepers.slice(from, next)) wake(sleeper)
  if (next < sleepers.length) setImmediate(() => wakeInTurns(sleepers, wake, next))
}

/** Lets one waiter sleep until somebody wakes it. A wake-up while nobody waits ends the next wait at once. */
export class Wake {
  #isDue = false
  #resolve: (() => void) | undefined

  wake(): void {
    this.#isDue = true
    this.#resolve?.()
  }

  async wait(): Promise<void> {
    if (!this.#isDue) {
      await new Promise<void>((resolve) => {
        this.#resolve = resolve
      })
    }
    this.#isDue = false
    this.#resolve = undefined
  }
}
