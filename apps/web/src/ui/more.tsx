import { createEffect, onCleanup } from 'solid-js'
import { Button } from './button.tsx'
import * as words from './words.ts'

/** The end of a list that is not fully loaded. Scrolling near it loads more, and so does its button. */
export function More(props: { onVisible: () => void; loading: boolean }) {
  let end: HTMLDivElement | undefined
  const observer = new IntersectionObserver(
    ([entry]) => {
      if (entry?.isIntersecting) props.onVisible()
    },
    { rootMargin: '600px' },
  )
  // Observed again after each page: the observer only reports changes, and the end may still be in view.
  createEffect(() => {
    if (props.loading || !end) return
    observer.unobserve(end)
    observer.observe(end)
  })
  onCleanup(() => observer.disconnect())
  return (
    <div
      class="mt-8 flex justify-center"
      ref={(element) => {
        end = element
      }}
    >
      <Button onClick={() => props.onVisible()} disabled={props.loading}>
        {props.loading ? words.loading : words.showMore}
      </Button>
    </div>
  )
}
