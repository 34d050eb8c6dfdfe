import { createEffect, onCleanup } from 'solid-js'
import * as words from './words.ts'

/** Sets the title in the browser's tab and history. */
export function usePageTitle(title: () => string): void {
  createEffect(() => {
    document.title = words.pageTitle(title())
  })
  onCleanup(() => {
    document.title = 'Worldloom'
  })
}
