/** What a toast offers to do. */
export interface ToastAction {
  readonly label: string
  readonly run: () => void
}
