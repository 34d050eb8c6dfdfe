import { useQuery } from '@tanstack/solid-query'
import { Link, useNavigate, useParams } from '@tanstack/solid-router'
import ChevronLeft from 'lucide-solid/icons/chevron-left'
import Plus from 'lucide-solid/icons/plus'
import { lazy, Match, Show, Suspense, Switch } from 'solid-js'
import { ChatSetup } from '../features/chat/ChatSetup.tsx'
import type { OpenConversation } from '../features/chat/createConversation.ts'
import { NewConversation } from '../features/chat/NewConversation.tsx'
import * as words from '../features/chat/words.ts'
import { Permitted } from '../features/session/permitted.tsx'
import { trpc } from '../lib/api.ts'
import { dataOf } from '../lib/dataOf.ts'
import { failureOf } from '../lib/failure.ts'
import { usePageTitle } from '../lib/pageTitle.ts'
import { pagePaths } from '../pagePaths.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { Waiting } from '../ui/panel.tsx'
import * as common from '../ui/words.ts'

// Split off, so that the visible part loads first.
const ConversationList = lazy(() => import('../features/chat/ConversationList.tsx'))
const Thread = lazy(() => import('../features/chat/Thread.tsx'))

/** The chat: the user's conversations, and the one that is open. */
export default function Chat() {
  usePageTitle(() => common.chat)
  return (
    <Permitted needs="chat:use" procedure="chat.status">
      <Conversations />
    </Permitted>
  )
}

function Conversations() {
  const params = useParams({ strict: false })
  const navigate = useNavigate()
  const status = useQuery(() => trpc.chat.status.queryOptions())
  const id = () => params().conversationId
  const begin = () => navigate({ to: pagePaths.chat })
  return (
    <Switch>
      <Match when={status.isPending}>
        <Waiting lines={5} />
      </Match>
      <Match when={status.isError}>
        <Notice
          title={words.theChatCouldNotBe}
          actions={<Button onClick={() => status.refetch()}>{common.tryAgain}</Button>}
        >
          <p>{failureOf(status.error).message}</p>
        </Notice>
      </Match>
      <Match when={dataOf(status)?.isConfigured === false && !id()}>
        <h1 class="sr-only">{common.chat}</h1>
        <ChatSetup missing={dataOf(status)?.missing ?? []} />
      </Match>
      <Match when={true}>
        <h1 class="sr-only">{common.chat}</h1>
        {/* As high as the window is, so that what is typed stays in sight. */}
        <div class="-my-4 grid h-[calc(100dvh-8rem)] min-h-96 gap-8 sm:-my-8 lg:grid-cols-[17rem_minmax(0,1fr)]">
          <nav
            class={`min-h-0 flex-col gap-4 ${id() ? 'hidden lg:flex' : 'flex max-lg:order-2'}`}
            aria-label={words.conversations}
          >
            <Link to={pagePaths.chat} class={buttonClass('plain', id() ? '' : 'max-lg:hidden')}>
              <Plus class="size-4" aria-hidden="true" />
              {words.newConversation}
            </Link>
            <Suspense fallback={<Waiting lines={4} />}>
              <ConversationList
                onDeleted={(deleted) => {
                  if (deleted === id()) void begin()
                }}
              />
            </Suspense>
          </nav>
          <Suspense fallback={<Waiting lines={4} />}>
            <Show when={id()} keyed fallback={<NewConversation onBegun={open} />}>
              {(conversationId) => (
                <div class="flex min-h-0 min-w-0 flex-col">
                  <Thread
                    conversationId={conversationId}
                    heading={(conversation) => <Heading conversation={conversation} />}
                    onMissing={() => void begin()}
                  />
                </div>
              )}
            </Show>
          </Suspense>
        </div>
      </Match>
    </Switch>
  )

  function open(conversationId: string) {
    void navigate({ to: pagePaths.conversation, params: { conversationId } })
  }
}

/** A conversation's title and world, above its messages. */
function Heading(props: { conversation: OpenConversation }) {
  const { state } = props.conversation
  usePageTitle(() => state.title || common.chat)
  return (
    <div class="flex items-center gap-2 border-b border-line pb-2">
      <Link to={pagePaths.chat} class={buttonClass('quiet', 'lg:hidden')} aria-label={words.allConversations}>
        <ChevronLeft class="size-4" aria-hidden="true" />
      </Link>
      <div class="min-w-0">
        <h2 class="truncate text-lg">
          <bdi>{state.title || words.newConversation}</bdi>
        </h2>
        <Show when={state.world}>
          {(about) => (
            <Link
              to={pagePaths.world}
              params={{ worldId: about().id }}
              class="block truncate text-sm text-soft underline decoration-line underline-offset-4 hover:text-ink"
            >
              <bdi>{about().displayName}</bdi>
            </Link>
          )}
        </Show>
      </div>
    </div>
  )
}
