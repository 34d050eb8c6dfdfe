import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/solid-query'
import { useNavigate, useSearch } from '@tanstack/solid-router'
import CalendarDays from 'lucide-solid/icons/calendar-days'
import { createEffect, createMemo, For, lazy, Show, Suspense } from 'solid-js'
import { EntityLink } from '../features/entities/EntityLink.tsx'
import { fieldLabel } from '../features/history/fieldLabel.ts'
import { barsOf, lanesOf } from '../features/time/timelineBars.ts'
import type { TimelineSearch } from '../features/time/timelineSearch.ts'
import * as words from '../features/time/words.ts'
import { useWorld } from '../features/worlds/worldContext.ts'
import { type RouterOutputs, trpc } from '../lib/api.ts'
import { dataOf } from '../lib/dataOf.ts'
import { importAfterPaint } from '../lib/idle.ts'
import { kinds } from '../lib/kinds.ts'
import { formatNumber } from '../lib/number.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { PagedList } from '../ui/pagedList.tsx'
import { Waiting } from '../ui/panel.tsx'
import { ViewSwitch } from '../ui/viewSwitch.tsx'
import * as common from '../ui/words.ts'

const TimelinePicture = lazy(() => importAfterPaint(() => import('../features/time/TimelinePicture.tsx')))
const TimelineFilters = lazy(() => importAfterPaint(() => import('../features/time/TimelineFilters.tsx')))

type Item = RouterOutputs['timeline']['list']['items'][number]

/** So many dates are drawn at most. */
const mostDrawn = 1000
/** So many entries are asked for who is in a scene, and where. */
const maxStructure = 2000

/** What happens in a world, in its own time, as a picture or as a list. */
export default function WorldTimeline() {
  const world = useWorld()
  const search = useSearch({ from: '/signed-in/world/worlds/$worldId/timeline' })
  const navigate = useNavigate({ from: pagePaths.worldTimeline })
  const change = (changes: TimelineSearch) => navigate({ search: (old) => ({ ...old, ...changes }), replace: true })
  usePageTitle(() => words.timelineTitle(world().displayName))
  const isPicture = () => search().view !== 'list'
  const timeline = useInfiniteQuery(() => {
    const { from, to, kind } = search()
    return {
      ...trpc.timeline.list.infiniteQueryOptions(
        { worldId: world().id, limit: 100, ...(from && { from }), ...(to && { to }), ...(kind && { kinds: [kind] }) },
        { getNextPageParam: (page) => page.nextCursor },
      ),
      placeholderData: keepPreviousData,
    }
  })
  const items = createMemo(() => dataOf(timeline)?.pages.flatMap((page) => page.items) ?? [])
  // A picture shows all there is at once.
  createEffect(() => {
    const isMore = timeline.hasNextPage && !timeline.isFetchingNextPage && items().length < mostDrawn
    if (isPicture() && isMore) void timeline.fetchNextPage()
  })
  // Who is in a scene, where it is and of which story.
  const structure = useQuery(() => ({
    ...trpc.graph.world.queryOptions({ worldId: world().id, limit: maxStructure, sources: ['structure'] }),
    enabled: isPicture() && search().lanes !== undefined,
  }))
  const lanes = createMemo(() => {
    const { nodes = [], edges = [] } = dataOf(structure) ?? {}
    const names = new Map(nodes.map(({ id, displayName }) => [id, displayName]))
    return lanesOf(barsOf(items()), search().lanes, edges, names)
  })
  const isFiltered = () => search().from !== undefined || search().to !== undefined || search().kind !== undefined
  return (
    <>
      <div class="flex flex-wrap items-end justify-between gap-4">
        <h1 class="text-4xl">{words.timeline}</h1>
        <ViewSwitch view={search().view} onChange={(view) => change({ view })} />
      </div>
      <Suspense fallback={<div class="mt-6 h-80 sm:h-38.5 lg:h-18" />}>
        <TimelineFilters search={search()} onChange={change} />
      </Suspense>
      <PagedList
        query={timeline}
        isWhole={isPicture()}
        count={items().length}
        what={words.theTimeline}
        empty={
          <Notice
            art={<CalendarDays class="size-12 text-accent" stroke-width={1.25} aria-hidden="true" />}
            title={isFiltered() ? words.nothingHappensThen : words.nothingHasADateYet}
            actions={
              <Show when={isFiltered()}>
                <Button onClick={() => change({ from: undefined, to: undefined, kind: undefined })}>
                  {common.showEverything}
                </Button>
              </Show>
            }
          >
            <p>{words.giveScenesPersonasLocationsThings}</p>
          </Notice>
        }
      >
        <Show
          when={isPicture()}
          fallback={
            <ol class="relative ml-2 border-l-2 border-line">
              <For each={items()}>{(item) => <TimelineRow item={item} worldId={world().id} />}</For>
            </ol>
          }
        >
          <Show when={items().length >= mostDrawn && timeline.hasNextPage}>
            <p class="mb-3 text-sm text-soft" role="status">
              {words.onlyTheFirst(formatNumber(items().length))}
            </p>
          </Show>
          <Suspense fallback={<Waiting lines={6} />}>
            <TimelinePicture lanes={lanes()} title={words.timelineOf(world().displayName)} />
          </Suspense>
        </Show>
      </PagedList>
    </>
  )
}

const events: Readonly<Record<string, string>> = {
  bornOn: words.wasBorn,
  diedOn: words.died,
  madeOn: words.wasMade,
  lostOn: words.wasLost,
  foundedOn: words.wasFounded,
  ruinedOn: words.fellIntoRuins,
}

function TimelineRow(props: { item: Item; worldId: string }) {
  return (
    <li class="relative pb-5 pl-6">
      <span
        class="absolute top-1.5 -left-[7px] size-3 rounded-full border-2 border-accent bg-card"
        classList={{ 'bg-accent': props.item.marks === 'moment' }}
        aria-hidden="true"
      />
      <p class="text-sm font-medium text-accent">{props.item.text}</p>
      <Show when={props.item.entry}>
        {(entry) => (
          <p class="mt-0.5 leading-relaxed">
            <EntityLink worldId={props.worldId} kind={entry().kind} id={entry().id} name={entry().displayName} />{' '}
            <Show
              when={props.item.field !== 'happensOn'}
              fallback={<span class="text-sm text-soft">({kinds[entry().kind].wording.one})</span>}
            >
              {events[props.item.field] ?? fieldLabel(entry().kind, props.item.field)}
            </Show>
            <Show when={props.item.age}>
              {(age) => <span class="text-sm text-soft">{words.aged(ageText(age().least, age().most))}</span>}
            </Show>
          </p>
        )}
      </Show>
      <Show when={props.item.link}>
        {(link) => (
          <p class="mt-0.5 leading-relaxed">
            <EntityLink
              worldId={props.worldId}
              kind={link().from.kind}
              id={link().from.id}
              name={link().from.displayName}
            />{' '}
            {link().label}{' '}
            <EntityLink worldId={props.worldId} kind={link().to.kind} id={link().to.id} name={link().to.displayName} />{' '}
            <span class="text-sm text-soft">({props.item.marks === 'begin' ? words.begins : words.ends})</span>
          </p>
        )}
      </Show>
    </li>
  )
}

function ageText(least: number, most: number): string {
  return least === most ? String(least) : words.leastToMost(least, most)
}
