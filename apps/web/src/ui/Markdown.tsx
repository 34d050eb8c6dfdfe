import { createResource, Show } from 'solid-js'
import { renderMarkdown } from '../lib/renderMarkdown.ts'

/** Markdown as inert HTML: no scripts, styles, forms or frames. */
export function Markdown(props: { text: string }) {
  const [html] = createResource(() => props.text, renderMarkdown)
  return (
    <Show when={html.latest}>
      {/* Sanitised by renderMarkdown. */}
      {(sanitised) => <div class="prose" innerHTML={sanitised()} />}
    </Show>
  )
}
