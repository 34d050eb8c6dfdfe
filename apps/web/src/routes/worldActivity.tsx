import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/solid-query'
import { useNavigate, useSearch } from '@tanstack/solid-router'
import HistoryIcon from 'lucide-solid/icons/clock-fading'
import { createMemo, For, lazy, Show } from 'solid-js'
import { type ActivitySearch, isChangedKind } from '../features/history/activitySearch.ts'
import { gatherItems } from '../features/history/gatherItems.ts'
import { HistoryLine } from '../features/history/HistoryLine.tsx'
import * as words from '../features/history/words.ts'
import { useWorld, useWorldRights } from '../features/worlds/worldContext.ts'
import { type HistoryItem, trpc } from '../lib/api.ts'
import { dataOf } from '../lib/dataOf.ts'
import { daysToTimes } from '../lib/day.ts'
import { capitalized, kinds } from '../lib/kinds.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { language } from '../lib/words.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { DayField } from '../ui/dayField.tsx'
import { Notice } from '../ui/notice.tsx'
import { PagedList } from '../ui/pagedList.tsx'
import * as common from '../ui/words.ts'

// Only for who may not see it.
const Why = lazy(async () => ({ default: (await import('../features/session/Why.tsx')).Why }))

/** What was changed in a world, by whom and when. */
export default function WorldActivity() {
  const world = useWorld()
  return (
    <Show
      when={world().role}
      fallback={
        <Notice title={words.onlyMembersSeeTheActivity}>
          <p>{words.thisWorldIsSharedWith}</p>
          <Why procedure="history.list" worldId={world().id} />
        </Notice>
      }
    >
      <Activity />
    </Show>
  )
}

const kindOptions: readonly (readonly [string, string])[] = [
  ['', common.everything],
  ...Object.values(kinds).map(({ kind, wording }) => [kind, capitalized(wording.many)] as const),
  ['world', words.theWorldItself],
  ['member', common.members],
  ['tag', common.tags],
  ['link', common.links],
  ['linkKind', words.kindsOfLinks],
  ['finding', words.dismissedContradictions],
  ['map', common.maps],
  ['marker', words.markersOnMaps],
]

function Activity() {
  const world = useWorld()
  const rights = useWorldRights()
  usePageTitle(() => words.activityOf(world().displayName))
  const search = useSearch({ from: '/signed-in/world/worlds/$worldId/activity' })
  const navigate = useNavigate({ from: pagePaths.worldActivity })
  const change = (changes: ActivitySearch) => navigate({ search: (old) => ({ ...old, ...changes }), replace: true })
  const members = useQuery(() => ({
    ...trpc.member.list.queryOptions({ worldId: world().id }),
    enabled: rights.maySeeMembers(),
  }))
  const history = useInfiniteQuery(() => {
    const { kind, by, from, to } = search()
    const filters = { ...(kind && { kind }), ...(by && { userId: by }), ...daysToTimes({ from, to }) }
    return {
      ...trpc.history.list.infiniteQueryOptions(
        { worldId: world().id, limit: 50, ...filters },
        { getNextPageParam: (page) => page.nextCursor },
      ),
      placeholderData: keepPreviousData,
    }
  })
  const items = createMemo(() => dataOf(history)?.pages.flatMap((page) => page.items) ?? [])
  const isFiltered = () => Object.keys(search()).length > 0
  return (
    <>
      <h1 class="text-4xl">{words.activity}</h1>
      <search class="mt-6 flex flex-wrap items-end gap-3">
        <Choice
          compact
          label={words.whatWasChanged}
          value={search().kind ?? ''}
          onChange={(kind) => change({ kind: isChangedKind(kind) ? kind : undefined })}
          options={kindOptions}
        />
        <Show when={dataOf(members)}>
          {(found) => (
            <Choice
              compact
              label={words.whoChangedIt}
              value={search().by ?? ''}
              onChange={(by) => change({ by: by || undefined })}
              options={[
                ['', words.anybody],
                ...found().items.map(({ userId, displayName }) => [userId, displayName] as const),
              ]}
            />
          )}
        </Show>
        <DayField label={common.from} value={search().from} onChange={(from) => change({ from })} />
        <DayField label={words.upTo} value={search().to} onChange={(to) => change({ to })} />
      </search>
      <PagedList
        query={history}
        count={items().length}
        what={words.theActivity}
        empty={
          <Notice
            art={<HistoryIcon class="size-12 text-accent" stroke-width={1.25} aria-hidden="true" />}
            title={words.nothingWasChanged}
            actions={
              <Show when={isFiltered()}>
                <Button onClick={() => navigate({ search: {} })}>{common.showEverything}</Button>
              </Show>
            }
          >
            <p>{isFiltered() ? words.noChangesMatch : words.whatMembersChangeAppearsHere}</p>
          </Notice>
        }
      >
        <Days items={items()} worldId={world().id} />
      </PagedList>
    </>
  )
}

const dayFormat = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })

/** The changes under the days on which they were made. */
function Days(props: { items: readonly HistoryItem[]; worldId: string }) {
  const days = createMemo(() => {
    const byDay = new Map<string, HistoryItem[]>()
    for (const item of gatherItems(props.items)) {
      const day = dayFormat.format(new Date(item.changedAt))
      byDay.set(day, [...(byDay.get(day) ?? []), item])
    }
    return [...byDay]
  })
  return (
    <For each={days()}>
      {([day, items]) => (
        <section class="mt-6 first:mt-0">
          <h2 class="text-sm font-semibold text-soft">{day}</h2>
          <ol class="mt-2 divide-y divide-line rounded-3xl border border-line bg-card px-5 shadow-card">
            <For each={items}>
              {(item) => (
                <li class="py-3">
                  <HistoryLine item={item} worldId={props.worldId} />
                </li>
              )}
            </For>
          </ol>
        </section>
      )}
    </For>
  )
}
