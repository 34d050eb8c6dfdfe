import { keepPreviousData, useQuery } from '@tanstack/solid-query'
import { useNavigate, useSearch } from '@tanstack/solid-router'
import Waypoints from 'lucide-solid/icons/waypoints'
import { createMemo, For, lazy, Match, Show, Suspense, Switch } from 'solid-js'
import { EntityLink } from '../features/entities/EntityLink.tsx'
import type { GraphSearch } from '../features/graph/graphSearch.ts'
import { useWorld } from '../features/worlds/worldContext.ts'
import { type RouterOutputs, trpc } from '../lib/api.ts'
import { dataOf } from '../lib/dataOf.ts'
import { failureOf } from '../lib/failure.ts'
import { kinds } from '../lib/kinds.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { pagePaths } from '../pagePaths.ts'
import { Choice } from '../ui/choice.tsx'
import { Alert, Notice } from '../ui/notice.tsx'
import { Badge, Waiting } from '../ui/panel.tsx'

const EntityPicker = lazy(() => import('../features/records/EntityPicker.tsx'))

type Graph = RouterOutputs['graph']['world']
type Node = Graph['nodes'][number]
type Edge = Graph['edges'][number]

/** What is connected with what: of the whole world, or around one entry. */
export default function WorldGraph() {
  const world = useWorld()
  const search = useSearch({ from: '/signed-in/world/worlds/$worldId/graph' })
  const navigate = useNavigate({ from: pagePaths.worldGraph })
  const change = (changes: GraphSearch) => navigate({ search: (old) => ({ ...old, ...changes }), replace: true })
  usePageTitle(() => `Connections · ${world().displayName}`)
  const limit = 100
  const around = useQuery(() => ({
    ...trpc.graph.around.queryOptions({ id: search().around ?? '', depth: search().depth ?? 1, limit }),
    enabled: search().around !== undefined,
    placeholderData: keepPreviousData,
  }))
  const whole = useQuery(() => ({
    ...trpc.graph.world.queryOptions({ worldId: world().id, limit }),
    enabled: search().around === undefined,
  }))
  const linkKinds = useQuery(() => trpc.linkKind.list.queryOptions({ worldId: world().id }))
  const query = () => (search().around === undefined ? whole : around)
  const graph = () => dataOf(query())
  const middle = () => graph()?.nodes.find(({ id }) => id === search().around)
  return (
    <>
      <h1 class="text-4xl">Connections</h1>
      <search class="mt-6 grid max-w-2xl items-end gap-3 sm:grid-cols-[1fr_auto]">
        <Suspense fallback={<div class="h-24" />}>
          <EntityPicker
            worldId={world().id}
            kinds={[]}
            label="Around"
            hint={middle() ? `Around “${middle()?.displayName}”` : 'The most connected entries of the world'}
            value={search().around ?? null}
            onChange={(id) => change({ around: id ?? undefined })}
          />
        </Suspense>
        <Show when={search().around}>
          <Choice
            label="Steps"
            value={String(search().depth ?? 1)}
            onChange={(depth) => change({ depth: depth === '2' ? 2 : depth === '3' ? 3 : undefined })}
            options={[
              ['1', '1 step'],
              ['2', '2 steps'],
              ['3', '3 steps'],
            ]}
          />
        </Show>
      </search>
      <Switch>
        <Match when={query().isPending}>
          <div class="mt-6">
            <Waiting lines={6} />
          </div>
        </Match>
        <Match when={query().isError}>
          <div class="mt-6">
            <Alert>{failureOf(query().error).message}</Alert>
          </div>
        </Match>
        <Match when={graph()?.edges.length === 0}>
          <Notice
            art={<Waypoints class="size-12 text-accent" stroke-width={1.25} aria-hidden="true" />}
            title="Nothing is connected yet"
          >
            <p>Link entries on their pages, mention them in texts with @, and put personas and things into scenes.</p>
          </Notice>
        </Match>
        <Match when={graph()}>
          {(found) => (
            <>
              <Show when={found().isCut}>
                <p class="mt-4 text-sm text-soft" role="status">
                  There is more: the {found().nodes.length} most connected are shown.
                </p>
              </Show>
              <ConnectionList graph={found()} worldId={world().id} labels={labelsOf(dataOf(linkKinds)?.items ?? [])} />
            </>
          )}
        </Match>
      </Switch>
    </>
  )
}

type Labels = ReadonlyMap<string, readonly [out: string, back: string]>

function labelsOf(
  all: readonly { readonly id: string; readonly name: string; readonly inverseName: string }[],
): Labels {
  return new Map(all.map(({ id, name, inverseName }) => [id, [name, inverseName]]))
}

const structureLabels: Readonly<Record<NonNullable<Edge['structure']>, readonly [out: string, back: string]>> = {
  act: ['has the act', 'is an act of'],
  scene: ['has the scene', 'is a scene of'],
  place: ['takes place in', 'is the place of'],
  cast: ['has in its cast', 'appears in'],
  thing: ['has in it', 'is in'],
  owner: ['owns', 'belongs to'],
  location: ['contains', 'lies in'],
  story: ['binds', 'is bound in'],
}

/** Every entry with what it is connected with, the most connected first. */
function ConnectionList(props: { graph: Graph; worldId: string; labels: Labels }) {
  const rows = createMemo(() => {
    const byId = new Map(props.graph.nodes.map((node) => [node.id, node]))
    const edges = new Map<string, { label: string; other: Node }[]>()
    const add = (id: string, label: string, otherId: string) => {
      const other = byId.get(otherId)
      if (other) edges.set(id, [...(edges.get(id) ?? []), { label, other }])
    }
    for (const edge of props.graph.edges) {
      const [out, back] = (edge.linkKindId && props.labels.get(edge.linkKindId)) ||
        (edge.structure && structureLabels[edge.structure]) || ['mentions', 'is mentioned in']
      add(edge.fromId, out, edge.toId)
      add(edge.toId, back, edge.fromId)
    }
    return props.graph.nodes
      .map((node) => ({ node, connected: edges.get(node.id) ?? [] }))
      .filter(({ connected }) => connected.length > 0)
  })
  return (
    <ul class="mt-6 grid gap-4 lg:grid-cols-2">
      <For each={rows()}>
        {({ node, connected }) => (
          <li class="rounded-2xl border border-line bg-card p-4 shadow-card">
            <p class="flex flex-wrap items-baseline gap-x-3">
              <EntityLink
                worldId={props.worldId}
                kind={node.kind}
                id={node.id}
                name={node.displayName}
                class="font-display text-lg font-semibold hover:text-accent"
              />
              <Badge>{kinds[node.kind].wording.one}</Badge>
            </p>
            <ul class="mt-2 grid gap-1 text-sm">
              <For each={connected.slice(0, 12)}>
                {({ label, other }) => (
                  <li>
                    <span class="text-soft">{label}</span>{' '}
                    <EntityLink worldId={props.worldId} kind={other.kind} id={other.id} name={other.displayName} />
                  </li>
                )}
              </For>
              <Show when={connected.length > 12}>
                <li class="text-soft">and {connected.length - 12} more</li>
              </Show>
            </ul>
          </li>
        )}
      </For>
    </ul>
  )
}
