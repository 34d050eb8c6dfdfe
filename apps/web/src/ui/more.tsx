import { createEffect, onCleanup } from 'solid-js'
import { Button } from './button.tsx'

/** The end of what is loaded: coming near it loads more; so does the button, for whoever does not scroll. */
export function More(props: { onVisible: () => void; loading: boolean }) {
  let end: HTMLDivElement | undefined
  const observer = new IntersectionObserver(
    ([entry]) => {
      if (entry?.isIntersecting) props.onVisible()
    },
    { rootMargin: '600px' },
  )
  // Observed anew after each page: it tells of changes only, and the end may still be in sight.
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
        {props.loading ? 'Loading…' : 'Show more'}
      </Button>
    </div>
  )
}
