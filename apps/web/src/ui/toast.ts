import type { ToastAction } from './toastAction.ts'

// What shows them is loaded with the region that they appear in, after the page.
const shown = () => import('./shownToast.tsx')

/**
 * Shows a short message, optionally with an action.
 *
 * @param duration milliseconds; if given, it replaces the one before that was shown for as long
 */
export function showToast(message: string, action?: ToastAction, duration?: number): void {
  void shown().then(({ show }) => show(message, action, duration))
}

/** Removes the toast that is there for long, where it would be in the way. */
export function dismissLasting(): void {
  void shown().then(({ dismiss }) => dismiss())
}
