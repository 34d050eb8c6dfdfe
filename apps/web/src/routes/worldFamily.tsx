import { useQuery } from '@tanstack/solid-query'
import { useNavigate, useSearch } from '@tanstack/solid-router'
import Network from 'lucide-solid/icons/network'
import { createMemo, For, lazy, Match, Show, Suspense, Switch } from 'solid-js'
import { EntityLink } from '../features/entities/EntityLink.tsx'
import type { Parentage } from '../features/family/familyTree.ts'
import * as words from '../features/family/words.ts'
import { useWorld } from '../features/worlds/worldContext.ts'
import { trpc } from '../lib/api.ts'
import { dataOf } from '../lib/dataOf.ts'
import { failureOf } from '../lib/failure.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { pagePaths } from '../pagePaths.ts'
import { Alert, Notice } from '../ui/notice.tsx'
import { Waiting } from '../ui/panel.tsx'
import { ViewSwitch } from '../ui/viewSwitch.tsx'

const FamilyPicture = lazy(() => import('../features/family/FamilyPicture.tsx'))

/** So many people are drawn at most. */
const limit = 500

/** Parents and children among the personas of a world, by the kinds of links that mean that. */
export default function WorldFamily() {
  const world = useWorld()
  const search = useSearch({ from: '/signed-in/world/worlds/$worldId/family' })
  const navigate = useNavigate({ from: pagePaths.worldFamily })
  usePageTitle(() => words.familyTreeTitle(world().displayName))
  const linkKinds = useQuery(() => trpc.linkKind.list.queryOptions({ worldId: world().id }))
  const parental = () => dataOf(linkKinds)?.items.filter(({ meaning }) => meaning === 'parent') ?? []
  const graph = useQuery(() => ({
    ...trpc.graph.world.queryOptions({
      worldId: world().id,
      kinds: ['persona'],
      sources: ['link'],
      linkKinds: parental().map(({ id }) => id),
      limit,
    }),
    enabled: parental().length > 0,
  }))
  const parentage = createMemo((): Parentage[] => {
    const shown = new Set(dataOf(graph)?.nodes.map(({ id }) => id))
    const known = new Set<string>()
    return (dataOf(graph)?.edges ?? []).flatMap(({ fromId, toId }) => {
      const key = `${fromId} ${toId}`
      if (known.has(key) || !shown.has(fromId) || !shown.has(toId)) return []
      known.add(key)
      return [{ parentId: fromId, childId: toId }]
    })
  })
  const people = createMemo(() => {
    const related = new Set(parentage().flatMap(({ parentId, childId }) => [parentId, childId]))
    return dataOf(graph)?.nodes.filter(({ id }) => related.has(id)) ?? []
  })
  const isEmpty = () => (dataOf(linkKinds) && parental().length === 0) || (dataOf(graph) && people().length === 0)
  const failure = () => linkKinds.error ?? graph.error
  return (
    <>
      <div class="flex flex-wrap items-end justify-between gap-4">
        <h1 class="text-4xl">{words.familyTree}</h1>
        <ViewSwitch
          view={search().view}
          onChange={(view) => navigate({ search: view ? { view } : {}, replace: true })}
        />
      </div>
      <div class="mt-6">
        <Switch fallback={<Waiting lines={6} />}>
          <Match when={failure()}>{(error) => <Alert>{failureOf(error()).message}</Alert>}</Match>
          <Match when={isEmpty()}>
            <Notice
              art={<Network class="size-12 text-accent" stroke-width={1.25} aria-hidden="true" />}
              title={words.nobodyHasParentsYet}
            >
              <p>{words.linkPersonasOnTheirPages}</p>
            </Notice>
          </Match>
          <Match when={dataOf(graph)}>
            {(found) => (
              <>
                <Show when={found().isCut}>
                  <p class="mb-3 text-sm text-soft" role="status">
                    {words.mostShown(found().nodes.length)}
                  </p>
                </Show>
                <Show
                  when={search().view !== 'list'}
                  fallback={
                    <ul class="grid gap-4 lg:grid-cols-2">
                      <For each={people()}>
                        {(person) => (
                          <li class="rounded-2xl border border-line bg-card p-4 shadow-card">
                            <EntityLink
                              worldId={world().id}
                              kind="persona"
                              id={person.id}
                              name={person.displayName}
                              class="font-display text-lg font-semibold hover:text-accent"
                            />
                            <Relatives
                              label={words.parents}
                              ids={parentage().flatMap(({ parentId, childId }) =>
                                childId === person.id ? [parentId] : [],
                              )}
                            />
                            <Relatives
                              label={words.children}
                              ids={parentage().flatMap(({ parentId, childId }) =>
                                parentId === person.id ? [childId] : [],
                              )}
                            />
                          </li>
                        )}
                      </For>
                    </ul>
                  }
                >
                  <Suspense fallback={<Waiting lines={6} />}>
                    <FamilyPicture
                      people={people()}
                      parentage={parentage()}
                      title={words.familyTreeOf(world().displayName)}
                    />
                  </Suspense>
                </Show>
              </>
            )}
          </Match>
        </Switch>
      </div>
    </>
  )

  function Relatives(props: { label: string; ids: readonly string[] }) {
    const named = () => people().filter(({ id }) => props.ids.includes(id))
    return (
      <Show when={named().length > 0}>
        <p class="mt-1 text-sm">
          <span class="text-soft">{props.label}: </span>
          <For each={named()}>
            {({ id, displayName }, index) => (
              <>
                {index() > 0 ? ', ' : ''}
                <EntityLink worldId={world().id} kind="persona" id={id} name={displayName} />
              </>
            )}
          </For>
        </p>
      </Show>
    )
  }
}
