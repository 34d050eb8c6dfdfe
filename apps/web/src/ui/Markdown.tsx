import { createResource, Show } from 'solid-js'
import { whenIdle } from '../lib/idle.ts'

/** Markdown as HTML that can do nothing: no scripts, styles, forms or frames. Its library is loaded at need. */
export function Markdown(props: { text: string }) {
  const [html] = createResource(
    () => props.text,
    async (text) => {
      await whenIdle()
      const { renderMarkdown } = await import('../lib/renderMarkdown.ts')
      await whenIdle()
      return renderMarkdown(text)
    },
  )
  return (
    <Show when={html.latest}>
      {/* Sanitised by renderMarkdown. */}
      {(sanitised) => <div class="prose" innerHTML={sanitised()} />}
    </Show>
  )
}
