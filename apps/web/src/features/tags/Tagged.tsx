import { useInfiniteQuery } from '@tanstack/solid-query'
import { createMemo, For } from 'solid-js'
import { trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { Notice } from '../../ui/notice.tsx'
import { PagedList } from '../../ui/pagedList.tsx'
import { FoundRow } from '../search/FoundRow.tsx'
import { useWorld } from '../worlds/worldContext.ts'
import * as words from './words.ts'

/** The entries of all kinds that have a tag, by name. */
export default function Tagged(props: { tagId: string }) {
  const world = useWorld()
  const list = useInfiniteQuery(() =>
    trpc.tag.entries.infiniteQueryOptions(
      { id: props.tagId, limit: 24 },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  )
  const entries = createMemo(() => dataOf(list)?.pages.flatMap((page) => page.items) ?? [])
  return (
    <PagedList
      query={list}
      count={entries().length}
      what={words.theEntriesWithThisTag}
      empty={
        <Notice title={words.nothingHasThisTagYet}>
          <p>{words.openAnEntryAndChoose}</p>
        </Notice>
      }
    >
      <ul class="divide-y divide-line rounded-3xl border border-line bg-card px-5 shadow-card">
        <For each={entries()}>
          {(entry) => (
            <FoundRow worldId={world().id} kind={entry.kind} id={entry.id} name={entry.displayName}>
              <span class="line-clamp-2">{entry.description}</span>
            </FoundRow>
          )}
        </For>
      </ul>
    </PagedList>
  )
}
