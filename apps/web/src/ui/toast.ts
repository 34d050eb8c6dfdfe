import type { Stay, ToastAction } from './toastAction.ts'

// What shows them is loaded with the region that they appear in, after the page.
const shown = () => import('./shownToast.tsx')

/**
 * Shows a short message, optionally with an action.
 *
 * @param stay for those that are there for long: the last three are shown, each with its own action
 */
export function showToast(message: string, action?: ToastAction, stay?: Stay): void {
  void shown().then(({ show }) => show(message, action, stay))
}

/** Removes the toasts that are there for long, where they would be in the way, or only the one about something. */
export function dismissLasting(about?: string): void {
  void shown().then(({ dismiss }) => dismiss(about))
}
