import { useInfiniteQuery, useQuery } from '@tanstack/solid-query'
import type { EntityKind } from '@worldloom/schema'
import ChevronRight from 'lucide-solid/icons/chevron-right'
import X from 'lucide-solid/icons/x'
import { createMemo, createSignal, For, Match, onMount, Show, Switch } from 'solid-js'
import { call, trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { failureOf } from '../../lib/failure.ts'
import { type Entity, refreshWorlds } from '../../lib/kinds.ts'
import { Button } from '../../ui/button.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Alert } from '../../ui/notice.tsx'
import { Waiting } from '../../ui/panel.tsx'
import { showToast } from '../../ui/toast.ts'
import * as common from '../../ui/words.ts'
import { showChanged } from '../undo/showChanged.ts'
import { FieldChange } from './FieldChange.tsx'
import { fieldLabel } from './fieldLabel.ts'
import { type GatheredItem, gatherItems } from './gatherItems.ts'
import { HistoryLine } from './HistoryLine.tsx'
import * as words from './words.ts'

/** Who changed what in an entry, and when; each change can be looked at, and each version restored. */
export default function HistoryPanel(props: { entity: Entity; mayRestore: boolean; onClose: () => void }) {
  const [opened, setOpened] = createSignal<number>()
  let heading: HTMLHeadingElement | undefined
  const history = useInfiniteQuery(() =>
    trpc.history.list.infiniteQueryOptions(
      { worldId: props.entity.worldId, subjectId: props.entity.id, limit: 20 },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  )
  const items = createMemo(() => dataOf(history)?.pages.flatMap((page) => page.items) ?? [])
  /** Those that are shown one by one, by the position of the latest of them. */
  const [apart, setApart] = createSignal<ReadonlySet<number>>(new Set())
  const lines = createMemo(() =>
    gatherItems(items()).flatMap((line) =>
      apart().has(line.position) ? line.all.flatMap((item) => gatherItems([item])) : [line],
    ),
  )
  onMount(() => heading?.focus())
  return (
    <aside
      aria-labelledby="history-heading"
      class="rounded-3xl border border-line bg-card p-5 shadow-card lg:sticky lg:top-20 lg:max-h-[calc(100dvh-6rem)] lg:overflow-y-auto"
    >
      <div class="flex items-center justify-between gap-3">
        <h2
          id="history-heading"
          tabindex="-1"
          class="text-xl focus:outline-none"
          ref={(element) => {
            heading = element
          }}
        >
          {words.history}
        </h2>
        <button
          type="button"
          class="-m-2 grid size-10 place-items-center rounded-full text-soft hover:bg-sunk hover:text-ink"
          aria-label={words.closeTheHistory}
          onClick={() => props.onClose()}
        >
          <X class="size-5" aria-hidden="true" />
        </button>
      </div>
      <Switch>
        <Match when={history.isPending}>
          <div class="mt-4">
            <Waiting lines={4} />
          </div>
        </Match>
        <Match when={history.isError && items().length === 0}>
          <div class="mt-4">
            <Alert>{failureOf(history.error).message}</Alert>
          </div>
        </Match>
        <Match when={true}>
          <ol class="mt-3 divide-y divide-line">
            <For each={lines()} fallback={<li class="py-3 text-sm text-soft">{words.nothingIsKnownOfWhat}</li>}>
              {(item) => (
                <Line
                  item={item}
                  entity={props.entity}
                  mayRestore={props.mayRestore}
                  isOpen={opened() === item.position}
                  onToggle={() => setOpened((before) => (before === item.position ? undefined : item.position))}
                  onApart={() => setApart((before) => new Set([...before, item.position]))}
                />
              )}
            </For>
          </ol>
          <Show when={history.hasNextPage}>
            <Button class="mt-3 w-full" disabled={history.isFetchingNextPage} onClick={() => history.fetchNextPage()}>
              {history.isFetchingNextPage ? common.loading : words.showEarlierChanges}
            </Button>
          </Show>
        </Match>
      </Switch>
    </aside>
  )
}

function Line(props: {
  item: GatheredItem
  entity: Entity
  mayRestore: boolean
  isOpen: boolean
  onToggle: () => void
  onApart: () => void
}) {
  const [isRestoring, setRestoring] = createSignal(false)
  const version = () => props.item.version ?? 0
  const hasDiff = () => props.item.fields.length > 0
  const restore = async () => {
    setRestoring(true)
    try {
      await call.history.restore.mutate({ id: props.entity.id, to: version(), version: props.entity.version })
      showChanged(words.versionIsRestored(version()))
    } catch (error) {
      showToast(failureOf(error).message)
    } finally {
      setRestoring(false)
      await refreshWorlds()
    }
  }
  return (
    <li class="py-3">
      <div class="flex items-start gap-1">
        <Show when={hasDiff()} fallback={<span class="w-7 shrink-0" />}>
          <button
            type="button"
            class="-my-1 grid size-8 shrink-0 place-items-center rounded-full text-soft hover:bg-sunk hover:text-ink"
            aria-expanded={props.isOpen}
            aria-label={words.whatWasChangedInVersion(version())}
            onClick={() => props.onToggle()}
          >
            <ChevronRight
              class="size-4 transition-transform"
              classList={{ 'rotate-90': props.isOpen }}
              aria-hidden="true"
            />
          </button>
        </Show>
        <div class="min-w-0 grow">
          <HistoryLine item={props.item} />
          <Show when={props.isOpen}>
            <Difference kind={props.entity.kind} id={props.entity.id} from={props.item.since} to={version()} />
          </Show>
          <p class="mt-1 flex flex-wrap items-center justify-between gap-2 text-xs text-soft">
            <Show when={props.item.all.length > 1} fallback={words.versionNumber(version())}>
              <button
                type="button"
                class="-my-1 -ml-2 rounded-full px-2 py-1 hover:bg-sunk hover:text-ink"
                aria-label={words.showVersionsFromTo(props.item.since + 1, version())}
                onClick={() => props.onApart()}
              >
                {words.versionsFromTo(props.item.since + 1, version())}
              </button>
            </Show>
            <Show when={props.mayRestore && version() < props.entity.version}>
              <button
                type="button"
                class="-my-1 rounded-full px-2 py-1 font-medium text-accent hover:bg-accent-wash disabled:opacity-60"
                disabled={isRestoring()}
                onClick={() => void restore()}
              >
                {words.restoreWhat(<span class="sr-only">{words.versionOf(version())}</span>)}
              </button>
            </Show>
          </p>
        </div>
      </div>
    </li>
  )
}

/** What was changed from one version to another. */
function Difference(props: { kind: EntityKind; id: string; from: number; to: number }) {
  const diff = useQuery(() => trpc.history.diff.queryOptions({ id: props.id, from: props.from, to: props.to }))
  return (
    <Loaded query={diff} waiting={<Waiting lines={1} />}>
      {(found) => (
        <dl class="mt-2 grid gap-3 rounded-xl bg-sunk p-3">
          <For each={found().fields.filter(({ field }) => field !== 'position')}>
            {(field) => (
              <div>
                <dt class="text-xs font-medium text-soft">{fieldLabel(props.kind, field.field)}</dt>
                <dd class="mt-0.5">
                  <FieldChange kind={props.kind} field={field} />
                </dd>
              </div>
            )}
          </For>
        </dl>
      )}
    </Loaded>
  )
}
