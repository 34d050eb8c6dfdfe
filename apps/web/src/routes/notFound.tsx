import { lazy, Suspense } from 'solid-js'

const NotFoundPage = lazy(() => import('./notFoundPage.tsx'))

/** Loaded when there is no page at an address, as every page refers to it. */
export function NotFound() {
  return (
    <Suspense>
      <NotFoundPage />
    </Suspense>
  )
}
