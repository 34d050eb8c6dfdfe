import { Outlet } from '@tanstack/solid-router'
import { lazy, onMount, Suspense } from 'solid-js'
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
      <Later>
        <FirstPage />
      </Later>
    </>
  )
}

/** Replaces the shell in index.html, which is seen until then. */
function FirstPage() {
  onMount(() => document.getElementById('shell')?.remove())
  return <Outlet />
}
