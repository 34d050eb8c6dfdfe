import { useQuery } from '@tanstack/solid-query'
import { Link, useNavigate } from '@tanstack/solid-router'
import MapIcon from 'lucide-solid/icons/map'
import Plus from 'lucide-solid/icons/plus'
import { createSignal, For, Show } from 'solid-js'
import { imageFile } from '../features/images/imageUrl.ts'
import * as words from '../features/maps/words.ts'
import { useWorld, useWorldRights } from '../features/worlds/worldContext.ts'
import { trpc } from '../lib/api.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button } from '../ui/button.tsx'
import { lazyDialog } from '../ui/lazyDialog.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Notice } from '../ui/notice.tsx'
import { Waiting } from '../ui/panel.tsx'
import * as common from '../ui/words.ts'

const MapDialog = lazyDialog(() => import('../features/maps/MapDialog.tsx'))

/** The maps of a world. */
export default function WorldMaps() {
  const world = useWorld()
  const rights = useWorldRights()
  const navigate = useNavigate()
  const [creating, setCreating] = createSignal(false)
  const maps = useQuery(() => trpc.map.list.queryOptions({ worldId: world().id }))
  usePageTitle(() => words.mapsOfWorld(world().displayName))
  return (
    <>
      <div class="flex flex-wrap items-end justify-between gap-4">
        <h1 class="text-4xl">{common.maps}</h1>
        <Show when={rights.mayCreate()}>
          <Button look="primary" onClick={() => setCreating(true)}>
            <Plus class="size-4" aria-hidden="true" />
            {words.newMap}
          </Button>
        </Show>
      </div>
      <div class="mt-6">
        <Loaded
          query={maps}
          what={words.theMaps}
          waiting={<Waiting lines={5} />}
          isEmpty={({ items }) => items.length === 0}
          empty={
            <Notice
              art={<MapIcon class="size-14 text-accent" stroke-width={1.1} aria-hidden="true" />}
              title={words.noMapsYet}
              actions={
                <Show when={rights.mayCreate()}>
                  <Button look="primary" onClick={() => setCreating(true)}>
                    {words.createTheFirstMap}
                  </Button>
                </Show>
              }
            >
              <p>{words.aMapIsAnImage}</p>
            </Notice>
          }
        >
          {(found) => (
            <ul class="grid gap-5 sm:grid-cols-2 lg:grid-cols-3">
              <For each={found().items}>
                {(map, index) => (
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
                            // The first ones are what is seen first.
                            loading={index() < 3 ? 'eager' : 'lazy'}
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
                        {words.markerCount(map.count)}
                      </p>
                    </div>
                  </li>
                )}
              </For>
            </ul>
          )}
        </Loaded>
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
