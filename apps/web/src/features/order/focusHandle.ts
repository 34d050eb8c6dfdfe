/** How long a menu may take to close, in milliseconds. */
const patience = 1000

/**
 * Returns the focus to the handle of an item that was moved. The menu takes the focus while it closes, so this repeats
 * until the menu is gone or the person has moved the focus elsewhere.
 */
export function focusHandle(id: string): void {
  const until = performance.now() + patience
  const focus = () => {
    const focused = document.activeElement
    const isFree = !focused || focused === document.body || focused.closest('[role="menu"]')
    if (isFree) document.querySelector<HTMLElement>(`[data-move="${id}"]`)?.focus()
    if (performance.now() < until && (isFree || document.querySelector('[role="menu"]'))) requestAnimationFrame(focus)
  }
  requestAnimationFrame(focus)
}
