import { useQuery } from '@tanstack/solid-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/solid-router'
import Layers from 'lucide-solid/icons/layers'
import Pencil from 'lucide-solid/icons/pencil'
import { createMemo, createSignal, For, lazy, Match, Show, Suspense, Switch } from 'solid-js'
import { EntityLink } from '../features/entities/EntityLink.tsx'
import { imageFile } from '../features/images/imageUrl.ts'
import { MarkerCard } from '../features/maps/MarkerCard.tsx'
import { type Marker, markerName } from '../features/maps/markerName.ts'
import * as words from '../features/maps/words.ts'
import { tagDots } from '../features/tags/tagLook.ts'
import { showChanged } from '../features/undo/showChanged.ts'
import { useWorld, useWorldRights } from '../features/worlds/worldContext.ts'
import { call, trpc } from '../lib/api.ts'
import { dataOf } from '../lib/dataOf.ts'
import { failureOf } from '../lib/failure.ts'
import { refreshWorlds } from '../lib/kinds.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { lazyDialog } from '../ui/lazyDialog.tsx'
import { Notice } from '../ui/notice.tsx'
import { Waiting } from '../ui/panel.tsx'
import { showToast } from '../ui/toast.ts'
import { ViewSwitch } from '../ui/viewSwitch.tsx'

const MapPicture = lazy(() => import('../features/maps/MapPicture.tsx'))
const MapDialog = lazyDialog(() => import('../features/maps/MapDialog.tsx'))
const LayersDialog = lazyDialog(() => import('../features/maps/LayersDialog.tsx'))

const from = '/signed-in/world/worlds/$worldId/maps/$mapId'

/** A map of a world. */
export default function WorldMap() {
  const params = useParams({ from })
  const search = useSearch({ from })
  const navigate = useNavigate({ from: pagePaths.worldMap })
  const world = useWorld()
  const rights = useWorldRights()
  // Markers keep their place in the page, and so the focus, while they are fetched again.
  const found = useQuery(() => ({ ...trpc.map.byId.queryOptions({ id: params().mapId }), reconcile: 'id' }))
  const map = () => {
    const there = dataOf(found)
    return there?.worldId === world().id ? there : undefined
  }
  const [dialog, setDialog] = createSignal<'map' | 'layers'>()
  /** By their ids: shown or hidden otherwise than at first. */
  const [turned, setTurned] = createSignal<ReadonlySet<number>>(new Set<number>())
  const isShown = (id: number) => {
    const layer = map()?.layers.find((each) => each.id === id)
    return !layer || layer.isHidden === turned().has(id)
  }
  const turn = (id: number) => {
    const next = new Set(turned())
    if (!next.delete(id)) next.add(id)
    setTurned(next)
  }
  const markers = createMemo(() => (map()?.markers ?? []).filter(({ layerId }) => layerId === null || isShown(layerId)))
  /** The marker that is chosen, or that of the entry that led here. */
  const selected = (): Marker | undefined =>
    markers().find(({ id }) => id === search().marker) ?? markers().find(({ entityId }) => entityId === search().at)
  const select = (marker: string | undefined) =>
    void navigate({
      search: (old) => ({ ...(old.view && { view: old.view }), ...(marker && { marker }) }),
      replace: true,
    })
  const image = () => {
    const { image: file, imageId } = map() ?? {}
    return file && imageId
      ? { url: `${imageFile(imageId, 'original')}&v=${file.checksum}`, width: file.width, height: file.height }
      : undefined
  }
  const remove = async () => {
    const there = map()
    if (!there) return
    try {
      await call.map.delete.mutate({ id: there.id, version: there.version })
      setDialog(undefined)
      void navigate({ to: pagePaths.worldMaps, params: { worldId: world().id } })
      showChanged(words.mapIsDeleted(there.name))
    } catch (error) {
      showToast(failureOf(error).message)
    }
    void refreshWorlds()
  }
  usePageTitle(() => `${map()?.name ?? words.aMap} · ${world().displayName}`)
  return (
    <Switch>
      <Match when={map()}>
        {(shown) => (
          <>
            <div class="flex flex-wrap items-end justify-between gap-4">
              <div>
                <p class="text-sm text-soft">
                  <Show when={shown().location} fallback={words.map}>
                    {(place) =>
                      words.mapOfPlace(
                        <EntityLink worldId={world().id} kind="location" id={place().id} name={place().displayName} />,
                      )
                    }
                  </Show>
                </p>
                <h1 class="mt-1 text-3xl sm:text-4xl">
                  <bdi>{shown().name}</bdi>
                </h1>
              </div>
              <div class="flex flex-wrap items-center gap-2">
                <Show when={rights.mayUpdate()}>
                  <Button look="quiet" onClick={() => setDialog('map')}>
                    <Pencil class="size-4" aria-hidden="true" />
                    {words.editMap}
                  </Button>
                </Show>
                <ViewSwitch
                  view={search().view}
                  onChange={(view) => navigate({ search: view ? { view } : {}, replace: true })}
                />
              </div>
            </div>
            <Show when={shown().layers.length > 0 || rights.mayUpdate()}>
              <div class="mt-4 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
                <For each={shown().layers}>
                  {(layer) => (
                    <label class="flex min-h-9 items-center gap-2">
                      <input
                        type="checkbox"
                        class="size-4.5 accent-(--accent)"
                        checked={isShown(layer.id)}
                        onChange={() => turn(layer.id)}
                      />
                      <bdi>{layer.name}</bdi>
                    </label>
                  )}
                </For>
                <Show when={rights.mayUpdate()}>
                  <Button look="quiet" class="min-h-9 px-3 py-1" onClick={() => setDialog('layers')}>
                    <Layers class="size-4" aria-hidden="true" />
                    {shown().layers.length > 0 ? words.editLayers : words.addLayers}
                  </Button>
                </Show>
              </div>
            </Show>
            <div class="mt-4">
              <Switch
                fallback={
                  <Notice title={words.theImageOfThisMap}>
                    <p>{words.itHasNoFileYet}</p>
                  </Notice>
                }
              >
                <Match when={search().view === 'list'}>
                  <ul class="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
                    <For
                      each={markers().toSorted((one, other) => markerName(one).localeCompare(markerName(other)))}
                      fallback={<li class="text-soft">{words.nothingIsOnThisMap}</li>}
                    >
                      {(marker) => (
                        <li class="relative rounded-2xl border border-line bg-card p-4 shadow-card">
                          <span
                            class={`absolute top-5 right-4 size-3 rounded-full ${tagDots[marker.color]}`}
                            aria-hidden="true"
                          />
                          <MarkerCard
                            map={shown()}
                            marker={marker}
                            mayChange={rights.mayUpdate()}
                            mayRemove={rights.mayDelete()}
                          />
                        </li>
                      )}
                    </For>
                  </ul>
                </Match>
                <Match when={image()}>
                  {(file) => (
                    <Suspense fallback={<div class="h-[70dvh] rounded-3xl bg-sunk" />}>
                      <MapPicture
                        map={shown()}
                        image={file()}
                        markers={markers()}
                        mayChange={rights.mayUpdate() && rights.mayCreate()}
                        selected={selected()?.id}
                        onSelect={select}
                      >
                        <Show when={selected()}>
                          {(marker) => (
                            <section
                              class="absolute bottom-16 left-3 max-h-[60%] w-72 max-w-[calc(100%-1.5rem)] overflow-y-auto rounded-2xl border border-line bg-raised p-4 shadow-lifted sm:bottom-3"
                              aria-label={markerName(marker())}
                            >
                              <MarkerCard
                                map={shown()}
                                marker={marker()}
                                mayChange={rights.mayUpdate()}
                                mayRemove={rights.mayDelete()}
                                onClose={() => select(undefined)}
                              />
                            </section>
                          )}
                        </Show>
                      </MapPicture>
                    </Suspense>
                  )}
                </Match>
              </Switch>
            </div>
            <Show when={dialog() === 'map'}>
              <MapDialog
                worldId={world().id}
                map={shown()}
                onClose={() => setDialog(undefined)}
                onSaved={() => setDialog(undefined)}
                {...(rights.mayDelete() && { onDelete: () => void remove() })}
              />
            </Show>
            <Show when={dialog() === 'layers'}>
              <LayersDialog map={shown()} onClose={() => setDialog(undefined)} />
            </Show>
          </>
        )}
      </Match>
      <Match when={found.isPending}>
        <Waiting lines={6} />
      </Match>
      <Match when={true}>
        <Notice
          title={words.noSuchMap}
          actions={
            <Link to={pagePaths.worldMaps} params={{ worldId: world().id }} class={buttonClass('primary')}>
              {words.toTheMaps}
            </Link>
          }
        >
          <p>{found.isError ? failureOf(found.error).message : words.itIsOfAnotherWorld}</p>
        </Notice>
      </Match>
    </Switch>
  )
}
