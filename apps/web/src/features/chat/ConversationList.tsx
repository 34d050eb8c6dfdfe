import { DropdownMenu } from '@kobalte/core/dropdown-menu'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/solid-query'
import { Link } from '@tanstack/solid-router'
import Download from 'lucide-solid/icons/download'
import Ellipsis from 'lucide-solid/icons/ellipsis'
import Pencil from 'lucide-solid/icons/pencil'
import Trash from 'lucide-solid/icons/trash'
import { createMemo, createSignal, For, Show, Suspense } from 'solid-js'
import { call, trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { failureOf } from '../../lib/failure.ts'
import { timeAgo } from '../../lib/time.ts'
import { pagePaths } from '../../pagePaths.ts'
import { lazyDialog } from '../../ui/lazyDialog.tsx'
import { menuClass, menuItemClass } from '../../ui/menu.ts'
import { PagedList } from '../../ui/pagedList.tsx'
import { SearchBox } from '../../ui/searchBox.tsx'
import { showToast } from '../../ui/toast.ts'
import * as common from '../../ui/words.ts'
import type { ConversationSummary } from './conversationSummary.ts'
import { refreshConversations } from './refreshConversations.ts'
import * as words from './words.ts'

const RenameDialog = lazyDialog(() => import('./RenameDialog.tsx'))

/** The user's conversations, most recently active first, searchable by title and content. */
export default function ConversationList(props: { onDeleted: (id: string) => void }) {
  const [search, setSearch] = createSignal('')
  const [renaming, setRenaming] = createSignal<ConversationSummary>()
  const list = useInfiniteQuery(() => ({
    ...trpc.conversation.list.infiniteQueryOptions(
      { limit: 30, ...(search() && { search: search() }) },
      { getNextPageParam: (page) => page.nextCursor },
    ),
    placeholderData: keepPreviousData,
  }))
  const items = createMemo(() => dataOf(list)?.pages.flatMap((page) => page.items) ?? [])
  return (
    <div class="flex min-h-0 flex-col">
      <SearchBox label={words.searchConversations} value={search()} onChange={setSearch} />
      <div class="min-h-0 grow overflow-y-auto px-1">
        <PagedList
          query={list}
          count={items().length}
          what={words.theConversations}
          empty={<p class="px-2 text-sm text-soft">{search() ? words.noConversationFound : words.noneYet}</p>}
        >
          <ul class="grid gap-1">
            <For each={items()}>
              {(item) => (
                <li class="group relative">
                  <Link
                    to={pagePaths.conversation}
                    params={{ conversationId: item.id }}
                    class="block rounded-xl py-2.5 pr-11 pl-3 hover:bg-sunk data-[status=active]:bg-accent-wash"
                  >
                    <bdi class="block truncate text-sm font-medium">{item.title || words.newConversation}</bdi>
                    <span class="block truncate text-xs text-soft">
                      <Show when={item.world}>{(world) => <bdi>{world().displayName} · </bdi>}</Show>
                      {timeAgo(item.updatedAt)}
                    </span>
                  </Link>
                  <ConversationMenu
                    conversation={item}
                    onRename={() => setRenaming(item)}
                    onDelete={() => deleteConversation(item, props.onDeleted)}
                  />
                </li>
              )}
            </For>
          </ul>
        </PagedList>
      </div>
      <Show when={renaming()}>
        {(conversation) => (
          <Suspense>
            <RenameDialog conversation={conversation()} onClose={() => setRenaming(undefined)} />
          </Suspense>
        )}
      </Show>
    </div>
  )
}

function ConversationMenu(props: { conversation: ConversationSummary; onRename: () => void; onDelete: () => void }) {
  return (
    <DropdownMenu placement="bottom-end" gutter={4} modal={false}>
      <DropdownMenu.Trigger
        class="absolute top-2 right-1.5 grid size-9 place-items-center rounded-full text-soft hover:bg-raised hover:text-ink"
        aria-label={words.menuOf(props.conversation.title || words.newConversation)}
      >
        <Ellipsis class="size-4" aria-hidden="true" />
      </DropdownMenu.Trigger>
      {/* Out of the list, which scrolls and would cut it off, and still within the page's landmark. */}
      <DropdownMenu.Portal mount={document.getElementById('main') ?? document.body}>
        <DropdownMenu.Content class={`${menuClass} w-52`}>
          <DropdownMenu.Item class={menuItemClass} onSelect={props.onRename}>
            <Pencil class="size-4" aria-hidden="true" />
            {words.rename}
          </DropdownMenu.Item>
          <DropdownMenu.Item class={menuItemClass} onSelect={() => download(props.conversation, 'markdown')}>
            <Download class="size-4" aria-hidden="true" />
            {words.exportAsMarkdown}
          </DropdownMenu.Item>
          <DropdownMenu.Item class={menuItemClass} onSelect={() => download(props.conversation, 'json')}>
            <Download class="size-4" aria-hidden="true" />
            {words.exportAsJson}
          </DropdownMenu.Item>
          <DropdownMenu.Item class={menuItemClass} onSelect={props.onDelete}>
            <Trash class="size-4" aria-hidden="true" />
            {common.deleteIt}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu>
  )
}

async function deleteConversation({ id, title }: ConversationSummary, onDeleted: (id: string) => void): Promise<void> {
  try {
    await call.conversation.delete.mutate({ id })
    onDeleted(id)
    showToast(words.wasDeleted(title || words.newConversation), {
      label: words.undo,
      run: () => {
        call.conversation.restore
          .mutate({ id })
          .then(refreshConversations, (error) => showToast(failureOf(error).message))
      },
    })
  } catch (error) {
    showToast(failureOf(error).message)
  }
  await refreshConversations()
}

async function download({ id }: ConversationSummary, format: 'markdown' | 'json'): Promise<void> {
  try {
    const { fileName, mediaType, text } = await call.conversation.export.query({ id, format })
    const url = URL.createObjectURL(new Blob([text], { type: mediaType }))
    const link = document.createElement('a')
    link.href = url
    link.download = fileName
    link.click()
    setTimeout(() => URL.revokeObjectURL(url), 10_000)
  } catch (error) {
    showToast(failureOf(error).message)
  }
}
