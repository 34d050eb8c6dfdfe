import { useMutation, useQuery } from '@tanstack/solid-query'
import type { EntityKind } from '@worldloom/schema'
import X from 'lucide-solid/icons/x'
import { For, type JSX, lazy, Show, Suspense } from 'solid-js'
import { queryClient, type RouterInputs, type RouterOutputs, trpc } from '../../lib/api.ts'
import { type Entity, kinds, refreshWorlds } from '../../lib/kinds.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Panel, Waiting } from '../../ui/panel.tsx'
import * as common from '../../ui/words.ts'
import { EntityLink } from '../entities/EntityLink.tsx'
import { optimistic } from '../records/optimistic.ts'
import { showChanged } from '../undo/showChanged.ts'
import { useWorldRights } from '../worlds/worldContext.ts'
import * as words from './words.ts'

const EntityPicker = lazy(() => import('../records/EntityPicker.tsx'))

type Inputs = RouterInputs['scene']
type Parts = RouterOutputs['scene']['parts']
type Brief = Parts['cast'][number]

/** The place, cast and things of a scene. */
export default function SceneParts(props: { entity: Entity }) {
  const rights = useWorldRights()
  const found = () => trpc.scene.parts.queryOptions({ id: props.entity.id })
  const parts = useQuery(found)
  // Each change is based on a version, so the next one waits for the result.
  const settled = {
    onSuccess: () => showChanged(common.saved),
    onSettled: async () => {
      await Promise.all([
        queryClient.invalidateQueries(trpc.scene.byId.queryFilter({ id: props.entity.id })),
        queryClient.invalidateQueries(trpc.scene.parts.queryFilter({ id: props.entity.id })),
      ])
      void refreshWorlds()
    },
  }
  /** What was chosen, by id: it is shown before it is saved. */
  const chosen = new Map<string, Brief>()
  const of = (ids: readonly string[], shown: readonly Brief[]) =>
    ids.flatMap((id) => shown.find((each) => each.id === id) ?? chosen.get(id) ?? [])
  const shown = <Input,>(change: (input: Input, data: Parts) => Partial<Parts>) => ({
    ...optimistic(found, (data: Parts, input: Input) => ({ ...data, ...change(input, data) })),
    ...settled,
  })
  const setLocation = useMutation(() =>
    trpc.scene.setLocation.mutationOptions(
      shown(({ locationId }: Inputs['setLocation']) => ({
        location: of(locationId ? [locationId] : [], [])[0] ?? null,
      })),
    ),
  )
  const setCast = useMutation(() =>
    trpc.scene.setCast.mutationOptions(
      shown(({ personaIds }: Inputs['setCast'], { cast }) => ({ cast: of(personaIds, cast) })),
    ),
  )
  const setThings = useMutation(() =>
    trpc.scene.setThings.mutationOptions(
      shown(({ thingIds }: Inputs['setThings'], { things }) => ({ things: of(thingIds, things) })),
    ),
  )
  const isSaving = () => setLocation.isPending || setCast.isPending || setThings.isPending
  const scene = () => ({ id: props.entity.id, version: props.entity.version })
  const linked = {
    worldId: () => props.entity.worldId,
    mayChange: () => rights.mayUpdate(),
    isSaving,
    onChosen: (brief: Brief) => chosen.set(brief.id, brief),
  }
  return (
    <Loaded query={parts} waiting={<Waiting lines={3} />}>
      {(read) => (
        <div class="mt-8 grid gap-6 lg:grid-cols-3" aria-busy={isSaving()}>
          <Panel title={words.place}>
            <Linked
              {...linked}
              kind="location"
              items={[read().location].filter((place) => place !== null)}
              empty={words.nowhereYet}
              onChange={(ids) => setLocation.mutate({ ...scene(), locationId: ids.at(-1) ?? null })}
            />
          </Panel>
          <Panel title={words.cast}>
            <Linked
              {...linked}
              kind="persona"
              items={read().cast}
              empty={words.nobodyYet}
              onChange={(personaIds) => setCast.mutate({ ...scene(), personaIds })}
            />
          </Panel>
          <Panel title={words.things}>
            <Linked
              {...linked}
              kind="thing"
              items={read().things}
              empty={words.nothingYet}
              onChange={(thingIds) => setThings.mutate({ ...scene(), thingIds })}
            />
          </Panel>
        </div>
      )}
    </Loaded>
  )
}

/** The entries of one kind in the scene, which can be added and removed. */
function Linked(props: {
  worldId: () => string
  mayChange: () => boolean
  isSaving: () => boolean
  kind: EntityKind
  items: readonly Brief[]
  empty: string
  onChange: (ids: string[]) => void
  onChosen: (brief: Brief) => void
}): JSX.Element {
  const ids = () => props.items.map(({ id }) => id)
  return (
    <>
      <ul class="grid gap-2">
        <For each={props.items} fallback={<li class="text-sm text-soft">{props.empty}</li>}>
          {(item) => (
            <li class="flex items-center justify-between gap-2">
              <span class="min-w-0">
                <EntityLink worldId={props.worldId()} kind={props.kind} id={item.id} name={item.displayName} />
                <Show when={item.description}>
                  <span class="line-clamp-1 text-sm text-soft">{item.description}</span>
                </Show>
              </span>
              <Show when={props.mayChange()}>
                <button
                  type="button"
                  class="grid size-9 shrink-0 place-items-center rounded-full text-soft hover:bg-sunk hover:text-ink"
                  aria-label={words.removeFromScene(item.displayName)}
                  disabled={props.isSaving()}
                  onClick={() => props.onChange(ids().filter((id) => id !== item.id))}
                >
                  <X class="size-4" aria-hidden="true" />
                </button>
              </Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={props.mayChange()}>
        <div class="mt-4">
          <Suspense fallback={<Waiting lines={1} />}>
            <EntityPicker
              worldId={props.worldId()}
              kinds={[props.kind]}
              label={props.kind === 'location' ? words.choosePlace : words.addOne(kinds[props.kind].wording.one)}
              value={null}
              except={ids()}
              disabled={props.isSaving()}
              onChange={(id, option) => {
                if (!id) return
                const displayName = option?.displayName ?? ''
                props.onChosen({ id, name: displayName, displayName, description: '' })
                props.onChange([...ids(), id])
              }}
            />
          </Suspense>
        </div>
      </Show>
    </>
  )
}
