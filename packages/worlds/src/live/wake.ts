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
