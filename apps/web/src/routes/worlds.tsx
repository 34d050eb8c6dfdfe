import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/solid-query'
import { Link, useNavigate, useSearch } from '@tanstack/solid-router'
import type { WorldSort } from '@worldloom/schema/world'
import Compass from 'lucide-solid/icons/compass'
import FileUp from 'lucide-solid/icons/file-up'
import Plus from 'lucide-solid/icons/plus'
import { createMemo, createSignal, For, type JSX, Match, Show, Switch } from 'solid-js'
import { showChanged } from '../features/undo/showChanged.ts'
import { useRestoreWorld } from '../features/worlds/useDeleteWorld.ts'
import { useExample } from '../features/worlds/useExample.ts'
import { WorldCard, WorldCardSkeleton } from '../features/worlds/WorldCard.tsx'
import * as words from '../features/worlds/words.ts'
import { worldSortLabels } from '../features/worlds/worldSortLabels.ts'
import { trpc } from '../lib/api.ts'
import { dataOf } from '../lib/dataOf.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button } from '../ui/button.tsx'
import { Later } from '../ui/later.tsx'
import { lazyDialog } from '../ui/lazyDialog.tsx'
import { Notice } from '../ui/notice.tsx'
import { PagedList } from '../ui/pagedList.tsx'
import { SearchBox } from '../ui/searchBox.tsx'
import * as common from '../ui/words.ts'

const ImportDialog = lazyDialog(() => import('../features/worlds/ImportDialog.tsx'))
const WorldDialog = lazyDialog(() => import('../features/worlds/WorldDialog.tsx'))

export default function Worlds() {
  usePageTitle(() => words.worlds)
  const search = useSearch({ from: '/signed-in/worlds' })
  const navigate = useNavigate({ from: pagePaths.worlds })
  const [creating, setCreating] = createSignal(false)
  const [importing, setImporting] = createSignal(false)
  const me = useQuery(() => trpc.me.get.queryOptions())
  const restore = useRestoreWorld()
  const example = useExample()
  const inTrash = () => search().trash === true
  const worlds = useInfiniteQuery(() => ({
    ...trpc.world.list.infiniteQueryOptions(
      {
        limit: 24,
        sort: search().sort ?? 'updatedAt',
        order: search().sort === 'name' ? 'asc' : 'desc',
        state: inTrash() ? 'trash' : 'active',
        ...(search().q && { search: search().q }),
      },
      { getNextPageParam: (page) => page.nextCursor },
    ),
    placeholderData: keepPreviousData,
  }))
  const items = createMemo(() => dataOf(worlds)?.pages.flatMap((page) => page.items) ?? [])
  const mayCreate = () => dataOf(me)?.permissions.includes('world:create')

  return (
    <>
      <div class="flex flex-wrap items-end justify-between gap-4">
        <div>
          <h1 class="text-4xl">{inTrash() ? words.trash : words.yourWorlds}</h1>
          <Link
            to={pagePaths.worlds}
            search={inTrash() ? {} : { trash: true }}
            class="mt-2 inline-block text-sm text-soft underline underline-offset-4 hover:text-ink"
          >
            {inTrash() ? words.backToYourWorlds : words.trash}
          </Link>
        </div>
        <Show when={mayCreate() && !inTrash()}>
          <div class="flex flex-wrap gap-2">
            <Button look="quiet" onClick={() => setImporting(true)}>
              <FileUp class="size-4" aria-hidden="true" />
              {words.importIt}
            </Button>
            <Button look="primary" onClick={() => setCreating(true)}>
              <Plus class="size-4" aria-hidden="true" />
              {words.newWorld}
            </Button>
          </div>
        </Show>
      </div>

      <search class="mt-8 flex flex-wrap gap-3">
        <SearchBox
          label={words.searchByName}
          value={search().q ?? ''}
          onChange={(q) => navigate({ search: (old) => ({ ...old, q: q || undefined }), replace: true })}
        />
        <label class="flex items-center gap-2 text-sm text-soft">
          <span class="sr-only">{words.order}</span>
          <select
            class="min-h-11 rounded-full border border-field bg-card px-4 text-ink"
            value={search().sort ?? 'updatedAt'}
            onChange={(event) =>
              navigate({ search: (old) => ({ ...old, sort: event.currentTarget.value as WorldSort }), replace: true })
            } // the options below have no other values
          >
            <For each={Object.entries(worldSortLabels)}>{([sort, label]) => <option value={sort}>{label}</option>}</For>
          </select>
        </label>
      </search>

      <Later>
        <PagedList
          query={worlds}
          count={items().length}
          what={words.theWorlds}
          waiting={
            <Grid>
              <For each={Array.from({ length: 6 })}>{() => <WorldCardSkeleton />}</For>
            </Grid>
          }
          empty={
            <Switch
              fallback={
                <Notice
                  art={<Compass class="size-16 text-accent" stroke-width={1.1} aria-hidden="true" />}
                  title={words.noWorldsYet}
                  actions={
                    <Show when={mayCreate()}>
                      <Button look="primary" onClick={() => setCreating(true)}>
                        {words.makeYourFirstWorld}
                      </Button>
                      <Button onClick={example.open} disabled={example.isPending()}>
                        {example.isPending() ? words.exampleIsBeingMade : words.tryTheExample}
                      </Button>
                    </Show>
                  }
                >
                  <p>{mayCreate() ? words.aNameIsEnoughTo : words.worldsThatSomebodySharesWith}</p>
                </Notice>
              }
            >
              <Match when={search().q}>
                <Notice
                  title={common.nothingFound}
                  actions={
                    <Button onClick={() => navigate({ search: (old) => ({ ...old, q: undefined }) })}>
                      {common.showAll}
                    </Button>
                  }
                >
                  <p>{(inTrash() ? words.noWorldInTrashHas : words.noWorldHas)(<bdi>{search().q}</bdi>)}</p>
                </Notice>
              </Match>
              <Match when={inTrash()}>
                <Notice title={words.theTrashIsEmpty}>
                  <p>{words.worldsYouDeleteStayHere}</p>
                </Notice>
              </Match>
            </Switch>
          }
        >
          <Grid>
            <For each={items()}>
              {(world) => <WorldCard world={world} {...(inTrash() && { onRestore: () => restore(world) })} />}
            </For>
          </Grid>
        </PagedList>
      </Later>

      <Show when={importing()}>
        <ImportDialog onClose={() => setImporting(false)} />
      </Show>
      <Show when={creating()}>
        <WorldDialog
          onClose={() => setCreating(false)}
          onSaved={(world) => {
            setCreating(false)
            showChanged(words.isThere(world.displayName))
            void navigate({ to: pagePaths.world, params: { worldId: world.id } })
          }}
        />
      </Show>
    </>
  )
}

function Grid(props: { children: JSX.Element }) {
  return <div class="grid gap-6 sm:grid-cols-2 lg:grid-cols-3">{props.children}</div>
}
