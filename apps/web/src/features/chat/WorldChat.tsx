import { Dialog } from '@kobalte/core/dialog'
import { useQuery } from '@tanstack/solid-query'
import { Link, useLocation } from '@tanstack/solid-router'
import Expand from 'lucide-solid/icons/expand'
import Plus from 'lucide-solid/icons/plus'
import X from 'lucide-solid/icons/x'
import { createEffect, createSignal, Match, on, Show, Switch } from 'solid-js'
import { trpc, type World } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { failureOf } from '../../lib/failure.ts'
import { pagePaths } from '../../pagePaths.ts'
import { Alert } from '../../ui/notice.tsx'
import { Waiting } from '../../ui/panel.tsx'
import * as common from '../../ui/words.ts'
import { ChatSetup } from './ChatSetup.tsx'
import { NewConversation } from './NewConversation.tsx'
import Thread from './Thread.tsx'
import * as words from './words.ts'

const iconClass = 'grid size-10 place-items-center rounded-full text-soft hover:bg-sunk hover:text-ink'

/** The chat beside a world's pages. Continues the most recent conversation about it. */
export default function WorldChat(props: { world: World; onClose: () => void }) {
  const status = useQuery(() => trpc.chat.status.queryOptions())
  const latest = useQuery(() => trpc.conversation.list.queryOptions({ worldId: props.world.id, limit: 1 }))
  /** Null for a new one. Until one is chosen, it is the most recent. */
  const [chosen, setChosen] = createSignal<string | null>()
  const id = () => {
    const choice = chosen()
    return choice === undefined ? dataOf(latest)?.items[0]?.id : (choice ?? undefined)
  }
  const isOverPage = !matchMedia('(min-width: 48rem)').matches
  // Closes when a link is followed, so that the page is visible.
  const location = useLocation()
  createEffect(
    on(
      () => location().pathname,
      () => isOverPage && props.onClose(),
      { defer: true },
    ),
  )
  return (
    // On a phone it covers the page, which becomes inert; beside the page, it does not.
    <Dialog open modal={isOverPage} preventScroll={false} onOpenChange={(open) => !open && props.onClose()}>
      <Dialog.Portal>
        <Dialog.Content
          class="fixed inset-y-0 right-0 z-40 flex w-full animate-[fade_150ms_ease-out] flex-col border-l border-line bg-page p-4 shadow-lifted md:w-[27rem]"
          onInteractOutside={(event) => event.preventDefault()}
        >
          <div class="flex items-center gap-1 border-b border-line pb-2">
            <Dialog.Title class="min-w-0 grow truncate font-display text-lg font-semibold">
              {words.askAbout(<bdi>{props.world.displayName}</bdi>)}
            </Dialog.Title>
            <button
              type="button"
              class={iconClass}
              aria-label={words.newConversation}
              title={words.newConversation}
              onClick={() => setChosen(null)}
            >
              <Plus class="size-5" aria-hidden="true" />
            </button>
            <Show when={id()}>
              {(conversationId) => (
                <Link
                  to={pagePaths.conversation}
                  params={{ conversationId: conversationId() }}
                  class={iconClass}
                  aria-label={words.openAsAPage}
                  title={words.openAsAPage}
                >
                  <Expand class="size-5" aria-hidden="true" />
                </Link>
              )}
            </Show>
            <Dialog.CloseButton class={iconClass} aria-label={common.close}>
              <X class="size-5" aria-hidden="true" />
            </Dialog.CloseButton>
          </div>
          <Switch>
            <Match when={status.isPending || latest.isPending}>
              <div class="pt-4">
                <Waiting lines={4} />
              </div>
            </Match>
            <Match when={status.error ?? latest.error}>
              {(error) => (
                <div class="pt-4">
                  <Alert>{failureOf(error()).message}</Alert>
                </div>
              )}
            </Match>
            <Match when={dataOf(status)?.isConfigured === false}>
              <div class="overflow-y-auto">
                <ChatSetup missing={dataOf(status)?.missing ?? []} />
              </div>
            </Match>
            <Match when={true}>
              <Show when={id()} keyed fallback={<NewConversation world={props.world} onBegun={setChosen} />}>
                {(conversationId) => <Thread conversationId={conversationId} onMissing={() => setChosen(null)} />}
              </Show>
            </Match>
          </Switch>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog>
  )
}
