import { type JSX, lazy, Suspense } from 'solid-js'

// What opens on a press need not be there before.
const ConfirmDialog = lazy(() => import('./ConfirmDialog.tsx'))

export interface ConfirmProps {
  title: string
  children: JSX.Element
  /** What is done: the word on the button. */
  action: string
  onConfirm: () => Promise<unknown>
  onClose: () => void
}

/** Asks before something that can't be taken back, and says if it did not work. */
export function Confirm(props: ConfirmProps) {
  return (
    <Suspense>
      <ConfirmDialog {...props} />
    </Suspense>
  )
}
