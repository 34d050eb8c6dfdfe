import { useInfiniteQuery } from '@tanstack/solid-query'
import { createMemo, For, Show } from 'solid-js'
import { trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { kinds } from '../../lib/kinds.ts'
import { Button } from '../../ui/button.tsx'
import { EntityLink } from '../entities/EntityLink.tsx'

/** The entries of a world that texts mention and nobody has filled in yet. */
export default function Placeholders(props: { worldId: string }) {
  const list = useInfiniteQuery(() =>
    trpc.world.placeholders.infiniteQueryOptions(
      { id: props.worldId, limit: 12 },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  )
  const items = createMemo(() => dataOf(list)?.pages.flatMap((page) => page.items) ?? [])
  return (
    <Show when={items().length > 0}>
      <section class="mt-10" aria-labelledby="placeholders">
        <h2 id="placeholders" class="text-2xl">
          Still to be filled in
        </h2>
        <ul class="mt-4 grid gap-x-8 sm:grid-cols-2">
          <For each={items()}>
            {(item) => (
              <li class="flex items-baseline justify-between gap-4 border-b border-line py-3">
                <span class="min-w-0">
                  <EntityLink worldId={props.worldId} kind={item.kind} id={item.id} name={item.displayName} />{' '}
                  <span class="text-sm text-soft">{kinds[item.kind].wording.one}</span>
                </span>
                <span class="shrink-0 text-xs text-soft">
                  {item.mentions === 1 ? 'mentioned once' : `mentioned ${item.mentions} times`}
                </span>
              </li>
            )}
          </For>
        </ul>
        <Show when={list.hasNextPage}>
          <Button class="mt-4" onClick={() => void list.fetchNextPage()} disabled={list.isFetchingNextPage}>
            Show more
          </Button>
        </Show>
      </section>
    </Show>
  )
}
