import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/solid-router'
import { readError } from '@worldloom/client'
import type { WorldSort } from '@worldloom/schema/world'
import { readAuditSearch } from './features/admin/auditSearch.ts'
import { readJobsSearch } from './features/admin/jobs/jobsSearch.ts'
import { readStatisticsSearch } from './features/admin/statistics/days.ts'
import { readEntitiesSearch } from './features/entities/entitiesSearch.ts'
import { readGraphSearch } from './features/graph/graphSearch.ts'
import { readActivitySearch } from './features/history/activitySearch.ts'
import { readMoviesSearch } from './features/movies/moviesSearch.ts'
import { readWorldSearch } from './features/search/worldSearch.ts'
import { isProfileLater } from './features/session/profileLater.ts'
import { readTimelineSearch } from './features/time/timelineSearch.ts'
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

const readRedirect = (search: Record<string, unknown>): { redirect?: string } =>
  typeof search.redirect === 'string' ? { redirect: search.redirect } : {}
const readErrorCode = (search: Record<string, unknown>): { error?: string } =>
  typeof search.error === 'string' ? { error: search.error } : {}
const readToken = (search: Record<string, unknown>): { token?: string } =>
  typeof search.token === 'string' ? { token: search.token } : {}

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: pagePaths.signIn,
  validateSearch: readRedirect,
  component: lazyRouteComponent(() => import('./routes/signIn.tsx')),
})

const secondFactorRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: pagePaths.secondFactor,
  validateSearch: readRedirect,
  component: lazyRouteComponent(() => import('./routes/secondFactor.tsx')),
})

const signUpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: pagePaths.signUp,
  validateSearch: readRedirect,
  component: lazyRouteComponent(() => import('./routes/signUp.tsx')),
})

const forgotPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: pagePaths.forgotPassword,
  component: lazyRouteComponent(() => import('./routes/forgotPassword.tsx')),
})

const resetPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: pagePaths.resetPassword,
  validateSearch: readToken,
  component: lazyRouteComponent(() => import('./routes/resetPassword.tsx')),
})

const verifyEmailRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: pagePaths.verifyEmail,
  validateSearch: readToken,
  component: lazyRouteComponent(() => import('./routes/verifyEmail.tsx')),
})

const loginFailedRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: pagePaths.loginFailed,
  validateSearch: readErrorCode,
  component: lazyRouteComponent(() => import('./routes/loginFailed.tsx')),
})

const appRefusedRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: pagePaths.appRefused,
  validateSearch: readErrorCode,
  component: lazyRouteComponent(() => import('./routes/appRefused.tsx')),
})

/** The pages below are for signed-in people. Anybody else signs in first, and comes back. */
const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  component: SignedIn,
  beforeLoad: async ({ location }) => {
    const me = await queryClient.ensureQueryData(trpc.me.get.queryOptions()).catch((error) => {
      if (readError(error).reason?.kind !== 'notSignedIn') throw error
      throw redirect({ to: pagePaths.signIn, search: { redirect: location.href }, replace: true })
    })
    // A role of theirs requires one: until they have it, they may do nothing else.
    if (me.needsSecondFactor && location.pathname !== pagePaths.settingsSecurity) {
      throw redirect({ to: pagePaths.settingsSecurity, replace: true })
    }
    if (
      !me.needsSecondFactor &&
      !me.isComplete &&
      location.pathname !== pagePaths.completeProfile &&
      !isProfileLater()
    ) {
      throw redirect({ to: pagePaths.completeProfile, search: { redirect: location.href }, replace: true })
    }
  },
})

const completeProfileRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: pagePaths.completeProfile,
  validateSearch: readRedirect,
  component: lazyRouteComponent(() => import('./routes/completeProfile.tsx')),
})

const settingsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  id: 'settings',
  component: lazyRouteComponent(() => import('./routes/settings.tsx')),
})

const settingsProfileRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: pagePaths.settingsProfile,
  component: lazyRouteComponent(() => import('./routes/settingsProfile.tsx')),
})

const settingsSecurityRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: pagePaths.settingsSecurity,
  component: lazyRouteComponent(() => import('./routes/settingsSecurity.tsx')),
})

const settingsApiKeysRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: pagePaths.settingsApiKeys,
  component: lazyRouteComponent(() => import('./routes/settingsApiKeys.tsx')),
})

const settingsAppsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: pagePaths.settingsApps,
  component: lazyRouteComponent(() => import('./routes/settingsApps.tsx')),
})

/** Each page checks the permission it needs, and says so if it is missing. */
const adminRoute = createRoute({
  getParentRoute: () => signedInRoute,
  id: 'administration',
  component: lazyRouteComponent(() => import('./routes/admin.tsx')),
})

interface UsersSearch {
  q?: string | undefined
  role?: string | undefined
  state?: 'active' | 'inactive' | undefined
}

const adminUsersRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: pagePaths.adminUsers,
  validateSearch: ({ q, role, state }): UsersSearch => ({
    ...((typeof q === 'string' || typeof q === 'number') && { q: String(q) }),
    ...(typeof role === 'string' && { role }),
    ...((state === 'active' || state === 'inactive') && { state }),
  }),
  component: lazyRouteComponent(() => import('./routes/adminUsers.tsx')),
})

const adminRolesRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: pagePaths.adminRoles,
  component: lazyRouteComponent(() => import('./routes/adminRoles.tsx')),
})

const adminAuditRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: pagePaths.adminAudit,
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(() => import('./routes/adminAudit.tsx')),
})

const adminAppsRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: pagePaths.adminApps,
  component: lazyRouteComponent(() => import('./routes/adminApps.tsx')),
})

const adminStatisticsRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: pagePaths.adminStatistics,
  validateSearch: readStatisticsSearch,
  component: lazyRouteComponent(() => import('./routes/adminStatistics.tsx')),
})

const adminJobsRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: pagePaths.adminJobs,
  validateSearch: readJobsSearch,
  component: lazyRouteComponent(() => import('./routes/adminJobs.tsx')),
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

const joinRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: pagePaths.join,
  validateSearch: readToken,
  component: lazyRouteComponent(() => import('./routes/join.tsx')),
})

const consentRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: pagePaths.consent,
  component: lazyRouteComponent(() => import('./routes/consent.tsx')),
})

const deviceRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: pagePaths.device,
  component: lazyRouteComponent(() => import('./routes/device.tsx')),
})

/** The layout of a world's pages. */
const worldRoute = createRoute({
  getParentRoute: () => signedInRoute,
  id: 'world',
  component: lazyRouteComponent(() => import('./routes/world.tsx')),
})

const worldOverviewRoute = createRoute({
  getParentRoute: () => worldRoute,
  path: pagePaths.world,
  component: lazyRouteComponent(() => import('./routes/worldOverview.tsx')),
})

const worldMembersRoute = createRoute({
  getParentRoute: () => worldRoute,
  path: pagePaths.worldMembers,
  component: lazyRouteComponent(() => import('./routes/worldMembers.tsx')),
})

const worldActivityRoute = createRoute({
  getParentRoute: () => worldRoute,
  path: pagePaths.worldActivity,
  validateSearch: readActivitySearch,
  component: lazyRouteComponent(() => import('./routes/worldActivity.tsx')),
})

const worldProposalsRoute = createRoute({
  getParentRoute: () => worldRoute,
  path: pagePaths.worldProposals,
  validateSearch: ({ show }): { show?: 'all' } => (show === 'all' ? { show } : {}),
  component: lazyRouteComponent(() => import('./routes/worldProposals.tsx')),
})

const worldProposalRoute = createRoute({
  getParentRoute: () => worldRoute,
  path: pagePaths.worldProposal,
  component: lazyRouteComponent(() => import('./routes/worldProposal.tsx')),
})

const worldWebhooksRoute = createRoute({
  getParentRoute: () => worldRoute,
  path: pagePaths.worldWebhooks,
  component: lazyRouteComponent(() => import('./routes/worldWebhooks.tsx')),
})

const worldSearchRoute = createRoute({
  getParentRoute: () => worldRoute,
  path: pagePaths.worldSearch,
  validateSearch: readWorldSearch,
  component: lazyRouteComponent(() => import('./routes/worldSearch.tsx')),
})

const worldMapsRoute = createRoute({
  getParentRoute: () => worldRoute,
  path: pagePaths.worldMaps,
  component: lazyRouteComponent(() => import('./routes/worldMaps.tsx')),
})

interface MapSearch {
  view?: 'list' | undefined
  /** The marker that is chosen. */
  marker?: string | undefined
  /** The entry that is looked for. */
  at?: string | undefined
}

const worldMapRoute = createRoute({
  getParentRoute: () => worldRoute,
  path: pagePaths.worldMap,
  validateSearch: ({ view, marker, at }): MapSearch => ({
    ...(view === 'list' && { view }),
    ...(typeof marker === 'string' && { marker }),
    ...(typeof at === 'string' && { at }),
  }),
  component: lazyRouteComponent(() => import('./routes/worldMap.tsx')),
})

const worldTimelineRoute = createRoute({
  getParentRoute: () => worldRoute,
  path: pagePaths.worldTimeline,
  validateSearch: readTimelineSearch,
  component: lazyRouteComponent(() => import('./routes/worldTimeline.tsx')),
})

const worldGraphRoute = createRoute({
  getParentRoute: () => worldRoute,
  path: pagePaths.worldGraph,
  validateSearch: readGraphSearch,
  component: lazyRouteComponent(() => import('./routes/worldGraph.tsx')),
})

const worldFamilyRoute = createRoute({
  getParentRoute: () => worldRoute,
  path: pagePaths.worldFamily,
  validateSearch: ({ view }): { view?: 'list' } => (view === 'list' ? { view } : {}),
  component: lazyRouteComponent(() => import('./routes/worldFamily.tsx')),
})

const worldContinuityRoute = createRoute({
  getParentRoute: () => worldRoute,
  path: pagePaths.worldContinuity,
  component: lazyRouteComponent(() => import('./routes/worldContinuity.tsx')),
})

const worldSettingsRoute = createRoute({
  getParentRoute: () => worldRoute,
  path: pagePaths.worldSettings,
  component: lazyRouteComponent(() => import('./routes/worldSettings.tsx')),
})

const worldTrashRoute = createRoute({
  getParentRoute: () => worldRoute,
  path: pagePaths.worldTrash,
  component: lazyRouteComponent(() => import('./routes/worldTrash.tsx')),
})

const entitiesRoute = createRoute({
  getParentRoute: () => worldRoute,
  path: pagePaths.entities,
  validateSearch: readEntitiesSearch,
  component: lazyRouteComponent(() => import('./routes/entities.tsx')),
})

const entityRoute = createRoute({
  getParentRoute: () => worldRoute,
  path: pagePaths.entity,
  component: lazyRouteComponent(() => import('./routes/entity.tsx')),
})

const storyTextRoute = createRoute({
  getParentRoute: () => worldRoute,
  path: pagePaths.storyText,
  component: lazyRouteComponent(() => import('./routes/storyText.tsx')),
})

const storyBoardRoute = createRoute({
  getParentRoute: () => worldRoute,
  path: pagePaths.storyBoard,
  validateSearch: ({ view }): { view?: 'cork' } => (view === 'cork' ? { view } : {}),
  component: lazyRouteComponent(() => import('./routes/storyBoard.tsx')),
})

const storyCastRoute = createRoute({
  getParentRoute: () => worldRoute,
  path: pagePaths.storyCast,
  component: lazyRouteComponent(() => import('./routes/storyCast.tsx')),
})

const chatRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: pagePaths.chat,
  component: lazyRouteComponent(() => import('./routes/chat.tsx')),
})

const conversationRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: pagePaths.conversation,
  component: lazyRouteComponent(() => import('./routes/chat.tsx')),
})

const moviesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: pagePaths.movies,
  validateSearch: readMoviesSearch,
  component: lazyRouteComponent(() => import('./routes/movies.tsx')),
})

// Objects, as tuples take the compiler longer (https://tanstack.com/router/latest/docs/guide/type-safety).
const routeTree = rootRoute.addChildren({
  homeRoute,
  signInRoute,
  signUpRoute,
  secondFactorRoute,
  forgotPasswordRoute,
  resetPasswordRoute,
  verifyEmailRoute,
  loginFailedRoute,
  appRefusedRoute,
  signedInRoute: signedInRoute.addChildren({
    worldsRoute,
    worldRoute: worldRoute.addChildren({
      worldOverviewRoute,
      worldMembersRoute,
      worldActivityRoute,
      worldProposalsRoute,
      worldProposalRoute,
      worldWebhooksRoute,
      worldTrashRoute,
      worldSearchRoute,
      worldMapsRoute,
      worldMapRoute,
      worldTimelineRoute,
      worldGraphRoute,
      worldFamilyRoute,
      worldContinuityRoute,
      worldSettingsRoute,
      entitiesRoute,
      entityRoute,
      storyTextRoute,
      storyBoardRoute,
      storyCastRoute,
    }),
    joinRoute,
    consentRoute,
    deviceRoute,
    chatRoute,
    conversationRoute,
    moviesRoute,
    completeProfileRoute,
    settingsRoute: settingsRoute.addChildren({
      settingsProfileRoute,
      settingsSecurityRoute,
      settingsApiKeysRoute,
      settingsAppsRoute,
    }),
    adminRoute: adminRoute.addChildren({
      adminUsersRoute,
      adminRolesRoute,
      adminAppsRoute,
      adminAuditRoute,
      adminStatisticsRoute,
      adminJobsRoute,
    }),
  }),
})

const createAppRouter = () =>
  createRouter({
    routeTree,
    defaultPreload: 'intent',
    defaultNotFoundComponent: NotFound,
    defaultErrorComponent: Failed,
    scrollRestoration: true,
  })

declare module '@tanstack/solid-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}

/** The router of all pages. Building it takes a while, so that is not done when this module is loaded. */
export function startRouter() {
  const router = createAppRouter()
  // After signing out elsewhere, the next request says so. Ignored while already signing in.
  whenSignedOut(() => {
    const { pathname, href } = router.state.location
    if (pathname === pagePaths.signIn || router.state.status === 'pending') return
    queryClient.removeQueries(trpc.me.pathFilter())
    void router.navigate({ to: pagePaths.signIn, search: { redirect: href } })
  })
  return router
}
