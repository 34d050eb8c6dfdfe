import { useInfiniteQuery } from '@tanstack/solid-query'
import AtSign from 'lucide-solid/icons/at-sign'
import { createMemo, createSignal, For, Show, Suspense } from 'solid-js'
import { trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import type { Entity } from '../../lib/kinds.ts'
import { nothingIn } from '../../lib/nothingIn.ts'
import { Button } from '../../ui/button.tsx'
import { lazyDialog } from '../../ui/lazyDialog.tsx'
import { Panel } from '../../ui/panel.tsx'
import * as common from '../../ui/words.ts'
import { EntityLink } from '../entities/EntityLink.tsx'
import { useWorldRights } from '../worlds/worldContext.ts'
import * as words from './words.ts'

const NamesDialog = lazyDialog(() => import('./NamesDialog.tsx'))

/** What mentions an entry, each with the sentence around. */
export function EntryMentions(props: { entity: Entity }) {
  const rights = useWorldRights()
  const [finding, setFinding] = createSignal(false)
  const list = useInfiniteQuery(() =>
    trpc.mention.list.infiniteQueryOptions(
      { id: props.entity.id, limit: 20 },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  )
  const items = createMemo(() => dataOf(list)?.pages.flatMap((page) => page.items) ?? [])
  return (
    <Show when={items().length > 0 || rights.mayUpdate()}>
      <Panel
        title={words.mentionedIn}
        actions={
          <Show when={rights.mayUpdate()}>
            <Button look="quiet" onClick={() => setFinding(true)}>
              <AtSign class="size-4" aria-hidden="true" />
              {words.findNamesInTheseTexts}
            </Button>
          </Show>
        }
      >
        <ul class="grid gap-3">
          <For
            each={items()}
            fallback={<li class="text-sm text-soft">{nothingIn(list, words.noTextMentionsThisYet)}</li>}
          >
            {({ other, sentence }) => (
              <li>
                <Show when={other} fallback={<span class="font-medium">{words.theWorld}</span>}>
                  {(entry) => (
                    <EntityLink
                      worldId={props.entity.worldId}
                      kind={entry().kind}
                      id={entry().id}
                      name={entry().displayName}
                    />
                  )}
                </Show>
                <p class="mt-0.5 max-w-prose text-sm leading-relaxed text-soft" dir="auto">
                  {sentence}
                </p>
              </li>
            )}
          </For>
        </ul>
        <Show when={list.hasNextPage}>
          <Button class="mt-4" onClick={() => void list.fetchNextPage()} disabled={list.isFetchingNextPage}>
            {common.showMore}
          </Button>
        </Show>
        <Show when={finding()}>
          <Suspense>
            <NamesDialog entity={props.entity} onClose={() => setFinding(false)} />
          </Suspense>
        </Show>
      </Panel>
    </Show>
  )
}
