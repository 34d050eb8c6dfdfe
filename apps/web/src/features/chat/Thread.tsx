import { useQuery } from '@tanstack/solid-query'
import { branchTo } from '@worldloom/schema/chatBranch'
import WifiOff from 'lucide-solid/icons/wifi-off'
import { createEffect, createMemo, createSignal, For, type JSX, Match, on, onMount, Show, Switch } from 'solid-js'
import { trpc } from '../../lib/api.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { kinds } from '../../lib/kinds.ts'
import { pagePaths } from '../../pagePaths.ts'
import { Button } from '../../ui/button.tsx'
import { Alert, Notice } from '../../ui/notice.tsx'
import { Waiting } from '../../ui/panel.tsx'
import { Composer } from './Composer.tsx'
import { citableEntries } from './citations.ts'
import { createConversation, type OpenConversation } from './createConversation.ts'
import { takeFirstMessage } from './firstMessage.ts'
import { Answer, Question } from './MessageView.tsx'
import { UsageLine } from './UsageLine.tsx'
import * as words from './words.ts'

/** A conversation: its messages and the message field. */
export default function Thread(props: {
  conversationId: string
  heading?: (conversation: OpenConversation) => JSX.Element
  onMissing: () => void
}) {
  const conversation = createConversation(props.conversationId)
  const { state } = conversation
  const status = useQuery(() => trpc.chat.status.queryOptions())
  const branch = createMemo(() => branchTo(state.messages, state.headId))
  const citable = createMemo(() => citableEntries(state.messages))
  const pathOf = (id: string) => {
    const kind = citable().get(id)
    if (!kind || !state.world) return undefined
    return pagePaths.entity
      .replace('$worldId', state.world.id)
      .replace('$plural', kinds[kind].plural)
      .replace('$entityId', id)
  }
  /** What all branches of it have cost; undefined if that is not known. */
  const spent = () => {
    const costs = state.messages.flatMap(({ cost }) => cost ?? [])
    return costs.length > 0 ? costs.reduce((sum, cost) => sum + cost, 0) : undefined
  }
  /** How many of the first messages were left out of the model's last request. */
  const omitted = () => branch().findLast(({ role }) => role === 'assistant')?.omitted ?? 0
  const mayWrite = () => (dataOf(status)?.isConfigured ?? false) && !conversation.running() && !conversation.isSending()
  onMount(() => {
    const first = takeFirstMessage(props.conversationId)
    if (first) void conversation.send(first, () => undefined)
  })
  return (
    <Switch>
      <Match when={conversation.status() === 'missing'}>
        <Notice
          title={words.noSuchConversation}
          actions={<Button onClick={props.onMissing}>{words.beginAnother}</Button>}
        >
          <p>{words.itDoesNotExistOr}</p>
        </Notice>
      </Match>
      <Match when={conversation.status() === 'failed'}>
        <Notice title={words.theConversationCouldNotBe}>
          <p>{words.triedAgain(conversation.failure() ?? '')}</p>
        </Notice>
      </Match>
      <Match when={true}>
        <div class="flex min-h-0 grow flex-col">
          {props.heading?.(conversation)}
          <Messages length={branch().length} growth={branch().at(-1)?.seq ?? 0}>
            <Show when={conversation.status() === 'loading'}>
              <Waiting lines={4} />
            </Show>
            <For each={branch().map(({ id }) => id)}>
              {(id, index) => {
                const message = () => branch().find((other) => other.id === id)
                return (
                  <li>
                    <Show when={index() === omitted() && index() > 0}>
                      <p class="mb-6 flex items-center gap-3 text-xs text-soft before:h-px before:grow before:bg-line after:h-px after:grow after:bg-line">
                        {words.whatIsAboveWasToo}
                      </p>
                    </Show>
                    <Show when={message()}>
                      {(found) => (
                        <Show
                          when={found().role === 'user'}
                          fallback={
                            <Answer
                              message={found()}
                              conversation={conversation}
                              pathOf={pathOf}
                              mayWrite={mayWrite()}
                            />
                          }
                        >
                          <Question message={found()} conversation={conversation} mayWrite={mayWrite()} />
                        </Show>
                      )}
                    </Show>
                  </li>
                )
              }}
            </For>
          </Messages>
          <p class="sr-only" role="status">
            {conversation.running() ? words.theAnswerIsBeingWritten : branch().length > 0 ? words.theAnswerIsThere : ''}
          </p>
          <div class="grid gap-2 pt-3">
            <Show when={!conversation.isConnected()}>
              <p class="flex items-center gap-2 text-sm text-soft" role="status">
                <WifiOff class="size-4" aria-hidden="true" />
                {words.theConnectionIsLostIt}
              </p>
            </Show>
            <Show when={conversation.status() === 'ready' && conversation.failure()}>
              {(sentence) => <Alert>{sentence()}</Alert>}
            </Show>
            <Composer
              autofocus
              label={words.yourMessage}
              placeholder={state.world ? words.askAboutThisWorld : words.askSomething}
              draft={props.conversationId}
              longest={dataOf(status)?.longestMessage ?? Number.POSITIVE_INFINITY}
              isBusy={!mayWrite()}
              onStop={conversation.running() ? () => void conversation.stop() : undefined}
              onSend={(text, done) => void conversation.send(text, done)}
            />
            <UsageLine spent={spent()} />
          </div>
        </div>
      </Match>
    </Switch>
  )
}

/** Follows the end while it is in view, and stays put when the reader scrolls away. */
function Messages(props: { length: number; growth: number; children: JSX.Element }) {
  let box: HTMLElement | undefined
  const [isAtEnd, setAtEnd] = createSignal(true)
  const toEnd = () => box?.scrollTo({ top: box.scrollHeight })
  createEffect(
    on(
      () => [props.length, props.growth],
      () => {
        if (isAtEnd()) requestAnimationFrame(toEnd)
      },
    ),
  )
  return (
    <section
      ref={(element) => {
        box = element
      }}
      class="min-h-0 grow overflow-y-auto rounded-2xl px-1"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable areas must be reachable by keyboard
      tabIndex={0}
      aria-label={words.messages}
      onScroll={() => {
        if (box) setAtEnd(box.scrollHeight - box.scrollTop - box.clientHeight < 80)
      }}
    >
      <ol class="mx-auto grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-6 py-4">{props.children}</ol>
    </section>
  )
}
