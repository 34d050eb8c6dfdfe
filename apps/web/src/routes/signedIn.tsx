import { useQuery } from '@tanstack/solid-query'
import { Link, Outlet, useLocation, useParams } from '@tanstack/solid-router'
import MessagesSquare from 'lucide-solid/icons/messages-square'
import SearchIcon from 'lucide-solid/icons/search'
import { createEffect, lazy, on, Show, Suspense } from 'solid-js'
import { commandKey, setOpenPart } from '../features/palette/palette.ts'
import { ProfileButton } from '../features/session/ProfileButton.tsx'
import * as words from '../features/session/words.ts'
import { worldLayout } from '../features/worlds/worldLayout.ts'
import { trpc } from '../lib/api.ts'
import { confirmationAsked } from '../lib/confirmation.ts'
import { dataOf } from '../lib/dataOf.ts'
import { focusContent } from '../lib/focusContent.ts'
import { importWhenIdle } from '../lib/idle.ts'
import { pagePaths } from '../pagePaths.ts'
import { Logo } from '../ui/Logo.tsx'
import { Later } from '../ui/later.tsx'
import * as common from '../ui/words.ts'

// The page loads first.
const UndoKeys = lazy(() => importWhenIdle(() => import('../features/undo/UndoKeys.tsx')))
const PaletteKeys = lazy(() => importWhenIdle(() => import('../features/palette/PaletteKeys.tsx')))
const ConfirmItIsYou = lazy(() => import('../features/session/ConfirmItIsYou.tsx'))
const Connection = lazy(() => importWhenIdle(() => import('../features/writing/Connection.tsx')))

/** The layout of every page for signed-in users. */
export function SignedIn() {
  const me = useQuery(() => trpc.me.get.queryOptions())
  const params = useParams({ strict: false })
  const location = useLocation()
  // On another page, whoever uses the keyboard is at its content.
  createEffect(on(() => location().pathname, focusContent, { defer: true }))
  return (
    <>
      <a
        href="#main"
        class="absolute z-50 -translate-y-24 rounded-full bg-accent px-4 py-2 text-on-accent focus:translate-y-2"
      >
        {words.skipToTheContent}
      </a>
      <header class="sticky top-0 z-30 border-b border-line bg-page/90 backdrop-blur print:hidden">
        <div class="flex h-16 items-center justify-between px-4 sm:px-6">
          <Link to={pagePaths.worlds} class="rounded-lg" aria-label={words.worldloomYourWorlds}>
            <Logo />
          </Link>
          {/* Its own, so that what it waits for keeps nobody waiting for the page. */}
          <Suspense fallback={<span class="size-10 rounded-full bg-sunk" />}>
            <Show when={dataOf(me)}>
              {(person) => (
                <Later>
                  <div class="flex items-center gap-2 sm:gap-4">
                    <button
                      type="button"
                      class="inline-flex min-h-10 items-center gap-2 rounded-full border border-line bg-card px-3 text-sm text-soft hover:border-field hover:text-ink sm:pr-2"
                      aria-keyshortcuts="Control+K Meta+K"
                      data-tour="palette"
                      onClick={() => setOpenPart('palette')}
                    >
                      <SearchIcon class="size-4" aria-hidden="true" />
                      <span class="max-sm:sr-only">{words.goTo}</span>
                      <span
                        aria-hidden="true"
                        class="rounded-md border border-line bg-sunk px-1.5 py-0.5 font-sans text-xs max-sm:hidden"
                      >
                        {commandKey} K
                      </span>
                    </button>
                    <Show when={person().permissions.includes('chat:use')}>
                      <Link
                        to={pagePaths.chat}
                        class="inline-flex min-h-10 items-center gap-2 rounded-full px-3 text-sm font-medium text-soft hover:bg-sunk hover:text-ink data-[status=active]:text-ink"
                      >
                        <MessagesSquare class="size-4" aria-hidden="true" />
                        {common.chat}
                      </Link>
                    </Show>
                    <ProfileButton me={person()} />
                  </div>
                </Later>
              )}
            </Show>
          </Suspense>
        </div>
      </header>
      {/* The pages of a world have a layout of their own, with a sidebar before the content. */}
      <Show
        when={params().worldId}
        fallback={
          <main id="main" tabIndex={-1} class="mx-auto w-full max-w-6xl grow px-4 py-8 outline-none sm:px-6 sm:py-12">
            <Later holdsShell>
              <Outlet />
            </Later>
          </main>
        }
      >
        <div class={worldLayout.root}>
          <Later holdsShell>
            <Outlet />
          </Later>
        </div>
      </Show>
      <Suspense>
        <UndoKeys />
        <PaletteKeys />
        <Show when={dataOf(me)?.id}>{(userId) => <Connection userId={userId()} />}</Show>
        <Show when={confirmationAsked()}>{(answer) => <ConfirmItIsYou onAnswer={answer()} />}</Show>
      </Suspense>
    </>
  )
}
