import { useQuery } from '@tanstack/solid-query'
import X from 'lucide-solid/icons/x'
import { createEffect, For, lazy, onCleanup, onMount, Show, Suspense } from 'solid-js'
import { createStore, reconcile, unwrap } from 'solid-js/store'
import { call, queryClient, trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { failureOf } from '../../lib/failure.ts'
import { type Entity, type EntitySummary, refreshWorlds } from '../../lib/kinds.ts'
import { Alert } from '../../ui/notice.tsx'
import { Panel, Waiting } from '../../ui/panel.tsx'
import { showToast } from '../../ui/toast.ts'
import * as common from '../../ui/words.ts'
import { EntityLink } from '../entities/EntityLink.tsx'
import { createOrder } from '../order/createOrder.ts'
import { listMoves } from '../order/listMoves.ts'
import { reordered } from '../order/reordered.ts'
import { SortableRow } from '../order/SortableRow.tsx'
import { monitorSorting } from '../order/sortable.ts'
import { showChanged } from '../undo/showChanged.ts'
import { useWorldRights } from '../worlds/worldContext.ts'
import * as words from './words.ts'

const EntityPicker = lazy(() => import('../records/EntityPicker.tsx'))

type StoryItem = Pick<EntitySummary, 'id' | 'displayName' | 'description'>

/** The stories in a book, in order. */
export default function BookStories(props: { entity: Entity }) {
  const rights = useWorldRights()
  const bookId = () => props.entity.id
  const stories = useQuery(() => trpc.book.stories.queryOptions({ id: bookId() }))
  // Rows keep their identity when they are fetched again, as one of them may have the focus.
  const [shown, setShown] = createStore<{ items: StoryItem[] }>({ items: [] })
  const items = () => shown.items
  const setItems = (found: readonly StoryItem[]) =>
    setShown('items', reconcile(structuredClone(unwrap([...found])), { key: 'id' }))
  const ids = () => items().map(({ id }) => id)
  const order = createOrder({ onSettled: async () => setItems((await stories.refetch()).data?.items ?? []) })
  createEffect(() => {
    const found = dataOf(stories)?.items
    if (found && !order.isSending()) setItems(found)
  })
  const move = (id: string, afterId: string | null) => {
    const changed = reordered(ids(), [id], afterId)
    const all = [...items()]
    order.move(
      id,
      words.isNowAt(all.find((story) => story.id === id)?.displayName ?? '', changed.indexOf(id) + 1, changed.length),
      () => setItems(changed.flatMap((each) => all.find((story) => story.id === each) ?? [])),
      () => call.book.reorder.mutate({ id: bookId(), storyId: id, afterId }),
    )
  }
  const change = async (send: () => Promise<{ items: readonly StoryItem[] }>) => {
    try {
      setItems((await send()).items)
      showChanged(common.saved)
    } catch (error) {
      showToast(failureOf(error).message)
    }
    await queryClient.invalidateQueries(trpc.book.stories.queryFilter({ id: bookId() }))
    void refreshWorlds()
  }
  onMount(() => onCleanup(monitorSorting('story', ids, ([id], { afterId }) => id && move(id, afterId))))

  return (
    <div class="mt-8">
      <Panel title={common.stories} hint={words.inTheOrderInWhich}>
        <p class="sr-only" aria-live="polite">
          {order.spoken()}
        </p>
        <Show
          when={dataOf(stories)}
          fallback={
            <Show when={stories.isError} fallback={<Waiting />}>
              <Alert>{failureOf(stories.error).message}</Alert>
            </Show>
          }
        >
          <ol class="grid gap-3">
            <For each={items()} fallback={<li class="text-sm text-soft">{words.noStoryIsInThis}</li>}>
              {(story) => (
                <SortableRow
                  sort="story"
                  id={story.id}
                  listId={bookId()}
                  label={story.displayName}
                  class="rounded-2xl border border-line bg-raised p-2"
                  moves={
                    rights.mayUpdate()
                      ? listMoves(ids(), story.id).map(({ label, afterId }) => ({
                          label,
                          run: () => move(story.id, afterId),
                        }))
                      : undefined
                  }
                >
                  <div class="flex items-start justify-between gap-2 py-1.5 pl-1">
                    <span class="min-w-0">
                      <EntityLink worldId={props.entity.worldId} kind="story" id={story.id} name={story.displayName} />
                      <Show when={story.description}>
                        <span class="mt-0.5 line-clamp-2 text-sm text-soft">{story.description}</span>
                      </Show>
                    </span>
                    <Show when={rights.mayUpdate()}>
                      <button
                        type="button"
                        class="grid size-9 shrink-0 place-items-center rounded-full text-soft hover:bg-sunk hover:text-ink"
                        aria-label={words.removeFromBook(story.displayName)}
                        onClick={() =>
                          void change(() => call.book.removeStory.mutate({ id: bookId(), storyId: story.id }))
                        }
                      >
                        <X class="size-4" aria-hidden="true" />
                      </button>
                    </Show>
                  </div>
                </SortableRow>
              )}
            </For>
          </ol>
          <Show when={rights.mayUpdate()}>
            <div class="mt-5 max-w-sm">
              <Suspense fallback={<Waiting lines={1} />}>
                <EntityPicker
                  worldId={props.entity.worldId}
                  kinds={['story']}
                  label={words.addAStory}
                  value={null}
                  except={ids()}
                  onChange={(storyId) =>
                    storyId && void change(() => call.book.addStory.mutate({ id: bookId(), storyId }))
                  }
                />
              </Suspense>
            </div>
          </Show>
        </Show>
      </Panel>
    </div>
  )
}
