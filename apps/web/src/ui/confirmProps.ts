import type { JSX } from 'solid-js'

export interface ConfirmProps {
  title: string
  children: JSX.Element
  /** What is done: the word on the button. */
  action: string
  onConfirm: () => Promise<unknown>
  onClose: () => void
}
