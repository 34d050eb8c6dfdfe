import { pagePaths } from './pagePaths.ts'

/** A procedure a page calls first, or a route of the server it reads. `$name` in an input is a parameter of its path. */
export type FirstQuery =
  | { readonly procedure: string; readonly input?: Readonly<Record<string, unknown>>; readonly isPaged?: true }
  | { readonly route: string }

export interface FirstPaint {
  readonly queries: readonly FirstQuery[]
  /** The modules of its components, below `src`. */
  readonly modules: readonly string[]
}

const me: FirstQuery = { procedure: 'me.get' }
const world: FirstQuery = { procedure: 'world.byId', input: { id: '$worldId' } }

/**
 * What a page needs before it can be shown. The server preloads the modules and puts the answers into the HTML, so that
 * neither is asked for only once the app runs. A page that is not here asks by itself; so does one whose queries changed.
 */
export const firstPaints: Readonly<Record<string, FirstPaint>> = {
  [pagePaths.signIn]: {
    queries: [{ route: '/auth/providers' }, { route: '/auth/password' }],
    modules: ['routes/signIn.tsx'],
  },
  [pagePaths.worlds]: {
    queries: [
      me,
      {
        procedure: 'world.list',
        input: { limit: 24, sort: 'updatedAt', order: 'desc', state: 'active' },
        isPaged: true,
      },
    ],
    modules: ['routes/worlds.tsx'],
  },
  [pagePaths.world]: {
    queries: [me, world, { procedure: 'world.overview', input: { id: '$worldId' } }],
    modules: ['routes/world.tsx', 'routes/worldOverview.tsx'],
  },
  [pagePaths.entities]: { queries: [me, world], modules: ['routes/world.tsx', 'routes/entities.tsx'] },
  [pagePaths.entity]: {
    queries: [me, world, { procedure: '$kind.byId', input: { id: '$entityId' } }],
    modules: ['routes/world.tsx', 'routes/entity.tsx'],
  },
  [pagePaths.worldMembers]: { queries: [me, world], modules: ['routes/world.tsx', 'routes/worldMembers.tsx'] },
  [pagePaths.worldTrash]: { queries: [me, world], modules: ['routes/world.tsx', 'routes/worldTrash.tsx'] },
  [pagePaths.chat]: { queries: [me], modules: ['routes/chat.tsx'] },
  [pagePaths.movies]: { queries: [me], modules: ['routes/movies.tsx'] },
}
