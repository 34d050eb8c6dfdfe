import { createEffect, createSignal, onCleanup, Show } from 'solid-js'
import { renderMarkdown } from '../lib/renderMarkdown.ts'

/**
 * Markdown as inert HTML: no scripts, styles, forms or frames. What it was before is shown until that is made. Not a
 * resource: that would take the page around it out of the document meanwhile.
 */
export function Markdown(props: { text: string }) {
  const [html, setHtml] = createSignal<string>()
  const [hasFailed, setFailed] = createSignal(false)
  createEffect(() => {
    let isOutdated = false
    onCleanup(() => {
      isOutdated = true
    })
    renderMarkdown(props.text).then(
      (made) => {
        if (isOutdated) return
        setHtml(made)
        setFailed(false)
      },
      // What renders it could not be loaded: it can be read as it was written.
      () => setFailed(true),
    )
  })
  return (
    <Show
      when={hasFailed()}
      fallback={
        <Show when={html()}>
          {/* Sanitised by renderMarkdown. */}
          {(sanitised) => <div class="prose" innerHTML={sanitised()} />}
        </Show>
      }
    >
      <p class="prose whitespace-pre-wrap">{props.text}</p>
    </Show>
  )
}
