import { useQuery } from '@tanstack/solid-query'
import { Link, useNavigate } from '@tanstack/solid-router'
import { withoutMentions } from '@worldloom/schema/mentionText'
import { createSignal, For, lazy, Match, Show, Suspense, Switch } from 'solid-js'
import { EntityLink } from '../features/entities/EntityLink.tsx'
import { kindIcons } from '../features/entities/kindIcons.ts'
import { MentioningText } from '../features/mentions/MentioningText.tsx'
import { RecordActions } from '../features/records/RecordActions.tsx'
import { visibilityTexts } from '../features/sharing/visibility.ts'
import { useDeleteWorld } from '../features/worlds/useDeleteWorld.ts'
import { WorldCover } from '../features/worlds/WorldCover.tsx'
import * as words from '../features/worlds/words.ts'
import { useWorld, useWorldRights } from '../features/worlds/worldContext.ts'
import { createEditing } from '../features/writing/createEditing.ts'
import { type RouterOutputs, trpc } from '../lib/api.ts'
import { dataOf } from '../lib/dataOf.ts'
import { failureOf } from '../lib/failure.ts'
import { importWhenIdle } from '../lib/idle.ts'
import { capitalized, kinds } from '../lib/kinds.ts'
import { formatNumber } from '../lib/number.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { timeAgo } from '../lib/time.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { Later } from '../ui/later.tsx'
import { lazyDialog } from '../ui/lazyDialog.tsx'
import { Near } from '../ui/near.tsx'
import { Alert } from '../ui/notice.tsx'
import { Waiting } from '../ui/panel.tsx'

const TourOffer = lazy(() => importWhenIdle(() => import('../features/tour/TourOffer.tsx')))
const Unfinished = lazy(() => importWhenIdle(() => import('../features/worlds/Unfinished.tsx')))
const Progress = lazy(() => importWhenIdle(() => import('../features/worlds/Progress.tsx')))
const Lately = lazy(() => importWhenIdle(() => import('../features/worlds/Lately.tsx')))
const ShareDialog = lazyDialog(() => import('../features/sharing/ShareDialog.tsx'))
const PageEditor = lazy(() => import('../features/writing/PageEditor.tsx'))
const UnsentNotice = lazy(() => importWhenIdle(() => import('../features/writing/UnsentNotice.tsx')))

export default function WorldOverview() {
  const navigate = useNavigate()
  const world = useWorld()
  const rights = useWorldRights()
  let article: HTMLElement | undefined
  const { editing, edit, editAt, done } = createEditing(rights.mayUpdateWorld, () => article)
  const [isSharing, setSharing] = createSignal(false)
  const deleteWorld = useDeleteWorld(() => void navigate({ to: pagePaths.worlds }))
  usePageTitle(() => world().displayName)
  const Top = () => (
    <>
      <div class="mt-8 flex flex-wrap items-start justify-between gap-6">
        <div class="max-w-3xl min-w-0">
          <h1 class="text-4xl leading-tight sm:text-5xl" {...editAt('title')}>
            <bdi>{world().displayName}</bdi>
          </h1>
          <p class="mt-3 text-sm text-soft">
            {visibilityTexts[world().visibility].label} ·{' '}
            {words.changedAt(<time dateTime={world().updatedAt}>{timeAgo(world().updatedAt)}</time>)}
            <Show when={world().role && world().role !== 'owner'}>
              {' '}
              · {world().role === 'editor' ? words.youAreAnEditor : words.youAreAViewer}
            </Show>
          </p>
        </div>
        <RecordActions
          mayEdit={rights.mayUpdateWorld()}
          onEdit={() => edit({ field: 'title' })}
          mayDelete={rights.mayDeleteWorld()}
          onDelete={() => deleteWorld(world())}
        >
          <Show when={rights.isOwner() && rights.mayUpdateMembers()}>
            {/* On phones all actions are in one row; the members are in the menu. */}
            <Link
              to={pagePaths.worldMembers}
              params={{ worldId: world().id }}
              class={`${buttonClass('quiet')} max-sm:hidden`}
            >
              {words.invite}
            </Link>
            <Button look="quiet" onClick={() => setSharing(true)}>
              {words.share}
            </Button>
          </Show>
        </RecordActions>
      </div>
      <Show when={world().description}>
        <p class="mt-6 max-w-3xl font-display text-xl leading-relaxed whitespace-pre-wrap" {...editAt('description')}>
          {withoutMentions(world().description)}
        </p>
      </Show>
    </>
  )
  return (
    <article
      ref={(element) => {
        article = element
      }}
    >
      <WorldCover wide id={world().id} class="h-40 w-full rounded-3xl shadow-card sm:h-56" />
      <Show when={editing()} fallback={<Top />}>
        {(begin) => (
          <Suspense fallback={<Top />}>
            <div class="mt-8">
              <PageEditor
                worldId={world().id}
                kind="world"
                label={capitalized(words.world)}
                record={world()}
                begin={begin()}
                onDone={done}
              />
            </div>
          </Suspense>
        )}
      </Show>
      <Later>
        <Contents />
        <Later>
          <Suspense>
            <div class="mt-10 empty:hidden">
              <UnsentNotice
                subjectId={world().id}
                isEditing={editing() !== undefined}
                onContinue={() => edit({ field: 'body' })}
              />
            </div>
          </Suspense>
          <Show when={!editing()}>
            <div class="mt-10" dir="auto" {...editAt('body', world().body)}>
              <Show
                when={world().body}
                fallback={
                  <Show when={rights.mayUpdateWorld()}>
                    <p class="text-soft">
                      {words.nothingIsWritten(
                        <button
                          type="button"
                          class="text-accent underline underline-offset-4"
                          onClick={() => edit({ field: 'body' })}
                        >
                          {words.writeSomething}
                        </button>,
                      )}
                    </p>
                  </Show>
                }
              >
                <Near>
                  <MentioningText text={world().body} entityId={world().id} worldId={world().id} />
                </Near>
              </Show>
            </div>
          </Show>
        </Later>
      </Later>
      <Show when={isSharing()}>
        <ShareDialog worldId={world().id} onClose={() => setSharing(false)} />
      </Show>
    </article>
  )
}

/** The number of entries of each kind, and the most recent changes. */
function Contents() {
  const world = useWorld()
  const overview = useQuery(() => trpc.world.overview.queryOptions({ id: world().id }))
  return (
    <Switch>
      <Match when={overview.isPending}>
        <div class="mt-8">
          <Waiting lines={2} />
        </div>
      </Match>
      <Match when={overview.isError}>
        <div class="mt-8">
          <Alert>{failureOf(overview.error).message}</Alert>
        </div>
      </Match>
      <Match when={dataOf(overview)}>
        {(data) => (
          <>
            <ul class="mt-8 grid grid-cols-2 gap-3 sm:grid-cols-4">
              <For each={Object.values(kinds)}>
                {({ kind, plural, wording }) => {
                  const Icon = kindIcons[kind]
                  const count = () => data().counts[kind]
                  return (
                    <li>
                      <Link
                        to={pagePaths.entities}
                        params={{ worldId: world().id, plural }}
                        class="flex items-center gap-3 rounded-2xl border border-line bg-card p-4 shadow-card transition-colors hover:border-accent"
                      >
                        <Icon class="size-6 shrink-0 text-accent" stroke-width={1.5} aria-hidden="true" />
                        <span>
                          <span class="block font-display text-2xl leading-none font-semibold tabular-nums">
                            {formatNumber(count())}
                          </span>
                          <span class="mt-1 block text-sm text-soft">
                            {capitalized(count() === 1 ? wording.one : wording.many)}
                          </span>
                        </span>
                      </Link>
                    </li>
                  )
                }}
              </For>
            </ul>
            <Later>
              <Suspense>
                <TourOffer />
              </Suspense>
              <Near>
                <Suspense>
                  <Unfinished worldId={world().id} />
                </Suspense>
                <Near>
                  <Suspense>
                    <Progress worldId={world().id} />
                  </Suspense>
                  <Show when={world().role} fallback={<Recent items={data().recent} />}>
                    <Suspense>
                      <Lately />
                    </Suspense>
                  </Show>
                </Near>
              </Near>
            </Later>
          </>
        )}
      </Match>
    </Switch>
  )
}

/** For those who may not see who changed what. */
function Recent(props: { items: RouterOutputs['world']['overview']['recent'] }) {
  const world = useWorld()
  return (
    <Show when={props.items.length > 0}>
      <section class="mt-10" aria-labelledby="recent">
        <h2 id="recent" class="text-2xl">
          {words.recentlyUpdated}
        </h2>
        <ul class="mt-4 grid gap-x-8 sm:grid-cols-2">
          <For each={props.items}>
            {(item) => (
              <li class="flex items-baseline justify-between gap-4 border-b border-line py-3">
                <span class="min-w-0">
                  <EntityLink worldId={world().id} kind={item.kind} id={item.id} name={item.displayName} />{' '}
                  <span class="text-sm text-soft">{kinds[item.kind].wording.one}</span>
                </span>
                <time class="shrink-0 text-xs text-soft" dateTime={item.updatedAt}>
                  {timeAgo(item.updatedAt)}
                </time>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  )
}
