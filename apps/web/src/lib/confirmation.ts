import { createSignal } from 'solid-js'

const [answer, setAnswer] = createSignal<(isConfirmed: boolean) => void>()

/** Takes the answer while somebody is asked to confirm that it is them. */
export const confirmationAsked = answer

let running: Promise<boolean> | undefined

/** Asks whoever sits there to confirm that it is them; several calls at once ask once. @returns whether they have */
export function askToConfirm(): Promise<boolean> {
  running ??= new Promise<boolean>((resolve) => {
    setAnswer(() => resolve)
  }).finally(() => {
    setAnswer(undefined)
    running = undefined
  })
  return running
}
