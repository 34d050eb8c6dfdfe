import { createEffect, onCleanup } from 'solid-js'

/** Sets the title in the browser's tab and history. */
export function usePageTitle(title: () => string): void {
  createEffect(() => {
    document.title = `${title()} · Worldloom`
  })
  onCleanup(() => {
    document.title = 'Worldloom'
  })
}
