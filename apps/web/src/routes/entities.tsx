import { keepPreviousData, useInfiniteQuery } from '@tanstack/solid-query'
import { useNavigate, useParams, useSearch } from '@tanstack/solid-router'
import type { EntitySort } from '@worldloom/schema'
import Plus from 'lucide-solid/icons/plus'
import SlidersHorizontal from 'lucide-solid/icons/sliders-horizontal'
import { createMemo, createSignal, For, lazy, Match, Show, Switch } from 'solid-js'
import { EntityRow } from '../features/entities/EntityRow.tsx'
import { sortLabels } from '../features/entities/entitiesSearch.ts'
import { kindIcons } from '../features/entities/kindIcons.ts'
import { ImageCard } from '../features/images/ImageCard.tsx'
import { showChanged } from '../features/undo/showChanged.ts'
import { useWorld, useWorldRights } from '../features/worlds/worldContext.ts'
import { dataOf } from '../lib/dataOf.ts'
import { capitalized, entityApi, type Kind, kindOfPlural } from '../lib/kinds.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { lazyDialog } from '../ui/lazyDialog.tsx'
import { Notice } from '../ui/notice.tsx'
import { PagedList } from '../ui/pagedList.tsx'
import { SearchBox } from '../ui/searchBox.tsx'
import { NotFound } from './notFound.tsx'

const EntityDialog = lazyDialog(() => import('../features/entities/EntityDialog.tsx'))
const Filters = lazy(() => import('../features/entities/Filters.tsx'))
const UploadDialog = lazyDialog(() => import('../features/images/UploadDialog.tsx'))

/** The entries of one kind in a world. */
export default function Entities() {
  const params = useParams({ from: '/signed-in/world/worlds/$worldId/$plural' })
  return (
    <Show when={kindOfPlural(params().plural)} keyed fallback={<NotFound />}>
      {(kind) => <EntityList kind={kind} />}
    </Show>
  )
}

function EntityList(props: { kind: Kind }) {
  const { kind, wording, filters } = props.kind
  const world = useWorld()
  const rights = useWorldRights()
  const search = useSearch({ from: '/signed-in/world/worlds/$worldId/$plural' })
  const navigate = useNavigate({ from: pagePaths.entities })
  const [creating, setCreating] = createSignal(false)
  usePageTitle(() => `${capitalized(wording.many)} · ${world().displayName}`)
  const chosen = () =>
    Object.fromEntries(
      [...filters.map(({ name }) => name), 'tagId'].flatMap((name) => (search()[name] ? [[name, search()[name]]] : [])),
    )
  /** A new entry has what the list is filtered by. Tags are given afterwards. */
  const initial = () => {
    const { tagId: _, ...fields } = chosen()
    return fields as Record<string, string>
  }
  const isNarrowed = () => Boolean(search().q) || Object.keys(chosen()).length > 0
  const [filtering, setFiltering] = createSignal(Object.keys(chosen()).length > 0)
  const list = useInfiniteQuery(() => ({
    ...entityApi(kind).list.infiniteQueryOptions(
      {
        worldId: world().id,
        limit: 50,
        sort: search().sort ?? 'updatedAt',
        order: search().sort === 'name' ? 'asc' : 'desc',
        ...(search().q && { search: search().q }),
        ...chosen(),
      },
      { getNextPageParam: (page) => page.nextCursor },
    ),
    placeholderData: keepPreviousData,
  }))
  const items = createMemo(() => dataOf(list)?.pages.flatMap((page) => page.items) ?? [])
  const change = (changed: Record<string, string | undefined>) =>
    navigate({ search: (old) => ({ ...old, ...changed }), replace: true })
  const Icon = kindIcons[kind]

  return (
    <>
      <div class="flex flex-wrap items-end justify-between gap-4">
        <h1 class="text-4xl">{capitalized(wording.many)}</h1>
        <Show when={rights.mayCreate()}>
          <Button look="primary" onClick={() => setCreating(true)}>
            <Plus class="size-4" aria-hidden="true" />
            {kind === 'image' ? 'Upload images' : `New ${wording.one}`}
          </Button>
        </Show>
      </div>

      <search class="mt-6 grid gap-4">
        <div class="flex flex-wrap gap-3">
          <SearchBox label="Search by name" value={search().q ?? ''} onChange={(q) => change({ q: q || undefined })} />
          <Choice
            compact
            label="Order"
            value={search().sort ?? 'updatedAt'}
            onChange={(sort) => change({ sort: sort === 'updatedAt' ? undefined : sort })}
            options={Object.entries(sortLabels) as [EntitySort, string][]} // whose keys they are
          />
          <Button aria-expanded={filtering()} onClick={() => setFiltering(!filtering())}>
            <SlidersHorizontal class="size-4" aria-hidden="true" />
            Filter
          </Button>
        </div>
        <Show when={filtering()}>
          <Filters filters={filters} worldId={world().id} chosen={chosen()} onChange={change} />
        </Show>
      </search>

      <PagedList
        query={list}
        count={items().length}
        what={`The ${wording.many}`}
        empty={
          <Switch
            fallback={
              <Notice
                art={<Icon class="size-14 text-accent" stroke-width={1.1} aria-hidden="true" />}
                title={`No ${wording.many} yet`}
                actions={
                  <Show when={rights.mayCreate()}>
                    <Button look="primary" onClick={() => setCreating(true)}>
                      {kind === 'image' ? 'Upload the first ones' : `Create the first ${wording.one}`}
                    </Button>
                  </Show>
                }
              >
                <p>{wording.about}</p>
              </Notice>
            }
          >
            <Match when={isNarrowed()}>
              <Notice
                title="Nothing found"
                actions={<Button onClick={() => navigate({ search: {} })}>Show all</Button>}
              >
                <p>No {wording.one} of this world fits what you search for.</p>
              </Notice>
            </Match>
          </Switch>
        }
      >
        <Show
          when={kind === 'image'}
          fallback={
            <ul class="divide-y divide-line rounded-3xl border border-line bg-card px-5 shadow-card">
              <For each={items()}>{(entity) => <EntityRow kind={props.kind} entity={entity} />}</For>
            </ul>
          }
        >
          <ul class="grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-4">
            <For each={items()}>{(entity) => <ImageCard image={entity} />}</For>
          </ul>
        </Show>
      </PagedList>

      <Show when={creating()}>
        <Show
          when={kind === 'image'}
          fallback={
            <EntityDialog
              worldId={world().id}
              kind={kind}
              initial={initial()}
              onClose={() => setCreating(false)}
              onSaved={(entity) => {
                setCreating(false)
                showChanged(`“${entity.displayName}” is there.`)
                void navigate({
                  to: pagePaths.entity,
                  params: { worldId: world().id, plural: props.kind.plural, entityId: entity.id },
                })
              }}
            />
          }
        >
          <UploadDialog worldId={world().id} onClose={() => setCreating(false)} />
        </Show>
      </Show>
    </>
  )
}
