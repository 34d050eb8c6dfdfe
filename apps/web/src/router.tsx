import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/solid-router'
import { readError } from '@worldloom/client'
import type { WorldSort } from '@worldloom/schema/world'
import { isWorldSort } from './features/worlds/worldSorts.ts'
import { queryClient, trpc, whenSignedOut } from './lib/api.ts'
import { pagePaths } from './pagePaths.ts'
import { Failed } from './routes/failed.tsx'
import { NotFound } from './routes/notFound.tsx'
import { Root } from './routes/root.tsx'
import { SignedIn } from './routes/signedIn.tsx'

const rootRoute = createRootRoute({ component: Root })

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: pagePaths.home,
  beforeLoad: () => {
    throw redirect({ to: pagePaths.worlds, replace: true })
  },
})

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: pagePaths.signIn,
  validateSearch: (search): { redirect?: string } =>
    typeof search.redirect === 'string' ? { redirect: search.redirect } : {},
  component: lazyRouteComponent(() => import('./routes/signIn.tsx')),
})

const loginFailedRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: pagePaths.loginFailed,
  validateSearch: (search): { error?: string } => (typeof search.error === 'string' ? { error: search.error } : {}),
  component: lazyRouteComponent(() => import('./routes/loginFailed.tsx')),
})

/** The pages beneath are for people who are signed in; anybody else signs in first, and comes back. */
const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  component: SignedIn,
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(trpc.me.get.queryOptions())
    } catch (error) {
      if (readError(error).reason?.kind !== 'notSignedIn') throw error
      throw redirect({ to: pagePaths.signIn, search: { redirect: location.href }, replace: true })
    }
  },
})

interface WorldsSearch {
  q?: string | undefined
  sort?: WorldSort | undefined
  trash?: true | undefined
}

const worldsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: pagePaths.worlds,
  validateSearch: ({ q, sort, trash }): WorldsSearch => ({
    ...((typeof q === 'string' || typeof q === 'number') && { q: String(q) }),
    ...(isWorldSort(sort) && { sort }),
    ...(trash === true && { trash }),
  }),
  component: lazyRouteComponent(() => import('./routes/worlds.tsx')),
})

const worldRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: pagePaths.world,
  component: lazyRouteComponent(() => import('./routes/world.tsx')),
})

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    homeRoute,
    signInRoute,
    loginFailedRoute,
    signedInRoute.addChildren([worldsRoute, worldRoute]),
  ]),
  defaultPreload: 'intent',
  defaultNotFoundComponent: NotFound,
  defaultErrorComponent: Failed,
  scrollRestoration: true,
})

declare module '@tanstack/solid-router' {
  interface Register {
    router: typeof router
  }
}

// Signed out elsewhere: the next thing that is read says so. Not while signing in already.
whenSignedOut(() => {
  const { pathname, href } = router.state.location
  if (pathname === pagePaths.signIn || router.state.status === 'pending') return
  queryClient.removeQueries(trpc.me.pathFilter())
  void router.navigate({ to: pagePaths.signIn, search: { redirect: href } })
})
