/** Where editing begins: a field, and in a text the place of the caret; at its end without one. */
export interface EditingPlace {
  readonly field: string
  readonly caret?: number | undefined
}

/**
 * Where somebody pressed a text that is shown, to write on there.
 *
 * @param source the Markdown that the text was made from
 * @returns undefined if they followed a link, or selected something
 */
export function placeOf(event: MouseEvent, field: string, source: string): EditingPlace | undefined {
  const { target } = event
  if (!(target instanceof Element) || target.closest('a, button') || !getSelection()?.isCollapsed) return undefined
  // Not in every browser yet; then the text begins at its end.
  const pressed = document.caretPositionFromPoint?.(event.clientX, event.clientY)
  if (!pressed || source === '') return { field }
  const shown = pressed.offsetNode.textContent ?? ''
  // The words around it, which the source has as well unless there are marks between them.
  for (const reach of [40, 20, 8]) {
    const from = Math.max(0, pressed.offset - reach)
    const found = source.indexOf(shown.slice(from, pressed.offset + reach))
    if (found >= 0 && shown.trim() !== '') return { field, caret: found + pressed.offset - from }
  }
  return { field }
}
