import { createSignal } from 'solid-js'

const storageKey = 'worldloom.tour'

const [tourStep, setTourStep] = createSignal<number>()

/** The step of the tour that is open. */
export { setTourStep, tourStep }

const [isOffered, setOffered] = createSignal(!wasAnswered())

/** Whether the tour is still to be offered: in each browser, until it is taken or declined. */
export { isOffered }

export function startTour(): void {
  answerTour()
  setTourStep(0)
}

/** Remembers that the tour was taken or declined. */
export function answerTour(): void {
  setOffered(false)
  try {
    localStorage.setItem(storageKey, 'answered')
  } catch {
    // Then it is offered again at the next visit.
  }
}

function wasAnswered(): boolean {
  try {
    return localStorage.getItem(storageKey) !== null
  } catch {
    // It could not be declined for good.
    return true
  }
}
