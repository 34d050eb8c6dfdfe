import { useQuery } from '@tanstack/solid-query'
import { Link, useNavigate, useParams } from '@tanstack/solid-router'
import { readError } from '@worldloom/client'
import ChevronLeft from 'lucide-solid/icons/chevron-left'
import Pencil from 'lucide-solid/icons/pencil'
import Trash from 'lucide-solid/icons/trash'
import { createSignal, lazy, Match, Show, Switch } from 'solid-js'
import { useDeleteWorld } from '../features/worlds/useDeleteWorld.ts'
import { visibilityTexts } from '../features/worlds/visibility.ts'
import { WorldCover } from '../features/worlds/WorldCover.tsx'
import { trpc, type World as WorldData } from '../lib/api.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { timeAgo } from '../lib/time.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { Markdown } from '../ui/Markdown.tsx'
import { Notice } from '../ui/notice.tsx'
import { showToast } from '../ui/toast.tsx'

const WorldDialog = lazy(() => import('../features/worlds/WorldDialog.tsx'))

export default function World() {
  const params = useParams({ from: '/signed-in/worlds/$worldId' })
  const world = useQuery(() => trpc.world.byId.queryOptions({ id: params().worldId }))
  usePageTitle(() => world.data?.displayName ?? 'World')
  return (
    <Switch>
      <Match when={world.data}>{(data) => <WorldPage world={data()} />}</Match>
      <Match when={world.isPending}>
        <div
          class="h-64 animate-[shimmer_1.6s_ease-in-out_infinite] rounded-3xl bg-sunk"
          aria-label="Loading"
          role="status"
        />
      </Match>
      <Match when={world.isError}>
        <Show
          when={['notFound', 'badInput'].includes(readError(world.error).reason?.kind ?? '')}
          fallback={
            <Notice
              title="The world did not arrive"
              actions={<Button onClick={() => world.refetch()}>Try again</Button>}
            >
              <p>{readError(world.error).message}</p>
            </Notice>
          }
        >
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
        </Show>
      </Match>
    </Switch>
  )
}

function WorldPage(props: { world: WorldData }) {
  const navigate = useNavigate()
  const me = useQuery(() => trpc.me.get.queryOptions())
  const [editing, setEditing] = createSignal(false)
  const permitted = (permission: string) => me.data?.permissions.includes(permission) === true
  const mayEdit = () => permitted('world:update') && (props.world.role === 'owner' || props.world.role === 'editor')
  const mayDelete = () => permitted('world:delete') && props.world.role === 'owner'
  const deleteWorld = useDeleteWorld(() => void navigate({ to: pagePaths.worlds }))

  return (
    <article>
      <Link to={pagePaths.worlds} class="-ml-1 inline-flex items-center gap-1 text-sm text-soft hover:text-ink">
        <ChevronLeft class="size-4" aria-hidden="true" />
        Your worlds
      </Link>
      <WorldCover wide id={props.world.id} class="mt-4 h-44 w-full rounded-3xl shadow-card sm:h-64" />
      <div class="mt-8 flex flex-wrap items-start justify-between gap-6">
        <div class="max-w-3xl min-w-0">
          <h1 class="text-4xl leading-tight sm:text-5xl">
            <bdi>{props.world.displayName}</bdi>
          </h1>
          <p class="mt-3 text-sm text-soft">
            {visibilityTexts[props.world.visibility].label} · changed{' '}
            <time dateTime={props.world.updatedAt}>{timeAgo(props.world.updatedAt)}</time>
            <Show when={props.world.role && props.world.role !== 'owner'}>
              {' '}
              · you are {props.world.role === 'editor' ? 'an editor' : 'a viewer'}
            </Show>
          </p>
        </div>
        <div class="flex gap-3">
          <Show when={mayEdit()}>
            <Button onClick={() => setEditing(true)}>
              <Pencil class="size-4" aria-hidden="true" />
              Edit
            </Button>
          </Show>
          <Show when={mayDelete()}>
            <Button look="danger" onClick={() => deleteWorld(props.world)}>
              <Trash class="size-4" aria-hidden="true" />
              Delete
            </Button>
          </Show>
        </div>
      </div>
      <Show when={props.world.description}>
        <p class="mt-6 max-w-3xl font-display text-xl leading-relaxed whitespace-pre-wrap">{props.world.description}</p>
      </Show>
      <div class="mt-8" dir="auto">
        <Show
          when={props.world.body}
          fallback={
            <Show when={mayEdit()}>
              <p class="text-soft">
                Nothing is written about this world yet.{' '}
                <button type="button" class="text-accent underline underline-offset-4" onClick={() => setEditing(true)}>
                  Write something
                </button>
              </p>
            </Show>
          }
        >
          <Markdown text={props.world.body} />
        </Show>
      </div>
      <Show when={editing()}>
        <WorldDialog
          world={props.world}
          onClose={() => setEditing(false)}
          onSaved={() => {
            setEditing(false)
            showToast('Saved.')
          }}
        />
      </Show>
    </article>
  )
}
