import { useQuery } from '@tanstack/solid-query'
import { Link, useParams, useSearch } from '@tanstack/solid-router'
import { lazy, Show, Suspense } from 'solid-js'
import { StoryViews } from '../features/outline/StoryViews.tsx'
import * as words from '../features/outline/words.ts'
import { useWorld } from '../features/worlds/worldContext.ts'
import { trpc } from '../lib/api.ts'
import { dataOf } from '../lib/dataOf.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { pagePaths } from '../pagePaths.ts'
import { Loaded } from '../ui/loaded.tsx'
import { Waiting } from '../ui/panel.tsx'

const StoryBoard = lazy(() => import('../features/outline/StoryBoard.tsx'))

/** A story as a board of cards. */
export default function StoryBoardPage() {
  const params = useParams({ from: '/signed-in/world/worlds/$worldId/stories/$entityId/board' })
  const search = useSearch({ from: '/signed-in/world/worlds/$worldId/stories/$entityId/board' })
  const world = useWorld()
  const outline = useQuery(() => trpc.story.outline.queryOptions({ id: params().entityId }))
  const name = () => dataOf(outline)?.displayName ?? ''
  const isCork = () => search().view === 'cork'
  usePageTitle(() => `${name() || words.aStory} · ${world().displayName}`)
  return (
    <Loaded query={outline} what={words.theStory} waiting={<Waiting lines={6} />}>
      {(found) => (
        <>
          <p class="text-sm text-soft">{isCork() ? words.corkboard : words.board}</p>
          <h1 class="mt-1 text-3xl sm:text-4xl">
            <Link
              to={pagePaths.entity}
              params={{ worldId: world().id, plural: 'stories', entityId: params().entityId }}
              class="hover:text-accent"
            >
              <bdi>{found().displayName}</bdi>
            </Link>
          </h1>
          <div class="mt-4">
            <StoryViews worldId={world().id} storyId={params().entityId} view={isCork() ? 'cork' : 'board'} />
          </div>
          <Suspense fallback={<Waiting lines={6} />}>
            <Show when={params().entityId} keyed>
              {(storyId) => <StoryBoard worldId={world().id} storyId={storyId} isCork={isCork()} />}
            </Show>
          </Suspense>
        </>
      )}
    </Loaded>
  )
}
