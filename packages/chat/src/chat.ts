import type { KnownPrincipal } from '@worldloom/auth'
import {
  BadInputError,
  type ChatEvent,
  ConflictError,
  type chatEditInput,
  type chatSendInput,
  type chatWatchInput,
  type modelSettings,
  NotConfiguredError,
  type Proposal,
} from '@worldloom/schema'
import pLimit from 'p-limit'
import type { z } from 'zod'
import { type Asked, beginAnswer } from './beginAnswer.ts'
import { ConversationEvents, type ConversationEventsOptions, inOrder, untilEnd } from './conversationEvents.ts'
import { findMessage, findMessages, summarizeConversation } from './conversations.ts'
import { type CostSettings, spentThisMonth, type TokenPrices, toDollars } from './costs.ts'
import type { ChatModel } from './model.ts'
import { type Asker, RunningAnswers } from './runningAnswers.ts'
import { type DailyLimits, usageToday } from './usage.ts'
import type { AnswerLimits } from './writeAnswer.ts'

export interface ChatLimits extends AnswerLimits {
  readonly perDay: DailyLimits
  /** Characters. */
  readonly message: number
  /** Tokens of a conversation that the model is sent. */
  readonly contextTokens: number
}

export interface ChatOptions extends Omit<ConversationEventsOptions, 'onStop'> {
  readonly model: ChatModel | undefined
  /** The settings that are missing if there is no model. */
  readonly missing: readonly (typeof modelSettings)[number][]
  readonly limits: ChatLimits
  /** What the model costs and may cost, if that is known. */
  readonly costs?: CostSettings | undefined
}

/** Questions that are stored at the same time. */
const maxConcurrentStores = 4

/** Conversations with the model: accepts questions, streams answers and keeps all listeners up to date. */
export class Chat {
  readonly #options: ChatOptions
  readonly #events: ConversationEvents
  readonly #answers: RunningAnswers
  /** A burst of questions must not take all of the pool's connections. */
  readonly #storing = pLimit(maxConcurrentStores)

  constructor(options: ChatOptions) {
    this.#options = options
    const { db, limits, onError } = options
    this.#events = new ConversationEvents({ ...options, onStop: (messageId) => void this.#answers.stop(messageId) })
    this.#answers = new RunningAnswers({ db, events: this.#events, limits, onError })
  }

  get prices(): TokenPrices | undefined {
    return this.#options.costs?.prices
  }

  /** The configured model, and how much of it the person has used today. */
  async status(principal: KnownPrincipal) {
    const { db, model, missing, limits, costs } = this.#options
    const { requests, tokens } = await usageToday(db, principal.user.id)
    return {
      isConfigured: model !== undefined,
      model: model?.name ?? null,
      host: model?.host ?? null,
      missing: [...missing],
      longestMessage: limits.message,
      usage: {
        requests,
        requestsPerDay: limits.perDay.requests,
        tokens,
        tokensPerDay: limits.perDay.tokens,
      },
      cost: costs
        ? {
            used: toDollars(await spentThisMonth(db, principal.user.id)),
            perMonth: costs.caps.perMonth ?? null,
          }
        : null,
    }
  }

  /**
   * Asks a question and streams the answer. The answer is written to the end even if nobody is listening.
   *
   * @param signal ends the stream, not the answer
   * @throws {NotConfiguredError | NotFoundError | BadInputError | ConflictError | RateLimitedError} with nothing stored
   */
  async send(
    asker: Asker,
    { conversationId, text, parentId }: z.output<typeof chatSendInput>,
    signal?: AbortSignal | undefined,
  ): Promise<AsyncIterable<ChatEvent>> {
    return await this.#ask(asker, conversationId, { text, parentId }, signal)
  }

  /** Asks a reworded question in a new branch. The old question and what followed it stay. @throws as {@link send} */
  async edit(
    asker: Asker,
    { messageId, text }: z.output<typeof chatEditInput>,
    signal?: AbortSignal | undefined,
  ): Promise<AsyncIterable<ChatEvent>> {
    const question = await findMessage(this.#options.db, asker.principal, messageId)
    if (question.role !== 'user') {
      throw new BadInputError({ messageId: ['Must be a question: answers cannot be edited'] })
    }
    return await this.#ask(asker, question.conversationId, { text, parentId: question.parentId }, signal)
  }

  /** Answers a question again. Both answers stay. @throws as {@link send} */
  async retry(asker: Asker, messageId: string, signal?: AbortSignal | undefined): Promise<AsyncIterable<ChatEvent>> {
    const answer = await findMessage(this.#options.db, asker.principal, messageId)
    if (answer.role !== 'assistant' || !answer.parentId) {
      throw new BadInputError({ messageId: ['Must be an answer: only answers can be retried'] })
    }
    return await this.#ask(asker, answer.conversationId, { questionId: answer.parentId }, signal)
  }

  /**
   * Streams everything that happens in a conversation, in any tab or process: first what was missed since `after`, then
   * new events.
   *
   * @param signal ends the stream
   * @throws {NotFoundError}
   */
  async watch(
    principal: KnownPrincipal,
    { conversationId, after }: z.output<typeof chatWatchInput>,
    signal: AbortSignal | undefined,
  ): Promise<AsyncIterable<ChatEvent>> {
    await summarizeConversation(this.#options.db, principal, conversationId)
    // Listens before reading, so that nothing is missed in between.
    const events = this.#events.listen(conversationId, signal)
    const missed = await this.#missed(principal, conversationId, after)
    return inOrder(missed, events)
  }

  /** Stops an answer, whichever process writes it. What was written stays. @throws {NotFoundError} */
  async stop(principal: KnownPrincipal, messageId: string): Promise<{ id: string }> {
    await findMessage(this.#options.db, principal, messageId)
    const stopped = this.#answers.stop(messageId)
    if (stopped) await stopped
    else await this.#events.tell('stop', messageId)
    return { id: messageId }
  }

  /** Notifies all listeners of a proposal's outcome. */
  async decided(conversationId: string, proposal: Proposal): Promise<void> {
    this.#events.publish(conversationId, { type: 'proposal', proposal })
    await this.#events.tell('proposal', conversationId, proposal.id)
  }

  /** Notifies all listeners of a conversation's new title. */
  async renamed(conversationId: string): Promise<void> {
    await this.#events.announceTitle(conversationId)
  }

  /** Ends the answers of processes that are gone. */
  async endLost(): Promise<void> {
    await this.#answers.endLost()
  }

  /** Stops all answers, storing each as far as it got. */
  async close(): Promise<void> {
    await this.#answers.close()
    this.#events.close()
  }

  async #ask(
    asker: Asker,
    conversationId: string,
    asked: Asked,
    signal: AbortSignal | undefined,
  ): Promise<AsyncIterable<ChatEvent>> {
    const { db, model, missing, limits, costs } = this.#options
    if (!model) throw new NotConfiguredError('model', missing)
    if (this.#answers.isClosing) throw new ConflictError('The server is stopping. Try again in a moment.')
    if ('text' in asked && asked.text.length > limits.message) {
      throw new BadInputError({ text: [`At most ${limits.message.toLocaleString('en')} characters`] })
    }
    const begun = await this.#storing(() =>
      beginAnswer(db, asker.principal, conversationId, asked, { modelName: model.name, costs, ...limits }),
    )
    const { question, answer } = begun
    const events = this.#events.listen(conversationId, signal)
    for (const message of [question, answer]) {
      this.#events.publish(conversationId, { type: 'message', message, headId: answer.id })
    }
    await this.#events.tell('message', conversationId, question.id)
    this.#answers.start(asker, model, begun)
    return untilEnd(events, answer.id)
  }

  async #missed(
    principal: KnownPrincipal,
    conversationId: string,
    after: { readonly messageId: string; readonly seq: number } | undefined,
  ): Promise<readonly ChatEvent[]> {
    const live = this.#answers.find(conversationId)
    if (live) {
      const steps = after?.messageId === live.id ? live.since(after.seq) : undefined
      return steps ?? [{ type: 'message', message: live.message, headId: live.id }]
    }
    const messages = await findMessages(this.#options.db, conversationId)
    const message =
      messages.find(({ status }) => status === 'streaming') ?? messages.find(({ id }) => id === after?.messageId)
    if (!message) return []
    const { headId } = await findMessage(this.#options.db, principal, message.id)
    return [{ type: 'message', message, headId }]
  }
}
