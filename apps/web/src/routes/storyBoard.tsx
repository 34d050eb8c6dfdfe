import { Link, useParams, useSearch } from '@tanstack/solid-router'
import { Match, Switch } from 'solid-js'
import { createBoard } from '../features/outline/createBoard.ts'
import { StoryBoard } from '../features/outline/StoryBoard.tsx'
import { StoryViews } from '../features/outline/StoryViews.tsx'
import { useWorld } from '../features/worlds/worldContext.ts'
import { dataOf } from '../lib/dataOf.ts'
import { failureOf } from '../lib/failure.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { Waiting } from '../ui/panel.tsx'

/** A story as a board of cards. */
export default function StoryBoardPage() {
  const params = useParams({ from: '/signed-in/world/worlds/$worldId/stories/$entityId/board' })
  const search = useSearch({ from: '/signed-in/world/worlds/$worldId/stories/$entityId/board' })
  const world = useWorld()
  const board = createBoard({
    get worldId() {
      return world().id
    },
    get storyId() {
      return params().entityId
    },
  })
  const name = () => dataOf(board.outline)?.displayName ?? ''
  const isCork = () => search().view === 'cork'
  usePageTitle(() => `${name() || 'A story'} · ${world().displayName}`)
  return (
    <Switch>
      <Match when={dataOf(board.outline)}>
        <p class="text-sm text-soft">{isCork() ? 'Corkboard' : 'Board'}</p>
        <h1 class="mt-1 text-3xl sm:text-4xl">
          <Link
            to={pagePaths.entity}
            params={{ worldId: world().id, plural: 'stories', entityId: params().entityId }}
            class="hover:text-accent"
          >
            <bdi>{name()}</bdi>
          </Link>
        </h1>
        <div class="mt-4">
          <StoryViews worldId={world().id} storyId={params().entityId} view={isCork() ? 'cork' : 'board'} />
        </div>
        <StoryBoard worldId={world().id} storyId={params().entityId} board={board} isCork={isCork()} />
      </Match>
      <Match when={board.outline.isPending}>
        <Waiting lines={6} />
      </Match>
      <Match when={board.outline.isError}>
        <Notice
          title="The story did not arrive"
          actions={<Button onClick={() => board.outline.refetch()}>Try again</Button>}
        >
          <p>{failureOf(board.outline.error).message}</p>
        </Notice>
      </Match>
    </Switch>
  )
}
