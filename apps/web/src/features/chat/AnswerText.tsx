import { useNavigate } from '@tanstack/solid-router'
import { createMemo, createSignal, For, Show } from 'solid-js'
import type { PathOf } from './renderAnswer.ts'

/** Loaded on demand, as it is as large as the rest of the chat. */
async function loadMarkdown() {
  const { blocksOf, renderAnswer } = await import('./renderAnswer.ts')
  return { blocksOf, renderAnswer }
}

/** A model's text as it grows. Finished blocks are not replaced, so that their text can be selected. */
export function AnswerText(props: { text: string; pathOf: PathOf }) {
  const navigate = useNavigate()
  // A resource would suspend everything around it until it is loaded.
  const [library, setLibrary] = createSignal<Awaited<ReturnType<typeof loadMarkdown>>>()
  void loadMarkdown().then(setLibrary)
  const follow = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest('a[data-entry]') : null
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    void navigate({ to: link.getAttribute('href') ?? '' })
  }
  return (
    <Show when={library()} fallback={<p class="whitespace-pre-wrap">{props.text}</p>}>
      {(markdown) => {
        const blocks = createMemo(() => markdown().blocksOf(props.text))
        return (
          // Links work by keyboard too. This only keeps them within the app.
          // biome-ignore lint/a11y/noStaticElementInteractions: see above
          // biome-ignore lint/a11y/useKeyWithClickEvents: see above
          <div class="prose" dir="auto" onClick={follow}>
            <For each={blocks()}>
              {/* Sanitised by renderAnswer. */}
              {(block) => <div innerHTML={markdown().renderAnswer(block, props.pathOf)} />}
            </For>
          </div>
        )
      }}
    </Show>
  )
}
