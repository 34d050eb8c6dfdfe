import { keepPreviousData, useQuery } from '@tanstack/solid-query'
import { useNavigate, useSearch } from '@tanstack/solid-router'
import Waypoints from 'lucide-solid/icons/waypoints'
import { createMemo, createSignal, For, lazy, Match, Show, Suspense, Switch } from 'solid-js'
import { ConnectionList } from '../features/graph/ConnectionList.tsx'
import { connectionsOf, type GraphNode, linkLabelsOf, pathBetween } from '../features/graph/edgeLabels.ts'
import { type EdgeSource, type GraphSearch, isEdgeSource } from '../features/graph/graphSearch.ts'
import { Legend } from '../features/graph/Legend.tsx'
import { SelectedNode } from '../features/graph/SelectedNode.tsx'
import * as words from '../features/graph/words.ts'
import { useWorld } from '../features/worlds/worldContext.ts'
import { trpc } from '../lib/api.ts'
import { dataOf } from '../lib/dataOf.ts'
import { failureOf } from '../lib/failure.ts'
import { importAfterPaint } from '../lib/idle.ts'
import { kinds } from '../lib/kinds.ts'
import { formatNumber } from '../lib/number.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { Alert, Notice } from '../ui/notice.tsx'
import { Waiting } from '../ui/panel.tsx'
import { ViewSwitch } from '../ui/viewSwitch.tsx'
import * as common from '../ui/words.ts'

const EntityPicker = lazy(() => importAfterPaint(() => import('../features/records/EntityPicker.tsx')))
const GraphPicture = lazy(() => importAfterPaint(() => import('../features/graph/GraphPicture.tsx')))

const edgeSourceLabels: Readonly<Record<EdgeSource, string>> = {
  link: common.links,
  mention: words.mentions,
  structure: words.storiesScenesPlacesAndOwners,
}

/** How many entries are shown: as many as can be told apart, or read. */
const limits = { picture: 500, list: 100 } as const
/** As many as the server tells of at a time. */
const maxShown = 2000

/** What is connected with what, as a picture or as a list: of the whole world, or around one entry. */
export default function WorldGraph() {
  const world = useWorld()
  const search = useSearch({ from: '/signed-in/world/worlds/$worldId/graph' })
  const navigate = useNavigate({ from: pagePaths.worldGraph })
  const change = (changes: GraphSearch) => navigate({ search: (old) => ({ ...old, ...changes }), replace: true })
  usePageTitle(() => words.connectionsTitle(world().displayName))
  const filters = () => {
    const { without = [], source, linkKind, tag, view, all } = search()
    return {
      limit: all ? maxShown : limits[view ?? 'picture'],
      ...(without.length > 0 && {
        kinds: Object.values(kinds).flatMap(({ kind }) => (without.includes(kind) ? [] : [kind])),
      }),
      ...(linkKind ? { sources: ['link' as const], linkKinds: [linkKind] } : source ? { sources: [source] } : {}),
      ...(tag && { tags: [tag] }),
    }
  }
  const around = useQuery(() => ({
    ...trpc.graph.around.queryOptions({ id: search().around ?? '', depth: search().depth ?? 1, ...filters() }),
    enabled: search().around !== undefined,
    placeholderData: keepPreviousData,
  }))
  const whole = useQuery(() => ({
    ...trpc.graph.world.queryOptions({ worldId: world().id, ...filters() }),
    enabled: search().around === undefined,
    placeholderData: keepPreviousData,
  }))
  const linkKinds = useQuery(() => trpc.linkKind.list.queryOptions({ worldId: world().id }))
  const tags = useQuery(() => trpc.tag.list.queryOptions({ worldId: world().id }))
  const query = () => (search().around === undefined ? whole : around)
  const graph = () => dataOf(query())
  const nodeOf = (id: string | undefined): GraphNode | undefined => graph()?.nodes.find((node) => node.id === id)
  const connections = createMemo(() => {
    const found = graph()
    return found ? connectionsOf(found, linkLabelsOf(dataOf(linkKinds)?.items ?? [])) : new Map()
  })

  const [selected, setSelected] = createSignal<string>()
  const [pathFrom, setPathFrom] = createSignal<string>()
  /** Between two that were pressed one after the other. */
  const path = createMemo(() => {
    const [from, to] = [pathFrom(), selected()]
    return from && to && from !== to ? pathBetween(connections(), from, to) : undefined
  })
  const lit = createMemo(() => {
    const found = path()
    if (found) return new Set(found)
    const id = selected()
    return nodeOf(id) && id
      ? new Set([id, ...(connections().get(id) ?? []).map(({ other }: { other: GraphNode }) => other.id)])
      : undefined
  })
  return (
    <>
      <div class="flex flex-wrap items-end justify-between gap-4">
        <h1 class="text-4xl">{common.connections}</h1>
        <ViewSwitch view={search().view} onChange={(view) => change({ view })} />
      </div>
      <search class="mt-6 grid gap-4">
        <div class="grid items-end gap-3 sm:grid-cols-2 xl:grid-cols-[2fr_1fr_1fr_1fr]">
          <Suspense fallback={<div class="h-18" />}>
            <EntityPicker
              worldId={world().id}
              kinds={[]}
              label={words.around}
              hint={search().around && words.isInTheMiddle(nodeOf(search().around)?.displayName ?? '…')}
              value={search().around ?? null}
              onChange={(id) => change({ around: id ?? undefined })}
            />
          </Suspense>
          <Show when={search().around}>
            <Choice
              label={words.steps}
              value={String(search().depth ?? 1)}
              onChange={(depth) => change({ depth: depth === '2' ? 2 : depth === '3' ? 3 : undefined })}
              options={[
                ['1', words.stepCount(1)],
                ['2', words.stepCount(2)],
                ['3', words.stepCount(3)],
              ]}
            />
          </Show>
          <Choice
            label={words.connectedBy}
            value={search().linkKind ?? search().source ?? ''}
            onChange={(chosen) =>
              change(
                isEdgeSource(chosen)
                  ? { source: chosen, linkKind: undefined }
                  : { source: undefined, linkKind: chosen || undefined },
              )
            }
            options={[
              ['', words.anything],
              ...Object.entries(edgeSourceLabels),
              ...(dataOf(linkKinds)?.items ?? []).map(({ id, name }) => [id, name] as const),
            ]}
          />
          <Show when={(dataOf(tags)?.items.length ?? 0) > 0}>
            <Choice
              label={common.tag}
              value={search().tag ?? ''}
              onChange={(tag) => change({ tag: tag || undefined })}
              options={[['', words.allTags], ...(dataOf(tags)?.items ?? []).map(({ id, name }) => [id, name] as const)]}
            />
          </Show>
        </div>
        <Legend
          without={search().without ?? []}
          onChange={(without) => change({ without: without.length > 0 ? without : undefined })}
        />
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
            title={
              search().without || search().source || search().linkKind || search().tag
                ? words.nothingFits
                : words.nothingIsConnectedYet
            }
          >
            <p>{words.linkEntriesOnTheirPages}</p>
          </Notice>
        </Match>
        <Match when={graph()}>
          {(found) => (
            <>
              <p class="mt-4 min-h-5 text-sm text-soft" role="status">
                <Show when={found().isCut}>
                  {words.mostShown(formatNumber(found().nodes.length))}{' '}
                  <Show when={!search().all}>
                    <button
                      type="button"
                      class="text-accent underline underline-offset-4"
                      onClick={() => change({ all: true })}
                    >
                      {words.showUpTo(formatNumber(maxShown))}
                    </button>
                  </Show>
                </Show>
              </p>
              <Show
                when={search().view !== 'list'}
                fallback={<ConnectionList graph={found()} connections={connections()} worldId={world().id} />}
              >
                <div class="mt-2 grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_17rem]">
                  <Suspense fallback={<div class="h-[min(70dvh,44rem)] rounded-3xl bg-sunk" />}>
                    <GraphPicture
                      graph={found()}
                      title={words.connectionsOf(nodeOf(search().around)?.displayName ?? world().displayName)}
                      lit={lit()}
                      path={path() ?? []}
                      selected={selected()}
                      onSelect={setSelected}
                    />
                  </Suspense>
                  <aside
                    class="rounded-2xl border border-line bg-card p-4 lg:max-h-[min(70dvh,44rem)] lg:overflow-y-auto"
                    aria-label={words.whatIsSelected}
                  >
                    <Show when={nodeOf(pathFrom())}>
                      {(from) => (
                        <PathText
                          from={from()}
                          to={nodeOf(selected())}
                          path={path()?.flatMap((id) => nodeOf(id) ?? [])}
                          onEnd={() => setPathFrom(undefined)}
                        />
                      )}
                    </Show>
                    <Show
                      when={nodeOf(selected())}
                      fallback={<p class="text-sm text-soft">{words.pressAnEntryToSee}</p>}
                    >
                      {(node) => (
                        <SelectedNode
                          worldId={world().id}
                          node={node()}
                          connected={connections().get(node().id) ?? []}
                          isMiddle={node().id === search().around}
                          onMiddle={() => change({ around: node().id })}
                          onPath={() => setPathFrom(node().id)}
                          onClose={() => setSelected(undefined)}
                        />
                      )}
                    </Show>
                  </aside>
                </div>
              </Show>
            </>
          )}
        </Match>
      </Switch>
    </>
  )
}

/** The shortest way between two entries. */
function PathText(props: {
  from: GraphNode
  to: GraphNode | undefined
  path: readonly GraphNode[] | undefined
  onEnd: () => void
}) {
  return (
    <div class="mb-4 border-b border-line pb-4 text-sm" role="status">
      <Show
        when={props.to && props.to.id !== props.from.id && props.to}
        fallback={<p>{words.fromToWhere(<bdi class="font-medium">{props.from.displayName}</bdi>)}</p>}
      >
        {(to) => (
          <Show
            when={props.path}
            fallback={<p>{words.noPath(<bdi>{props.from.displayName}</bdi>, <bdi>{to().displayName}</bdi>)}</p>}
          >
            {(path) => (
              <>
                <p class="font-medium">{words.stepCount(path().length - 1)}</p>
                <ol class="mt-1">
                  <For each={path()}>{(node) => <li>{node.displayName}</li>}</For>
                </ol>
              </>
            )}
          </Show>
        )}
      </Show>
      <Button look="quiet" class="mt-2 -ml-3" onClick={() => props.onEnd()}>
        {words.endThePath}
      </Button>
    </div>
  )
}
