import { createEffect, onCleanup } from 'solid-js'

/** Names the page in the browser's tab and history. */
export function usePageTitle(title: () => string): void {
  createEffect(() => {
    document.title = `${title()} · Worldloom`
  })
  onCleanup(() => {
    document.title = 'Worldloom'
  })
}
