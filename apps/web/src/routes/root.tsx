import { Outlet } from '@tanstack/solid-router'
import { lazy, Suspense } from 'solid-js'
import { importWhenIdle } from '../lib/idle.ts'
import { Later } from '../ui/later.tsx'

// No toast appears before an action, so this can load after the first page.
const ToastRegion = lazy(() => importWhenIdle(() => import('../ui/ToastRegion.tsx')))

export function Root() {
  return (
    <>
      <Suspense>
        <ToastRegion />
      </Suspense>
      <Later holdsShell>
        <Outlet />
      </Later>
    </>
  )
}
