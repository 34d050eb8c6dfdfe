import { useInfiniteQuery } from '@tanstack/solid-query'
import ArchiveRestore from 'lucide-solid/icons/archive-restore'
import Trash from 'lucide-solid/icons/trash'
import { createMemo, createSignal, For, Show } from 'solid-js'
import { kindIcons } from '../features/entities/kindIcons.ts'
import { useRestoreEntity } from '../features/entities/useDeleteEntity.tsx'
import { showChanged } from '../features/undo/showChanged.ts'
import { goneForGood } from '../features/worlds/goneForGood.ts'
import * as words from '../features/worlds/words.ts'
import { useWorld, useWorldRights } from '../features/worlds/worldContext.ts'
import { call, trpc } from '../lib/api.ts'
import { createAttempts } from '../lib/attempts.ts'
import { dataOf } from '../lib/dataOf.ts'
import { kinds, refreshWorlds } from '../lib/kinds.ts'
import { formatNumber } from '../lib/number.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { timeAgo } from '../lib/time.ts'
import { Button } from '../ui/button.tsx'
import { Alert, Notice } from '../ui/notice.tsx'
import { PagedList } from '../ui/pagedList.tsx'

/** A world's deleted entries, which can be restored. */
export default function WorldTrash() {
  const rights = useWorldRights()
  return (
    <Show
      when={rights.isEditor()}
      fallback={
        <Notice title={words.onlyEditorsSeeTheTrash}>
          <p>{words.theOwnerAndEditorsOf}</p>
        </Notice>
      }
    >
      <Deleted />
    </Show>
  )
}

function Deleted() {
  const world = useWorld()
  const rights = useWorldRights()
  const restore = useRestoreEntity()
  const [restoring, setRestoring] = createSignal<string>()
  const [selected, setSelected] = createSignal<ReadonlySet<string>>(new Set<string>())
  const toggle = (id: string) => {
    const next = new Set(selected())
    if (!next.delete(id)) next.add(id)
    setSelected(next)
  }
  const { attempt, isBusy, failure } = createAttempts()
  /** All of them, or none. */
  const restoreSelected = () =>
    attempt(async () => {
      const { changed } = await call.bulk.restore.mutate({ worldId: world().id, ids: [...selected()] })
      setSelected(new Set<string>())
      showChanged(words.entriesAreBack(changed))
      await refreshWorlds()
    })
  usePageTitle(() => words.trashOf(world().displayName))
  const trash = useInfiniteQuery(() =>
    trpc.world.trash.infiniteQueryOptions(
      { id: world().id, limit: 50 },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  )
  const items = createMemo(() => dataOf(trash)?.pages.flatMap((page) => page.items) ?? [])
  return (
    <>
      <h1 class="text-4xl">{words.trash}</h1>
      <PagedList
        query={trash}
        count={items().length}
        what={words.theTrash}
        empty={
          <Notice
            art={<Trash class="size-12 text-accent" stroke-width={1.25} aria-hidden="true" />}
            title={words.theTrashIsEmpty}
          >
            <p>{words.deletedEntriesStayHereUntil}</p>
          </Notice>
        }
      >
        <ul class="divide-y divide-line rounded-3xl border border-line bg-card px-5 shadow-card">
          <For each={items()}>
            {(item) => {
              const Icon = kindIcons[item.kind]
              return (
                <li class="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-4">
                  <div class="flex min-w-0 items-center gap-4">
                    <Show when={rights.mayDelete()}>
                      <input
                        type="checkbox"
                        class="size-4.5 shrink-0 accent-(--accent)"
                        aria-label={words.selectNamed(item.displayName)}
                        checked={selected().has(item.id)}
                        onChange={() => toggle(item.id)}
                      />
                    </Show>
                    <Icon class="size-5 shrink-0 text-accent" stroke-width={1.5} aria-hidden="true" />
                    <div class="min-w-0">
                      <p class="font-medium">
                        <bdi>{item.displayName}</bdi>
                      </p>
                      <p class="text-sm text-soft">
                        {kinds[item.kind].wording.one}
                        <Show when={item.along > 0}>{words.withAlongMore(item.along)}</Show> ·{' '}
                        {words.deletedAt(<time dateTime={item.deletedAt}>{timeAgo(item.deletedAt)}</time>)}
                        <Show when={item.keptUntil}>{(until) => <> · {goneForGood(until())}</>}</Show>
                      </p>
                    </div>
                  </div>
                  <Show when={rights.mayDelete()}>
                    <Button
                      disabled={restoring() === item.id}
                      onClick={async () => {
                        setRestoring(item.id)
                        await restore(item)
                        setRestoring(undefined)
                      }}
                    >
                      <ArchiveRestore class="size-4" aria-hidden="true" />
                      {words.restore}
                      <span class="sr-only"> {item.displayName}</span>
                    </Button>
                  </Show>
                </li>
              )
            }}
          </For>
        </ul>
      </PagedList>
      <Show when={failure()}>
        {(sentence) => (
          <div class="mt-4">
            <Alert>{sentence()}</Alert>
          </div>
        )}
      </Show>
      <Show when={selected().size > 0}>
        <div class="sticky bottom-4 z-30 mx-auto mt-4 flex w-fit items-center gap-2 rounded-full border border-line bg-raised p-1.5 pl-4 shadow-lifted">
          <p class="text-sm font-medium" role="status">
            {words.selectedCount(formatNumber(selected().size))}
          </p>
          <Button look="primary" disabled={isBusy()} onClick={() => void restoreSelected()}>
            <ArchiveRestore class="size-4" aria-hidden="true" />
            {words.restoreThem}
          </Button>
        </div>
      </Show>
    </>
  )
}
