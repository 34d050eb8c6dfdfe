/** What a toast offers to do. */
export interface ToastAction {
  readonly label: string
  readonly run: () => void
}

/** That a toast is there for long. */
export interface Stay {
  /** In milliseconds. */
  readonly duration: number
  /** What it is about, to remove it once that is past. */
  readonly about?: string
}
