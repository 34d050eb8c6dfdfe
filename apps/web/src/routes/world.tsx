import { useQuery } from '@tanstack/solid-query'
import { Link, Outlet, useParams } from '@tanstack/solid-router'
import { readError } from '@worldloom/client'
import ChevronLeft from 'lucide-solid/icons/chevron-left'
import SearchIcon from 'lucide-solid/icons/search'
import Sparkles from 'lucide-solid/icons/sparkles'
import { createSignal, For, lazy, Match, Show, Suspense, Switch } from 'solid-js'
import { useMay } from '../features/session/permitted.tsx'
import { useWorldRights, WorldContext } from '../features/worlds/worldContext.ts'
import { worldPages } from '../features/worlds/worldPages.ts'
import { trpc, type World as WorldData } from '../lib/api.ts'
import { dataOf } from '../lib/dataOf.ts'
import { importWhenIdle } from '../lib/idle.ts'
import { capitalized, kinds } from '../lib/kinds.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { Later } from '../ui/later.tsx'
import { Notice } from '../ui/notice.tsx'
import { TabList, tabClass } from '../ui/sectionTabs.tsx'

// Loaded when it is opened.
const LiveWorld = lazy(() => importWhenIdle(() => import('../features/live/LiveWorld.tsx')))
const Faces = lazy(() => importWhenIdle(() => import('../features/live/Faces.tsx')))
const WorldChat = lazy(() => import('../features/chat/WorldChat.tsx'))

/** The layout of a world's pages. */
export default function World() {
  const params = useParams({ strict: false })
  const world = useQuery(() => trpc.world.byId.queryOptions({ id: params().worldId ?? '' }))
  // Also when it is lost while it is open: what was known of it is not shown any longer.
  const isMissing = () => ['notFound', 'badInput'].includes(readError(world.error).reason?.kind ?? '')
  return (
    <Switch>
      <Match when={world.isError && isMissing()}>
        <Notice
          title="No such world"
          actions={
            <Link to={pagePaths.worlds} class={buttonClass('primary')}>
              To your worlds
            </Link>
          }
        >
          <p>It does not exist, was deleted, or is not shared with you.</p>
        </Notice>
      </Match>
      <Match when={dataOf(world)}>
        {(data) => (
          <WorldContext.Provider value={data}>
            <WorldTabs world={data()} />
            {/* What others do is for members. */}
            <Show when={data().role}>
              <Suspense>
                <LiveWorld worldId={data().id} />
              </Suspense>
            </Show>
            <Later>
              <Outlet />
            </Later>
          </WorldContext.Provider>
        )}
      </Match>
      <Match when={world.isPending}>
        <div
          class="h-64 animate-[shimmer_1.6s_ease-in-out_infinite] rounded-3xl bg-sunk"
          aria-label="Loading"
          role="status"
        />
      </Match>
      <Match when={world.isError}>
        <Notice
          title="The world could not be loaded"
          actions={<Button onClick={() => world.refetch()}>Try again</Button>}
        >
          <p>{readError(world.error).message}</p>
        </Notice>
      </Match>
    </Switch>
  )
}

function WorldTabs(props: { world: WorldData }) {
  const rights = useWorldRights()
  const may = useMay()
  const [isAsking, setAsking] = createSignal(false)
  let opener: HTMLButtonElement | undefined
  const close = () => {
    setAsking(false)
    opener?.focus()
  }
  const worldId = () => props.world.id
  return (
    <>
      <div class="flex items-center justify-between gap-2 sm:gap-4">
        <Link
          to={pagePaths.worlds}
          class="-ml-1 inline-flex items-center gap-1 text-sm whitespace-nowrap text-soft hover:text-ink"
        >
          <ChevronLeft class="size-4" aria-hidden="true" />
          Your worlds
        </Link>
        <span class="ml-auto">
          <Suspense>
            <Faces />
          </Suspense>
        </span>
        <Link to={pagePaths.worldSearch} params={{ worldId: worldId() }} class={buttonClass('quiet')}>
          <SearchIcon class="size-4" aria-hidden="true" />
          <span class="max-sm:sr-only">Search</span>
        </Link>
        <Show when={may('chat:use')}>
          <Button
            ref={(element: HTMLButtonElement) => {
              opener = element
            }}
            look="quiet"
            class="max-sm:px-2"
            aria-expanded={isAsking()}
            onClick={() => setAsking((asking) => !asking)}
          >
            <Sparkles class="size-4 text-accent" aria-hidden="true" />
            Ask about this world
          </Button>
        </Show>
      </div>
      <Show when={isAsking()}>
        <Suspense>
          <WorldChat world={props.world} onClose={close} />
        </Suspense>
      </Show>
      <TabList label={props.world.displayName}>
        <li>
          <Link
            to={pagePaths.world}
            params={{ worldId: worldId() }}
            activeOptions={{ exact: true }}
            class={`${tabClass} max-w-60`}
          >
            <bdi class="truncate">{props.world.displayName}</bdi>
          </Link>
        </li>
        <Later>
          <For each={Object.values(kinds)}>
            {({ plural, wording }) => (
              <li>
                <Link
                  to={pagePaths.entities}
                  params={{ worldId: worldId(), plural }}
                  activeOptions={{ includeSearch: false }}
                  class={tabClass}
                >
                  {capitalized(wording.many)}
                </Link>
              </li>
            )}
          </For>
          <For each={worldPages.filter(({ isFor }) => isFor(rights))}>
            {({ to, label }) => (
              <li>
                <Link to={to} params={{ worldId: worldId() }} activeOptions={{ includeSearch: false }} class={tabClass}>
                  {label}
                </Link>
              </li>
            )}
          </For>
        </Later>
      </TabList>
    </>
  )
}
