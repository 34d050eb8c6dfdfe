import { randomUUID } from 'node:crypto'
import { EventEmitter, on } from 'node:events'
import type { ChangeListener } from '@worldloom/auth'
import type { DatabaseHandle } from '@worldloom/db'
import type { ChatEvent, Message, Proposal } from '@worldloom/schema'
import { sql } from 'kysely'
import { messageColumns, proposalColumns } from './conversations.ts'

export interface ConversationEventsOptions {
  readonly db: DatabaseHandle['db']
  /** Receives what other processes announce. */
  readonly listener: ChangeListener
  /** Called when another process was asked to stop an answer. */
  readonly onStop: (messageId: string) => void
  /** Called with errors of the model, or of storing what it wrote. */
  readonly onError: (error: unknown, messageId: string) => void
}

/** The channel for changes in conversations. */
const channel = 'chat_changed'

/**
 * Publishes what happens in conversations. Listeners in this process receive it at once; other processes are notified
 * that something changed, and read it from the database.
 */
export class ConversationEvents {
  readonly #options: ConversationEventsOptions
  readonly #emitter = new EventEmitter().setMaxListeners(0)
  /** Identifies this process to the others. */
  readonly #processId = randomUUID()
  /** Ends all streams. */
  readonly #closed = new AbortController()

  constructor(options: ConversationEventsOptions) {
    this.#options = options
    options.listener.subscribe({
      channel,
      changed: (payload) => {
        this.#hear(payload).catch((error) => options.onError(error, payload))
      },
      lost: () => undefined,
    })
  }

  close(): void {
    this.#closed.abort()
  }

  /** Notifies listeners in this process. */
  publish(conversationId: string, event: ChatEvent): void {
    this.#emitter.emit(conversationId, event)
  }

  /** Starts listening at once, even if it is read later. */
  listen(conversationId: string, signal: AbortSignal | undefined): AsyncIterableIterator<[ChatEvent]> {
    const ends = [this.#closed.signal, ...(signal ? [signal] : [])]
    const events = on(this.#emitter, conversationId, { signal: AbortSignal.any(ends) })
    return events as AsyncIterableIterator<[ChatEvent]> // only `publish` emits
  }

  /** Notifies the other processes. @param ids of the conversation and what changed in it; to stop, of the answer */
  async tell(what: 'message' | 'proposal' | 'title' | 'stop', ...ids: readonly string[]): Promise<void> {
    await sql`select pg_notify(${channel}, ${[this.#processId, what, ...ids].join('|')})`.execute(this.#options.db)
  }

  /** Notifies them of messages, one for each row with an `id` and a `conversation_id`. */
  get tellOfMessages() {
    return sql`pg_notify(${channel}, ${`${this.#processId}|message|`} || conversation_id || '|' || id)`
  }

  /** Notifies listeners in this process of what another process stored. */
  async republish(conversationId: string, messageId: string): Promise<void> {
    const row = await this.#options.db
      .selectFrom('messages')
      .innerJoin('conversations', 'conversations.id', 'messages.conversationId')
      .where('messages.id', '=', messageId)
      .select([...messageColumns, 'conversations.headId'])
      .$castTo<Message & { headId: string | null }>() // parts are as they were stored
      .executeTakeFirst()
    if (!row) return
    const { headId, ...message } = row
    this.publish(conversationId, { type: 'message', message, headId })
  }

  /** Notifies all listeners, in this process and others, of a conversation's new title. */
  async announceTitle(conversationId: string): Promise<void> {
    await this.#publishTitle(conversationId)
    await this.tell('title', conversationId)
  }

  async #publishTitle(conversationId: string): Promise<void> {
    const conversation = await this.#options.db
      .selectFrom('conversations')
      .where('id', '=', conversationId)
      .select('title')
      .executeTakeFirst()
    if (conversation) this.publish(conversationId, { type: 'title', title: conversation.title })
  }

  async #hear(payload: string): Promise<void> {
    const [from, what, first = '', second = ''] = payload.split('|')
    if (from === this.#processId) return
    if (what === 'stop') this.#options.onStop(first)
    else if (this.#emitter.listenerCount(first) === 0) return
    else if (what === 'message') await this.republish(first, second)
    else if (what === 'title') await this.#publishTitle(first)
    else if (what === 'proposal') {
      const proposal = await this.#options.db
        .selectFrom('proposals')
        .where('id', '=', second)
        .select(proposalColumns)
        .$castTo<Proposal>() // fields are as they were proposed
        .executeTakeFirst()
      if (proposal) this.publish(first, { type: 'proposal', proposal })
    }
  }
}

/** Yields what was missed, then new events, each once. */
export async function* inOrder(
  missed: readonly ChatEvent[],
  events: AsyncIterableIterator<[ChatEvent]>,
): AsyncGenerator<ChatEvent> {
  let known: { id: string; seq: number } | undefined
  const isKnown = (event: ChatEvent) => 'seq' in event && known?.id === event.messageId && event.seq <= known.seq
  try {
    for (const event of missed) {
      known = positionOf(event) ?? known
      yield event
    }
    for await (const [event] of events) {
      if (isKnown(event)) continue
      known = positionOf(event) ?? known
      yield event
    }
  } catch (error) {
    ignoreAbort(error)
  } finally {
    await events.return?.()
  }
}

/** The listener may be gone. */
function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error
}

function positionOf(event: ChatEvent): { id: string; seq: number } | undefined {
  if (event.type === 'message') return { id: event.message.id, seq: event.message.seq }
  return 'seq' in event ? { id: event.messageId, seq: event.seq } : undefined
}

/** Yields new events until the answer ends. */
export async function* untilEnd(
  events: AsyncIterableIterator<[ChatEvent]>,
  messageId: string,
): AsyncGenerator<ChatEvent> {
  try {
    for await (const [event] of events) {
      yield event
      if (event.type === 'message' && event.message.id === messageId && event.message.status !== 'streaming') return
    }
  } catch (error) {
    ignoreAbort(error)
  } finally {
    await events.return?.()
  }
}
