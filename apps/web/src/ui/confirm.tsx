import { Suspense } from 'solid-js'
import type { ConfirmProps } from './confirmProps.ts'
import { lazyDialog } from './lazyDialog.tsx'

// Loaded when it is opened.
const ConfirmDialog = lazyDialog(() => import('./ConfirmDialog.tsx'))

/** Asks before an irreversible action, and says if it failed. */
export function Confirm(props: ConfirmProps) {
  return (
    <Suspense>
      <ConfirmDialog {...props} />
    </Suspense>
  )
}
