import { useQuery } from '@tanstack/solid-query'
import { useNavigate } from '@tanstack/solid-router'
import X from 'lucide-solid/icons/x'
import { createEffect, createMemo, createUniqueId, on, onCleanup, Show } from 'solid-js'
import { trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { Button } from '../../ui/button.tsx'
import { useWorld } from '../worlds/worldContext.ts'
import { stepsThrough } from './steps.ts'
import { setTourStep, tourStep } from './tour.ts'
import * as words from './words.ts'

/** Those that a world began with. */
const oldest = { limit: 20, sort: 'createdAt', order: 'asc' } as const

/** Goes through the pages of the open world, beside them: what is shown can be used meanwhile. */
export default function Tour() {
  const world = useWorld()
  const navigate = useNavigate()
  const id = createUniqueId()
  const personas = useQuery(() => trpc.persona.list.queryOptions({ worldId: world().id, ...oldest }))
  const stories = useQuery(() => trpc.story.list.queryOptions({ worldId: world().id, ...oldest }))
  const steps = createMemo(() => {
    if (personas.isPending || stories.isPending) return []
    // An empty page shows nothing.
    const written = dataOf(personas)?.items.find(
      ({ isPlaceholder, description }) => !isPlaceholder && description !== '',
    )
    const personaId = (written ?? dataOf(personas)?.items[0])?.id
    return stepsThrough({ worldId: world().id, personaId, storyId: dataOf(stories)?.items[0]?.id })
  })
  const position = () => Math.min(tourStep() ?? 0, steps().length - 1)
  const step = () => steps()[position()]
  const isLast = () => position() === steps().length - 1
  let heading: HTMLHeadingElement | undefined
  const leave = () => setTourStep(undefined)
  createEffect(
    on(step, (shown) => {
      if (!shown) return
      void navigate({ to: shown.to, params: shown.params }).then(() => heading?.focus({ preventScroll: true }))
      if (shown.about) onCleanup(pointAt(shown.about))
    }),
  )
  const onKeyDown = (event: KeyboardEvent) => {
    // What is open above the page closes first.
    if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('[role=dialog][data-expanded]'))
      leave()
  }
  addEventListener('keydown', onKeyDown)
  onCleanup(() => removeEventListener('keydown', onKeyDown))
  return (
    <Show when={step()}>
      {(shown) => (
        <section
          class="fixed inset-x-4 bottom-4 z-50 rounded-3xl border border-line bg-raised p-5 shadow-lifted sm:left-auto sm:w-96 print:hidden"
          aria-labelledby={id}
        >
          <div class="flex items-start justify-between gap-3">
            <p class="text-sm text-soft">{words.stepOf(position() + 1, steps().length)}</p>
            <button
              type="button"
              class="-mt-2 -mr-2 grid size-9 shrink-0 place-items-center rounded-full text-soft hover:bg-sunk hover:text-ink"
              aria-label={words.leave}
              onClick={leave}
            >
              <X class="size-4" aria-hidden="true" />
            </button>
          </div>
          <h2
            id={id}
            ref={(element) => {
              heading = element
            }}
            tabIndex={-1}
            class="text-xl outline-none"
          >
            {shown().title}
          </h2>
          <p class="mt-2 text-sm leading-relaxed">{shown().text}</p>
          <div class="mt-4 flex justify-between gap-2">
            <Button look="quiet" disabled={position() === 0} onClick={() => setTourStep(position() - 1)}>
              {words.back}
            </Button>
            <Button look="primary" onClick={() => (isLast() ? leave() : setTourStep(position() + 1))}>
              {isLast() ? words.end : words.next}
            </Button>
          </div>
        </section>
      )}
    </Show>
  )
}

/** Marks what a step is about once it is there. @returns takes the mark away again */
function pointAt(selector: string): () => void {
  let marked: Element | undefined
  const look = () => {
    const found = [...document.querySelectorAll(selector)].find((element) => element.checkVisibility())
    if (!found) return
    observer.disconnect()
    marked = found
    found.setAttribute('data-toured', '')
    found.scrollIntoView({ block: 'nearest' })
  }
  const observer = new MutationObserver(look)
  observer.observe(document.body, { childList: true, subtree: true })
  look()
  return () => {
    observer.disconnect()
    marked?.removeAttribute('data-toured')
  }
}
