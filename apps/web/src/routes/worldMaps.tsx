import { useQuery } from '@tanstack/solid-query'
import { Link, useNavigate } from '@tanstack/solid-router'
import MapIcon from 'lucide-solid/icons/map'
import Plus from 'lucide-solid/icons/plus'
import { createSignal, For, Match, Show, Switch } from 'solid-js'
import { imageFile } from '../features/images/imageUrl.ts'
import { useWorld, useWorldRights } from '../features/worlds/worldContext.ts'
import { trpc } from '../lib/api.ts'
import { dataOf } from '../lib/dataOf.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button } from '../ui/button.tsx'
import { lazyDialog } from '../ui/lazyDialog.tsx'
import { DidNotArrive, Notice } from '../ui/notice.tsx'
import { Waiting } from '../ui/panel.tsx'

const MapDialog = lazyDialog(() => import('../features/maps/MapDialog.tsx'))

/** The maps of a world. */
export default function WorldMaps() {
  const world = useWorld()
  const rights = useWorldRights()
  const navigate = useNavigate()
  const [creating, setCreating] = createSignal(false)
  const maps = useQuery(() => trpc.map.list.queryOptions({ worldId: world().id }))
  usePageTitle(() => `Maps · ${world().displayName}`)
  return (
    <>
      <div class="flex flex-wrap items-end justify-between gap-4">
        <h1 class="text-4xl">Maps</h1>
        <Show when={rights.mayCreate()}>
          <Button look="primary" onClick={() => setCreating(true)}>
            <Plus class="size-4" aria-hidden="true" />
            New map
          </Button>
        </Show>
      </div>
      <div class="mt-6">
        <Switch>
          <Match when={maps.isError}>
            <DidNotArrive what="The maps" error={maps.error} onRetry={() => maps.refetch()} />
          </Match>
          <Match when={dataOf(maps)?.items.length === 0}>
            <Notice
              art={<MapIcon class="size-14 text-accent" stroke-width={1.1} aria-hidden="true" />}
              title="No maps yet"
              actions={
                <Show when={rights.mayCreate()}>
                  <Button look="primary" onClick={() => setCreating(true)}>
                    Create the first map
                  </Button>
                </Show>
              }
            >
              <p>A map is an image with pins and areas on it, each of which can lead to an entry or to another map.</p>
            </Notice>
          </Match>
          <Match when={dataOf(maps)}>
            {(found) => (
              <ul class="grid gap-5 sm:grid-cols-2 lg:grid-cols-3">
                <For each={found().items}>
                  {(map) => (
                    <li class="group relative overflow-hidden rounded-2xl border border-line bg-card shadow-card transition-shadow hover:shadow-lifted">
                      <div class="grid aspect-3/2 place-items-center overflow-hidden bg-sunk">
                        <Show
                          when={map.image}
                          fallback={<MapIcon class="size-10 text-soft" stroke-width={1.1} aria-hidden="true" />}
                        >
                          {(image) => (
                            // The name below says what it is of.
                            <img
                              src={`${imageFile(map.imageId, 'large')}&v=${image().checksum}`}
                              alt=""
                              loading="lazy"
                              class="aspect-3/2 w-full object-cover"
                            />
                          )}
                        </Show>
                      </div>
                      <div class="p-4">
                        <p class="truncate">
                          <Link
                            to={pagePaths.worldMap}
                            params={{ worldId: world().id, mapId: map.id }}
                            class="font-display text-lg font-semibold after:absolute after:inset-0 group-hover:text-accent"
                          >
                            <bdi>{map.name}</bdi>
                          </Link>
                        </p>
                        <p class="mt-0.5 truncate text-sm text-soft">
                          <Show when={map.location}>{(place) => <>{place().displayName} · </>}</Show>
                          {map.count} {map.count === 1 ? 'marker' : 'markers'}
                        </p>
                      </div>
                    </li>
                  )}
                </For>
              </ul>
            )}
          </Match>
          <Match when={true}>
            <Waiting lines={5} />
          </Match>
        </Switch>
      </div>
      <Show when={creating()}>
        <MapDialog
          worldId={world().id}
          onClose={() => setCreating(false)}
          onSaved={(mapId) => {
            setCreating(false)
            void navigate({ to: pagePaths.worldMap, params: { worldId: world().id, mapId } })
          }}
        />
      </Show>
    </>
  )
}
