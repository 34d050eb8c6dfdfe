import { useQuery } from '@tanstack/solid-query'
import { Link, Outlet, useMatchRoute, useParams } from '@tanstack/solid-router'
import { readError } from '@worldloom/client'
import MenuIcon from 'lucide-solid/icons/menu'
import SearchIcon from 'lucide-solid/icons/search'
import Sparkles from 'lucide-solid/icons/sparkles'
import { createSignal, lazy, Match, onCleanup, type ParentProps, Show, Suspense, Switch } from 'solid-js'
import { useMay } from '../features/session/permitted.tsx'
import { tourStep } from '../features/tour/tour.ts'
import * as words from '../features/worlds/words.ts'
import { WorldContext } from '../features/worlds/worldContext.ts'
import { worldLayout } from '../features/worlds/worldLayout.ts'
import { trpc, type World as WorldData } from '../lib/api.ts'
import { dataOf } from '../lib/dataOf.ts'
import { importWhenIdle } from '../lib/idle.ts'
import { capitalized, kindOfPlural } from '../lib/kinds.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { Later } from '../ui/later.tsx'
import { Notice } from '../ui/notice.tsx'
import * as common from '../ui/words.ts'

// Beside the page, or loaded when it is opened.
const WorldNav = lazy(() => importWhenIdle(() => import('../features/worlds/WorldNav.tsx')))
const WorldMenu = lazy(() => import('../features/worlds/WorldMenu.tsx'))
const LiveWorld = lazy(() => importWhenIdle(() => import('../features/live/LiveWorld.tsx')))
const Faces = lazy(() => importWhenIdle(() => import('../features/live/Faces.tsx')))
const Tour = lazy(() => import('../features/tour/Tour.tsx'))
const WorldChat = lazy(() => import('../features/chat/WorldChat.tsx'))

/** The layout of a world's pages. */
export default function World() {
  const params = useParams({ strict: false })
  const world = useQuery(() => trpc.world.byId.queryOptions({ id: params().worldId ?? '' }))
  const wide = matchMedia('(min-width: 64rem)')
  const [isWide, setWide] = createSignal(wide.matches)
  const onWide = () => setWide(wide.matches)
  wide.addEventListener('change', onWide)
  onCleanup(() => wide.removeEventListener('change', onWide))
  // Also when it is lost while it is open: what was known of it is not shown any longer.
  const isMissing = () => ['notFound', 'badInput'].includes(readError(world.error).reason?.kind ?? '')
  return (
    <Switch>
      <Match when={world.isError && isMissing()}>
        <main id="main" tabIndex={-1} class={worldLayout.page}>
          <Notice
            title={words.noSuchWorld}
            actions={
              <Link to={pagePaths.worlds} class={buttonClass('primary')}>
                {common.toYourWorlds}
              </Link>
            }
          >
            <p>{words.itDoesNotExistWas}</p>
          </Notice>
        </main>
      </Match>
      <Match when={dataOf(world)}>
        {(data) => (
          <WorldContext.Provider value={data}>
            <div class={worldLayout.grid}>
              <div class={worldLayout.sidebar} data-tour="pages">
                {/* Where there is no room for it, nothing of it is loaded. */}
                <Show when={isWide()}>
                  <Suspense>
                    <WorldNav />
                  </Suspense>
                </Show>
              </div>
              <main id="main" tabIndex={-1} class={worldLayout.page}>
                <WorldBar world={data()} />
                {/* What others do is for members. */}
                <Show when={data().role}>
                  <Suspense>
                    <LiveWorld worldId={data().id} />
                  </Suspense>
                </Show>
                <Show when={tourStep() !== undefined}>
                  <Suspense>
                    <Tour />
                  </Suspense>
                </Show>
                <Later holdsShell>
                  <div class={worldLayout.content}>
                    <Outlet />
                  </div>
                </Later>
              </main>
            </div>
          </WorldContext.Provider>
        )}
      </Match>
      <Match when={world.isPending}>
        <main id="main" tabIndex={-1} class={worldLayout.page}>
          <div
            class="h-64 animate-[shimmer_1.6s_ease-in-out_infinite] rounded-3xl bg-sunk"
            aria-label={words.loading}
            role="status"
          />
        </main>
      </Match>
      <Match when={world.isError}>
        <main id="main" tabIndex={-1} class={worldLayout.page}>
          <Notice
            title={words.theWorldCouldNotBe}
            actions={<Button onClick={() => world.refetch()}>{common.tryAgain}</Button>}
          >
            <p>{readError(world.error).message}</p>
          </Notice>
        </main>
      </Match>
    </Switch>
  )
}

/** Where this page is, who else is here, and what is asked for most. */
function WorldBar(props: { world: WorldData }) {
  const may = useMay()
  const params = useParams({ strict: false })
  const kind = () => (params().entityId ? kindOfPlural(params().plural ?? '') : undefined)
  const isOverview = useMatchRoute()({ to: pagePaths.world })
  const [isAsking, setAsking] = createSignal(false)
  const [isMenuOpen, setMenuOpen] = createSignal(false)
  let opener: HTMLButtonElement | undefined
  const close = () => {
    setAsking(false)
    opener?.focus()
  }
  const worldId = () => props.world.id
  return (
    <>
      <div class="flex h-10 items-center gap-1 sm:gap-2 print:hidden">
        <Button
          look="quiet"
          class="-ml-2 px-2 lg:hidden"
          aria-haspopup="dialog"
          data-tour="menu"
          aria-label={words.pagesOf(props.world.displayName)}
          onClick={() => setMenuOpen(true)}
        >
          <MenuIcon class="size-5" aria-hidden="true" />
        </Button>
        <nav aria-label={words.breadcrumbs} class="mr-auto min-w-0">
          <ol class="flex items-center gap-1.5 text-sm whitespace-nowrap text-soft">
            <li class="max-sm:hidden">
              <Link to={pagePaths.worlds} class={crumbClass}>
                {words.yourWorlds}
              </Link>
            </li>
            <Show when={!isOverview()}>
              <Crumb>
                <Link to={pagePaths.world} params={{ worldId: worldId() }} class={crumbClass}>
                  <bdi class="block max-w-48 truncate">{props.world.displayName}</bdi>
                </Link>
              </Crumb>
            </Show>
            <Show when={kind()}>
              {(known) => (
                <Crumb>
                  <Link
                    to={pagePaths.entities}
                    params={{ worldId: worldId(), plural: known().plural }}
                    class={crumbClass}
                  >
                    {capitalized(known().wording.many)}
                  </Link>
                </Crumb>
              )}
            </Show>
          </ol>
        </nav>
        <Suspense>
          <Faces />
        </Suspense>
        <Link to={pagePaths.worldSearch} params={{ worldId: worldId() }} class={buttonClass('quiet', 'max-sm:px-2')}>
          <SearchIcon class="size-4" aria-hidden="true" />
          <span class="max-sm:sr-only">{words.search}</span>
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
            <span class="max-sm:sr-only">{words.askAboutThisWorld}</span>
          </Button>
        </Show>
      </div>
      <Show when={isAsking()}>
        <Suspense>
          <WorldChat world={props.world} onClose={close} />
        </Suspense>
      </Show>
      <Show when={isMenuOpen()}>
        <Suspense>
          <WorldMenu onClose={() => setMenuOpen(false)} />
        </Suspense>
      </Show>
    </>
  )
}

const crumbClass = 'block min-w-0 rounded hover:text-ink'

function Crumb(props: ParentProps) {
  return (
    <li class="flex min-w-0 items-center gap-1.5 before:content-['/'] before:text-line max-sm:nth-2:before:hidden nth-3:shrink-0">
      {props.children}
    </li>
  )
}
