import { Outlet } from '@tanstack/solid-router'
import { lazy, Suspense } from 'solid-js'
import { whenIdle } from '../lib/idle.ts'

// Nothing is said before something was done: it can come after the first page.
const ToastRegion = lazy(async () => {
  await whenIdle()
  return await import('../ui/ToastRegion.tsx')
})

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
