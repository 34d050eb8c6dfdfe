import { Show } from 'solid-js'
import { Button } from '../../ui/button.tsx'
import { answerTour, isOffered, startTour } from './tour.ts'
import * as words from './words.ts'

/** Offers the tour to those who are here for the first time. */
export default function TourOffer() {
  return (
    <Show when={isOffered()}>
      <section
        class="mt-10 flex flex-wrap items-center gap-x-6 gap-y-3 rounded-2xl border border-line bg-card p-4 shadow-card"
        aria-label={words.tour}
      >
        <p class="min-w-0 grow basis-64">{words.offer}</p>
        <div class="flex flex-wrap gap-2">
          <Button onClick={startTour}>{words.takeTheTour}</Button>
          <Button look="quiet" onClick={answerTour}>
            {words.notNow}
          </Button>
        </div>
      </section>
    </Show>
  )
}
