import { lazy, Suspense } from 'solid-js'
import type { ConfirmProps } from './confirmProps.ts'

// What opens on a press need not be there before.
const ConfirmDialog = lazy(() => import('./ConfirmDialog.tsx'))

/** Asks before something that can't be taken back, and says if it did not work. */
export function Confirm(props: ConfirmProps) {
  return (
    <Suspense>
      <ConfirmDialog {...props} />
    </Suspense>
  )
}
