import { useInfiniteQuery } from '@tanstack/solid-query'
import type { EntityKind } from '@worldloom/schema'
import { createMemo, createUniqueId, For, type JSX, Show } from 'solid-js'
import { trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { kinds } from '../../lib/kinds.ts'
import { Button } from '../../ui/button.tsx'
import * as common from '../../ui/words.ts'
import { EntityLink } from '../entities/EntityLink.tsx'
import * as words from './words.ts'

const nextPage = { getNextPageParam: (page: { nextCursor: string | null }) => page.nextCursor }

/** What is to do in a world: the entries that texts mention and nobody has filled in, and those of which nothing is written. */
export default function Unfinished(props: { worldId: string }) {
  const placeholders = useInfiniteQuery(() =>
    trpc.world.placeholders.infiniteQueryOptions({ id: props.worldId, limit: 12 }, nextPage),
  )
  const empty = useInfiniteQuery(() =>
    trpc.world.empty.infiniteQueryOptions({ id: props.worldId, limit: 12 }, nextPage),
  )
  const mentioned = createMemo(() => dataOf(placeholders)?.pages.flatMap((page) => page.items) ?? [])
  const unwritten = createMemo(() => dataOf(empty)?.pages.flatMap((page) => page.items) ?? [])
  return (
    <>
      <List
        {...props}
        title={words.stillToBeFilledIn}
        items={mentioned()}
        more={placeholders}
        about={(item) => words.mentionedTimes(item.mentions)}
      />
      <List {...props} title={words.nothingWrittenYet} items={unwritten()} more={empty} />
    </>
  )
}

interface Item {
  readonly id: string
  readonly kind: EntityKind
  readonly displayName: string
}

function List<Shown extends Item>(props: {
  worldId: string
  title: string
  items: readonly Shown[]
  more: { readonly hasNextPage: boolean; readonly isFetchingNextPage: boolean; fetchNextPage(): unknown }
  about?: (item: Shown) => JSX.Element
}) {
  const id = createUniqueId()
  return (
    <Show when={props.items.length > 0}>
      <section class="mt-10" aria-labelledby={id}>
        <h2 id={id} class="text-2xl">
          {props.title}
        </h2>
        <ul class="mt-4 grid gap-x-8 sm:grid-cols-2">
          <For each={props.items}>
            {(item) => (
              <li class="flex items-baseline justify-between gap-4 border-b border-line py-3">
                <span class="min-w-0">
                  <EntityLink worldId={props.worldId} kind={item.kind} id={item.id} name={item.displayName} />{' '}
                  <span class="text-sm text-soft">{kinds[item.kind].wording.one}</span>
                </span>
                <span class="shrink-0 text-xs text-soft">{props.about?.(item)}</span>
              </li>
            )}
          </For>
        </ul>
        <Show when={props.more.hasNextPage}>
          <Button class="mt-4" onClick={() => void props.more.fetchNextPage()} disabled={props.more.isFetchingNextPage}>
            {common.showMore}
          </Button>
        </Show>
      </section>
    </Show>
  )
}
