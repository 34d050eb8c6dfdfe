import { textOf } from '@worldloom/schema/chatBranch'
import ChevronLeft from 'lucide-solid/icons/chevron-left'
import ChevronRight from 'lucide-solid/icons/chevron-right'
import CopyIcon from 'lucide-solid/icons/copy'
import Pencil from 'lucide-solid/icons/pencil'
import RotateCcw from 'lucide-solid/icons/rotate-ccw'
import { createSignal, For, type JSX, lazy, Match, Show, Suspense, Switch } from 'solid-js'
import { formatDollars, formatNumber } from '../../lib/number.ts'
import { Button } from '../../ui/button.tsx'
import { showToast } from '../../ui/toast.ts'
import * as common from '../../ui/words.ts'
import { AnswerText } from './AnswerText.tsx'
import { alternativesTo, type Message, type MessagePart, type Proposal, type ToolPart } from './conversationState.ts'
import type { OpenConversation } from './createConversation.ts'
import type { PathOf } from './renderAnswer.ts'
import { ToolStep } from './ToolStep.tsx'
import * as words from './words.ts'

// Most answers have no proposals.
const ProposalCard = lazy(() => import('./ProposalCard.tsx'))
const ChangeSetCard = lazy(() => import('../proposals/ChangeSetCard.tsx'))

export function Question(props: { message: Message; conversation: OpenConversation; mayWrite: boolean }) {
  const [isEditing, setEditing] = createSignal(false)
  return (
    <article class="group flex flex-col items-end" aria-label={words.you}>
      <Show
        when={isEditing()}
        fallback={
          <p
            class="max-w-[85%] rounded-3xl rounded-br-lg bg-accent-wash px-4 py-2.5 leading-relaxed whitespace-pre-wrap"
            dir="auto"
          >
            {textOf(props.message)}
          </p>
        }
      >
        <EditQuestion
          text={textOf(props.message)}
          onCancel={() => setEditing(false)}
          onSave={(text) => {
            setEditing(false)
            void props.conversation.edit(props.message.id, text)
          }}
        />
      </Show>
      <Actions message={props.message} conversation={props.conversation}>
        <Show when={props.mayWrite && !isEditing()}>
          <IconButton label={words.editTheQuestion} onClick={() => setEditing(true)}>
            <Pencil class="size-4" aria-hidden="true" />
          </IconButton>
        </Show>
      </Actions>
    </article>
  )
}

function EditQuestion(props: { text: string; onCancel: () => void; onSave: (text: string) => void }) {
  const [text, setText] = createSignal(props.text)
  return (
    <form
      class="grid w-full gap-3 rounded-3xl border border-field bg-card p-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (text().trim()) props.onSave(text().trim())
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') props.onCancel()
      }}
    >
      <textarea
        ref={(element) => queueMicrotask(() => element.focus())}
        class="field-sizing-content max-h-60 min-h-20 w-full resize-none bg-transparent px-2 py-1 leading-relaxed outline-none"
        aria-label={words.theQuestion}
        dir="auto"
        value={text()}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <div class="flex flex-wrap justify-end gap-2">
        <Button look="quiet" onClick={props.onCancel}>
          {common.cancel}
        </Button>
        <Button look="primary" type="submit" disabled={text().trim() === ''}>
          {words.askThisInstead}
        </Button>
      </div>
    </form>
  )
}

export function Answer(props: { message: Message; conversation: OpenConversation; pathOf: PathOf; mayWrite: boolean }) {
  const isStreaming = () => props.message.status === 'streaming'
  const proposals = () => props.conversation.state.proposals.filter(({ messageId }) => messageId === props.message.id)
  const changeSetIds = () => props.message.parts.flatMap(changeSetIdIn)
  const tokens = () => props.message.inputTokens + props.message.outputTokens
  return (
    <article class="group" aria-label={words.answer} aria-busy={isStreaming()}>
      <For each={props.message.parts}>
        {(part) => <Part part={part} proposals={proposals()} pathOf={props.pathOf} />}
      </For>
      <Show when={isStreaming() && props.message.parts.at(-1)?.type !== 'text'}>
        <p class="flex items-center gap-2 py-1 text-sm text-soft">
          {words.thinking(<span class="size-2.5 animate-pulse rounded-full bg-accent" aria-hidden="true" />)}
        </p>
      </Show>
      <For each={proposals()}>
        {(proposal) => (
          <Suspense>
            <ProposalCard proposal={proposal} onDecided={props.conversation.decided} />
          </Suspense>
        )}
      </For>
      <For each={changeSetIds()}>
        {(id) => (
          <Suspense>
            <ChangeSetCard id={id} />
          </Suspense>
        )}
      </For>
      <Show when={props.message.status === 'stopped'}>
        <p class="mt-2 text-sm text-soft">{words.youStoppedTheAnswerHere}</p>
      </Show>
      <Show when={props.message.failure}>
        {(sentence) => (
          <div class="mt-3 flex flex-wrap items-center gap-3 rounded-xl border border-danger/40 bg-danger-wash px-4 py-2.5 text-sm text-danger">
            <p class="min-w-0 grow basis-48">{sentence()}</p>
            <Show when={props.mayWrite}>
              <Button onClick={() => props.conversation.retry(props.message.id)}>
                <RotateCcw class="size-4" aria-hidden="true" />
                {common.tryAgain}
              </Button>
            </Show>
          </div>
        )}
      </Show>
      <Show when={!isStreaming()}>
        <Actions message={props.message} conversation={props.conversation}>
          <IconButton label={words.copyTheAnswer} onClick={() => copy(textOf(props.message))}>
            <CopyIcon class="size-4" aria-hidden="true" />
          </IconButton>
          <Show when={props.mayWrite}>
            <IconButton label={words.regenerate} onClick={() => props.conversation.retry(props.message.id)}>
              <RotateCcw class="size-4" aria-hidden="true" />
            </IconButton>
          </Show>
          <span class="ml-1 text-xs text-soft">
            {words.answeredBy(props.message.model ?? '', formatNumber(tokens()), props.message.tokensEstimated)}
            <Show when={props.message.cost !== null}> · {formatDollars(props.message.cost ?? 0)}</Show>
          </span>
        </Actions>
      </Show>
    </article>
  )
}

function Part(props: { part: MessagePart; proposals: readonly Proposal[]; pathOf: PathOf }) {
  return (
    <Switch>
      <Match when={props.part.type === 'text' && props.part.text}>
        {(text) => <AnswerText text={text()} pathOf={props.pathOf} />}
      </Match>
      <Match when={props.part.type === 'reasoning' && props.part.text}>
        {(text) => (
          <details class="my-3 rounded-xl border border-line text-sm text-soft">
            <summary class="flex min-h-10 items-center px-3 py-2">{words.reasoning}</summary>
            <p class="px-3 pb-3 leading-relaxed whitespace-pre-wrap" dir="auto">
              {text()}
            </p>
          </details>
        )}
      </Match>
      {/* What was proposed is shown as a card of its own. */}
      <Match when={props.part.type === 'tool' && !isProposed(props.part) && props.part}>
        {(part) => <ToolStep part={part() as ToolPart} /> /* as its type says */}
      </Match>
    </Switch>
  )
}

/** The id of the changes that were proposed together, if they were. */
function changeSetIdIn(part: MessagePart): string[] {
  if (part.type !== 'tool' || part.name !== 'proposeChanges' || part.state !== 'done') return []
  const { changeSetId } = (part.output ?? {}) as { changeSetId?: unknown } // as the tool returned it
  return typeof changeSetId === 'string' ? [changeSetId] : []
}

function isProposed(part: ToolPart): boolean {
  return part.name.startsWith('propose') && part.state === 'done'
}

/** The actions of a message, and switching between its alternatives. */
function Actions(props: { message: Message; conversation: OpenConversation; children: JSX.Element }) {
  const others = () => alternativesTo(props.conversation.state.messages, props.message)
  const place = () => others().findIndex(({ id }) => id === props.message.id)
  const go = (by: number) => {
    const other = others()[place() + by]
    if (other) void props.conversation.show(other.id)
  }
  return (
    <div class="mt-1 flex min-h-9 flex-wrap items-center gap-0.5">
      <Show when={others().length > 1}>
        <IconButton label={words.theOneBefore} disabled={place() === 0} onClick={() => go(-1)}>
          <ChevronLeft class="size-4" aria-hidden="true" />
        </IconButton>
        <span class="text-xs text-soft tabular-nums">{words.answerOf(place() + 1, others().length)}</span>
        <IconButton label={words.theOneAfter} disabled={place() === others().length - 1} onClick={() => go(1)}>
          <ChevronRight class="size-4" aria-hidden="true" />
        </IconButton>
      </Show>
      {props.children}
    </div>
  )
}

function IconButton(props: { label: string; onClick: () => void; disabled?: boolean; children: JSX.Element }) {
  return (
    <button
      type="button"
      class="grid size-9 place-items-center rounded-full text-soft hover:bg-sunk hover:text-ink disabled:opacity-40"
      aria-label={props.label}
      title={props.label}
      disabled={props.disabled}
      onClick={props.onClick}
    >
      {props.children}
    </button>
  )
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    showToast(words.theAnswerIsInThe)
  } catch {
    showToast(words.thisBrowserDoesNotAllow)
  }
}
