import { worldLayout } from './features/worlds/worldLayout.ts'
import { pagePaths } from './pagePaths.ts'

/** A procedure that a page calls first, or a server route that it reads. `$name` in an input is a path parameter. */
export type FirstQuery =
  | {
      readonly procedure: string
      readonly input?: Readonly<Record<string, unknown>>
      readonly isPaged?: true
      /** Whether the URL’s search parameters change it: with any, the page queries by itself. */
      readonly isSearched?: true
    }
  | { readonly route: string }

export interface FirstPaint {
  readonly queries: readonly FirstQuery[]
  /** The modules of its components, below `src`. */
  readonly modules: readonly string[]
  /** Shown until the app runs. */
  readonly opening?: Opening
}

/**
 * The top of a page as HTML, with `{name}` for a field of a first query's data. The page's component renders the same
 * in the same place, so that nothing moves when it takes over.
 */
export interface Opening {
  readonly procedure: string
  readonly html: string
}

/** @param record the top of the record's page, below the world's bar; see routes/world.tsx */
function openingInWorld(procedure: string, record: string): Opening {
  const html = `<div class="${worldLayout.root}"><div class="${worldLayout.grid}">
    <div class="${worldLayout.sidebar}"></div>
    <main class="${worldLayout.page}">
      <div class="h-10"></div>
      <div class="${worldLayout.content}"><article>${record}</article></div>
    </main>
  </div></div>`
  return { procedure, html: html.replaceAll(/\n\s*/g, '') }
}

/** As in routes/worldOverview.tsx. */
const worldOpening = openingInWorld(
  'world.byId',
  `<div class="h-40 w-full rounded-3xl bg-sunk sm:h-56"></div>
  <div class="mt-8 flex flex-wrap items-start justify-between gap-6">
    <div class="max-w-3xl min-w-0">
      <h1 class="text-4xl leading-tight sm:text-5xl"><bdi>{displayName}</bdi></h1>
      <p class="mt-3 text-sm">&nbsp;</p>
    </div>
    <div class="h-10 w-48"></div>
  </div>
  <p class="mt-6 max-w-3xl font-display text-xl leading-relaxed whitespace-pre-wrap">{description}</p>`,
)

/** As in routes/entity.tsx. */
const entityOpening = openingInWorld(
  '$kind.byId',
  `<div class="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
    <div class="min-w-0">
      <p class="text-sm">&nbsp;</p>
      <h1 class="mt-1 text-3xl leading-tight sm:text-4xl"><bdi>{displayName}</bdi></h1>
    </div>
    <div class="h-10 w-48"></div>
  </div>
  <p class="mt-4 max-w-3xl font-display text-lg leading-relaxed whitespace-pre-wrap" dir="auto">{description}</p>`,
)

const me: FirstQuery = { procedure: 'me.get' }
const world: FirstQuery = { procedure: 'world.byId', input: { id: '$worldId' } }

const tags: FirstQuery = { procedure: 'tag.list', input: { worldId: '$worldId' } }

/**
 * What a page needs before it can be shown. The server preloads the modules and puts the data into the HTML, so that
 * neither has to wait for the app to start. Pages that are not listed here, or whose queries have changed, fetch by
 * themselves.
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
        isSearched: true,
      },
    ],
    modules: ['routes/worlds.tsx'],
  },
  [pagePaths.world]: {
    queries: [me, world, { procedure: 'world.overview', input: { id: '$worldId' } }],
    modules: ['routes/world.tsx', 'routes/worldOverview.tsx'],
    opening: worldOpening,
  },
  [pagePaths.entities]: {
    queries: [
      me,
      world,
      tags,
      { procedure: '$kind.tally', input: { worldId: '$worldId' }, isSearched: true },
      {
        procedure: '$kind.table',
        input: { worldId: '$worldId', sort: 'updatedAt', order: 'desc', offset: 0, limit: 100 },
        isSearched: true,
      },
    ],
    modules: ['routes/world.tsx', 'routes/entities.tsx', 'features/table/EntityTable.tsx'],
  },
  [pagePaths.entity]: {
    queries: [
      me,
      world,
      { procedure: '$kind.byId', input: { id: '$entityId' } },
      // What is between its description and its text, which would be pushed down by what comes later.
      { procedure: 'tag.of', input: { id: '$entityId' } },
      { procedure: 'pin.list', input: { worldId: '$worldId' } },
      { procedure: 'map.of', input: { id: '$entityId' } },
    ],
    modules: ['routes/world.tsx', 'routes/entity.tsx'],
    opening: entityOpening,
  },
  [pagePaths.storyText]: {
    queries: [me, world, { procedure: 'story.outline', input: { id: '$entityId' } }],
    modules: ['routes/world.tsx', 'routes/storyText.tsx'],
  },
  [pagePaths.storyBoard]: {
    queries: [me, world, { procedure: 'story.outline', input: { id: '$entityId' } }],
    modules: ['routes/world.tsx', 'routes/storyBoard.tsx'],
  },
  [pagePaths.storyCast]: {
    queries: [me, world, { procedure: 'story.outline', input: { id: '$entityId' } }],
    modules: ['routes/world.tsx', 'routes/storyCast.tsx'],
  },
  [pagePaths.worldFamily]: { queries: [me, world], modules: ['routes/world.tsx', 'routes/worldFamily.tsx'] },
  [pagePaths.worldMembers]: { queries: [me, world], modules: ['routes/world.tsx', 'routes/worldMembers.tsx'] },
  [pagePaths.worldActivity]: {
    queries: [me, world],
    modules: ['routes/world.tsx', 'routes/worldActivity.tsx'],
  },
  [pagePaths.worldProposals]: {
    queries: [me, world],
    modules: ['routes/world.tsx', 'routes/worldProposals.tsx'],
  },
  [pagePaths.worldProposal]: {
    queries: [me, world, { procedure: 'changeSet.byId', input: { id: '$changeSetId' } }],
    modules: ['routes/world.tsx', 'routes/worldProposal.tsx'],
  },
  [pagePaths.worldWebhooks]: {
    queries: [me, world],
    modules: ['routes/world.tsx', 'routes/worldWebhooks.tsx'],
  },
  [pagePaths.worldSearch]: { queries: [me, world], modules: ['routes/world.tsx', 'routes/worldSearch.tsx'] },
  [pagePaths.worldMaps]: {
    queries: [me, world, { procedure: 'map.list', input: { worldId: '$worldId' } }],
    modules: ['routes/world.tsx', 'routes/worldMaps.tsx'],
  },
  [pagePaths.worldMap]: {
    queries: [me, world, { procedure: 'map.byId', input: { id: '$mapId' } }],
    modules: ['routes/world.tsx', 'routes/worldMap.tsx'],
  },
  [pagePaths.worldTimeline]: { queries: [me, world], modules: ['routes/world.tsx', 'routes/worldTimeline.tsx'] },
  [pagePaths.worldGraph]: {
    // Not the graph itself, which may be large.
    queries: [me, world, tags, { procedure: 'linkKind.list', input: { worldId: '$worldId' } }],
    modules: ['routes/world.tsx', 'routes/worldGraph.tsx'],
  },
  [pagePaths.worldContinuity]: { queries: [me, world], modules: ['routes/world.tsx', 'routes/worldContinuity.tsx'] },
  [pagePaths.worldSettings]: {
    queries: [me, world],
    modules: [
      'routes/world.tsx',
      'routes/worldSettings.tsx',
      'features/sharing/SharingSettings.tsx',
      'features/sharing/ShareLinks.tsx',
    ],
  },
  [pagePaths.worldTrash]: { queries: [me, world], modules: ['routes/world.tsx', 'routes/worldTrash.tsx'] },
  [pagePaths.chat]: { queries: [me], modules: ['routes/chat.tsx'] },
  [pagePaths.movies]: { queries: [me], modules: ['routes/movies.tsx'] },
}
