/** A way to move something without dragging it. */
export interface Move {
  readonly label: string
  readonly run: () => void
}
