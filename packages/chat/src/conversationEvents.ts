import { randomUUID } from 'node:crypto'
import { EventEmitter, on } from 'node:events'
import type { ChangeListener } from '@worldloom/auth'
import type { DatabaseHandle } from '@worldloom/db'
import type { ChatEvent, Message, Proposal } from '@worldloom/schema'
import { sql } from 'kysely'
import { messageColumns, proposalColumns } from './conversations.ts'

export interface ConversationEventsOptions {
  readonly db: DatabaseHandle['db']
  /** Tells of what other processes do. */
  readonly listener: ChangeListener
  /** Told that an answer is to be stopped, which another process was asked for. */
  readonly onStop: (messageId: string) => void
  /** Told of what goes wrong with the model, or in writing down what it said. */
  readonly onError: (error: unknown, messageId: string) => void
}

/** On which processes tell each other what changed in a conversation. */
const channel = 'chat_changed'

/**
 * What happens in conversations: whoever watches one in this process is told at once. Other processes are told that
 * something changed, and read it back.
 */
export class ConversationEvents {
  readonly #options: ConversationEventsOptions
  readonly #emitter = new EventEmitter().setMaxListeners(0)
  /** Names this process to the others. */
  readonly #processId = randomUUID()
  /** Ends the listening of all. */
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

  /** Tells those who watch in this process. */
  publish(conversationId: string, event: ChatEvent): void {
    this.#emitter.emit(conversationId, event)
  }

  /** Begins to listen at once, also where it is read from later. */
  listen(conversationId: string, signal: AbortSignal | undefined): AsyncIterableIterator<[ChatEvent]> {
    const ends = [this.#closed.signal, ...(signal ? [signal] : [])]
    const events = on(this.#emitter, conversationId, { signal: AbortSignal.any(ends) })
    return events as AsyncIterableIterator<[ChatEvent]> // `publish` alone emits
  }

  /** Tells the other processes. @param ids of the conversation and of what changed in it; to stop, of the answer */
  async tell(what: 'message' | 'proposal' | 'title' | 'stop', ...ids: readonly string[]): Promise<void> {
    await sql`select pg_notify(${channel}, ${[this.#processId, what, ...ids].join('|')})`.execute(this.#options.db)
  }

  /** Tells them of messages, for each row that has an `id` and a `conversation_id`. */
  get tellOfMessages() {
    return sql`pg_notify(${channel}, ${`${this.#processId}|message|`} || conversation_id || '|' || id)`
  }

  /** Tells those who watch here of what another process stored. */
  async republish(conversationId: string, messageId: string): Promise<void> {
    const row = await this.#options.db
      .selectFrom('messages')
      .innerJoin('conversations', 'conversations.id', 'messages.conversationId')
      .where('messages.id', '=', messageId)
      .select([...messageColumns, 'conversations.headId'])
      .$castTo<Message & { headId: string | null }>() // parts are what was stored
      .executeTakeFirst()
    if (!row) return
    const { headId, ...message } = row
    this.publish(conversationId, { type: 'message', message, headId })
  }

  /** Tells everybody who watches, here and in other processes, what a conversation is called now. */
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

/** What was missed, then what comes, each step once. */
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

/** Whoever watched may be gone. */
function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error
}

function positionOf(event: ChatEvent): { id: string; seq: number } | undefined {
  if (event.type === 'message') return { id: event.message.id, seq: event.message.seq }
  return 'seq' in event ? { id: event.messageId, seq: event.seq } : undefined
}

/** What comes, until an answer has ended. */
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
