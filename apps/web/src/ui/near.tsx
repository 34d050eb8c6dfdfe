import { createSignal, onCleanup, onMount, type ParentProps, Show } from 'solid-js'

/** So many pixels before it is seen. */
const margin = 400
/** It is there after so many milliseconds in any case, for those who search in the page. */
const longest = 4000

/**
 * Renders its children once they are nearly seen, so that what is seen first appears sooner. Only for the last content of its
 * parent, as it would move whatever follows.
 */
export function Near(props: ParentProps) {
  const [isNear, setNear] = createSignal(false)
  let place: HTMLDivElement | undefined
  onMount(() => {
    if (!place) return
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) show()
      },
      { rootMargin: `${margin}px` },
    )
    const timer = setTimeout(() => show(), longest)
    const show = () => {
      stop()
      setNear(true)
    }
    const stop = () => {
      observer.disconnect()
      clearTimeout(timer)
      removeEventListener('beforeprint', show)
    }
    observer.observe(place)
    addEventListener('beforeprint', show)
    onCleanup(stop)
  })
  return (
    <Show
      when={isNear()}
      fallback={
        <div
          ref={(element) => {
            place = element
          }}
          class="min-h-96"
        />
      }
    >
      {props.children}
    </Show>
  )
}
