import type { JSX } from 'solid-js'

export interface ConfirmProps {
  title: string
  children: JSX.Element
  /** The action, as the button's label. */
  action: string
  onConfirm: () => Promise<unknown>
  onClose: () => void
}
