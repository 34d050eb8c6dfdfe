import { Outlet } from '@tanstack/solid-router'
import { lazy, Suspense } from 'solid-js'
import { importWhenIdle } from '../lib/idle.ts'

// Nothing is said before something was done: it can come after the first page.
const ToastRegion = lazy(() => importWhenIdle(() => import('../ui/ToastRegion.tsx')))

export function Root() {
  return (
    <>
      <Outlet />
      <Suspense>
        <ToastRegion />
      </Suspense>
    </>
  )
}
