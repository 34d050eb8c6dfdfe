/** A move offered in the menu, as an alternative to dragging. */
export interface Move {
  readonly label: string
  readonly run: () => void
}
