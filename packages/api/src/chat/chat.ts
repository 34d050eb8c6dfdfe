import type { KnownPrincipal, Principal } from '@worldloom/auth'
import type { DatabaseHandle } from '@worldloom/db'
import {
  BadInputError,
  branchTo,
  type ChatEvent,
  ConflictError,
  type chatEditInput,
  type chatSendInput,
  type chatWatchInput,
  type Message,
  type modelSettings,
  NotConfiguredError,
  NotFoundError,
  type Proposal,
  textOf,
} from '@worldloom/schema'
import { sql } from 'kysely'
import pLimit from 'p-limit'
import type { z } from 'zod'
import { inTransaction } from '../transaction.ts'
import { findWorldById } from '../worlds/read.ts'
import { ConversationEvents, type ConversationEventsOptions, inOrder, untilEnd } from './conversationEvents.ts'
import {
  findMessage,
  findMessages,
  type LockedConversation,
  lockConversation,
  messageColumns,
  summarizeConversation,
} from './conversations.ts'
import { estimateTokens, historyOf } from './history.ts'
import { instructionsFor } from './instructions.ts'
import { LiveAnswer } from './liveAnswer.ts'
import type { ChatModel } from './model.ts'
import { worldTools } from './tools.ts'
import { addUsage, type DailyLimits, takeRequest, usageToday } from './usage.ts'
import { type AnswerLimits, inventTitle, writeAnswer } from './writeAnswer.ts'

export interface ChatLimits extends AnswerLimits {
  readonly perDay: DailyLimits
  /** Characters. */
  readonly message: number
  /** Tokens of a conversation that the model is told. */
  readonly contextTokens: number
}

export interface ChatOptions extends Omit<ConversationEventsOptions, 'onStop'> {
  readonly model: ChatModel | undefined
  /** Settings without which there is no model. */
  readonly missing: readonly (typeof modelSettings)[number][]
  readonly limits: ChatLimits
}

const storeMilliseconds = 1000
/** After so many seconds without a sign of life an answer counts as lost with its process. */
const lostAfter = 20
const mostMessages = 500
/** Questions that are stored at the same time. */
const mostBeginning = 4
/** Answers that are written for one person at a time. */
const mostAtOnce = 3

/** Whoever asks something. */
export interface Asker {
  readonly principal: KnownPrincipal
  /** Who it is by then: an answer takes minutes, and they may have lost a permission meanwhile. */
  readonly recheck: () => Promise<Principal>
}

/** A question that was stored, with the answer to it that begins. */
interface Begun {
  readonly conversation: LockedConversation
  readonly question: Message
  readonly answer: Message
  readonly branch: readonly Message[]
}

/**
 * The conversations that are going on in this process: writes the answers, whoever listens, stores them as they grow,
 * and tells those who watch, on other processes too.
 */
export class Chat {
  readonly #options: ChatOptions
  readonly #events: ConversationEvents
  readonly #running = new Map<string, { readonly live: LiveAnswer; readonly done: Promise<void> }>()
  readonly #timer: NodeJS.Timeout
  #storing: Promise<void> = Promise.resolve()
  /** Many who ask at once must not hold all of the pool's connections: everybody else needs them too. */
  readonly #beginning = pLimit(mostBeginning)
  #isClosing = false

  constructor(options: ChatOptions) {
    this.#options = options
    this.#events = new ConversationEvents({
      ...options,
      onStop: (messageId) => this.#running.get(messageId)?.live.stop(),
    })
    this.#timer = setInterval(() => {
      this.#storing = this.#storing.then(() => this.#storeGrown())
    }, storeMilliseconds)
    this.#timer.unref()
  }

  /** What there is to talk to, and how much of it is left today. */
  async status(principal: KnownPrincipal) {
    const { db, model, missing, limits } = this.#options
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
    }
  }

  /**
   * Asks something, and gives what is written until the answer ends. It goes on being written where nobody listens.
   *
   * @param signal ends the listening, and nothing else
   * @throws {NotConfiguredError | NotFoundError | BadInputError | ConflictError | RateLimitedError} before anything is stored
   */
  async send(
    asker: Asker,
    { conversationId, text, parentId }: z.output<typeof chatSendInput>,
    signal?: AbortSignal | undefined,
  ): Promise<AsyncIterable<ChatEvent>> {
    return await this.#begin(asker, conversationId, { text, parentId }, signal)
  }

  /** Asks something else in place of a question; both stay, each with what followed. @throws as {@link send} */
  async edit(
    asker: Asker,
    { messageId, text }: z.output<typeof chatEditInput>,
    signal?: AbortSignal | undefined,
  ): Promise<AsyncIterable<ChatEvent>> {
    const question = await findMessage(this.#options.db, asker.principal, messageId)
    if (question.role !== 'user')
      throw new BadInputError({ messageId: ['Must be a question: only those can be edited'] })
    return await this.#begin(asker, question.conversationId, { text, parentId: question.parentId }, signal)
  }

  /** Has a question answered once more; both answers stay. @throws as {@link send} */
  async retry(asker: Asker, messageId: string, signal?: AbortSignal | undefined): Promise<AsyncIterable<ChatEvent>> {
    const answer = await findMessage(this.#options.db, asker.principal, messageId)
    if (answer.role !== 'assistant' || !answer.parentId) {
      throw new BadInputError({ messageId: ['Must be an answer: only those can be tried again'] })
    }
    return await this.#begin(asker, answer.conversationId, { questionId: answer.parentId }, signal)
  }

  /**
   * All that happens in a conversation from now on, in whatever tab or process; first what is being written, from where
   * one was.
   *
   * @param signal ends it
   * @throws {NotFoundError}
   */
  async watch(
    principal: KnownPrincipal,
    { conversationId, after }: z.output<typeof chatWatchInput>,
    signal: AbortSignal | undefined,
  ): Promise<AsyncIterable<ChatEvent>> {
    const { db } = this.#options
    await summarizeConversation(db, principal, conversationId)
    const events = this.#events.listen(conversationId, signal)
    const missed = await this.#missed(principal, conversationId, after)
    return inOrder(missed, events)
  }

  /** Ends an answer, wherever it is written; what is there of it stays. @throws {NotFoundError} */
  async stop(principal: KnownPrincipal, messageId: string): Promise<{ id: string }> {
    const { db } = this.#options
    await findMessage(db, principal, messageId)
    const running = this.#running.get(messageId)
    if (running) {
      running.live.stop()
      await running.done
    } else await this.#events.tell('stop', messageId)
    return { id: messageId }
  }

  /** Lets those who watch see what became of a proposal. */
  async decided(conversationId: string, proposal: Proposal): Promise<void> {
    this.#events.publish(conversationId, { type: 'proposal', proposal })
    await this.#events.tell('proposal', conversationId, proposal.id)
  }

  /** Lets those who watch see that it is called something else. */
  async renamed(conversationId: string): Promise<void> {
    await this.#events.publishTitle(conversationId)
    await this.#events.tell('title', conversationId)
  }

  /** Ends answers whose process is gone. */
  async endLost(): Promise<void> {
    const { db } = this.#options
    const lost = await db
      .updateTable('messages')
      .set({
        status: 'failed',
        failure: 'The server was stopped while it answered.',
        finishedAt: new Date(),
      })
      .where('status', '=', 'streaming')
      .where('beatAt', '<', sql<Date>`now() - make_interval(secs => ${lostAfter})`)
      .returning(['id', 'conversationId'])
      .execute()
    for (const { id, conversationId } of lost) {
      await this.#events.tell('message', conversationId, id)
      await this.#events.republish(conversationId, id)
    }
  }

  /** Ends all answers, each stored as far as it came. */
  async close(): Promise<void> {
    this.#isClosing = true
    clearInterval(this.#timer)
    const running = [...this.#running.values()]
    for (const { live } of running) live.stop('The server was stopped while it answered.')
    await Promise.all(running.map(({ done }) => done))
    await this.#storing
    this.#events.close()
  }

  async #begin(
    asker: Asker,
    conversationId: string,
    asked: { readonly text: string; readonly parentId: string | null | undefined } | { readonly questionId: string },
    signal: AbortSignal | undefined,
  ): Promise<AsyncIterable<ChatEvent>> {
    const { db, model, missing, limits } = this.#options
    const { principal } = asker
    if (!model) throw new NotConfiguredError('model', missing)
    if (this.#isClosing) throw new ConflictError('The server is about to stop. Try again in a moment.')
    if ('text' in asked && asked.text.length > limits.message) {
      throw new BadInputError({ text: [`At most ${limits.message.toLocaleString('en')} characters`] })
    }
    const begun = await this.#beginning(() =>
      inTransaction(db, async (trx) => {
        const conversation = await lockConversation(trx, principal, conversationId)
        const world = conversation.worldId ? await findWorldById(trx, principal, conversation.worldId) : null
        const before = await findMessages(trx, conversationId)
        if (before.length > mostMessages) {
          throw new ConflictError('This conversation is as long as one may be. Begin another.')
        }
        // It holds the person's count until the end, so that several at once are counted one after the other.
        await takeRequest(trx, principal.user.id, limits.perDay)
        await this.#requireIdle(trx, principal, before)
        const question =
          'text' in asked
            ? await addQuestion(trx, conversation, before, asked)
            : before.find(({ id, role }) => id === asked.questionId && role === 'user')
        if (!question) throw new NotFoundError('message')
        const branch = [...branchTo(before, question.parentId), question]
        const instructions = instructionsFor(world)
        const budget = Math.max(0, limits.contextTokens - estimateTokens(instructions))
        const history = historyOf(branch, budget)
        const answer = await trx
          .insertInto('messages')
          .values({
            conversationId,
            parentId: question.id,
            role: 'assistant',
            status: 'streaming',
            model: model.name,
            omitted: history.omitted,
          })
          .returning(messageColumns)
          .$castTo<Message>() // no parts yet
          .executeTakeFirstOrThrow()
        await trx
          .updateTable('conversations')
          .set({
            headId: answer.id,
            updatedAt: new Date(),
            ...(conversation.title === '' && { title: firstWords(textOf(question)) }),
          })
          .where('id', '=', conversationId)
          .execute()
        return { conversation, question, answer, branch, history, instructions }
      }),
    )
    const events = this.#events.listen(conversationId, signal)
    for (const message of [begun.question, begun.answer]) {
      this.#events.publish(conversationId, { type: 'message', message, headId: begun.answer.id })
    }
    await this.#events.tell('message', conversationId, begun.question.id)
    this.#start(asker, model, begun)
    return untilEnd(events, begun.answer.id)
  }

  /** @throws {ConflictError} while an answer is being written here, or too many elsewhere */
  async #requireIdle(trx: DatabaseHandle['db'], principal: KnownPrincipal, messages: readonly Message[]) {
    if (messages.some(({ status }) => status === 'streaming')) {
      throw new ConflictError('An answer is being written. Wait for it, or stop it first.')
    }
    const { count } = await trx
      .selectFrom('messages')
      .innerJoin('conversations', 'conversations.id', 'messages.conversationId')
      .where('conversations.userId', '=', principal.user.id)
      .where('messages.status', '=', 'streaming')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow()
    if (Number(count) >= mostAtOnce) {
      throw new ConflictError(`Only ${mostAtOnce} answers are written for one person at a time. Wait for one of them.`)
    }
  }

  #start(
    { principal, recheck }: Asker,
    model: ChatModel,
    {
      conversation,
      answer,
      branch,
      history,
      instructions,
    }: Begun & {
      readonly history: ReturnType<typeof historyOf>
      readonly instructions: string
    },
  ): void {
    const { db, limits, onError } = this.#options
    const { id: conversationId, worldId } = conversation
    const live = new LiveAnswer(answer, conversationId, (event) => this.#events.publish(conversationId, event))
    const tools = worldId
      ? worldTools({
          db,
          recheck,
          worldId,
          conversationId,
          messageId: answer.id,
          onProposed: (proposal) => this.#events.publish(conversationId, { type: 'proposal', proposal }),
          onError: (error) => onError(error, answer.id),
        })
      : {}
    const write = async () => {
      const end = await writeAnswer(live, {
        model: model.model,
        instructions,
        messages: history.messages,
        tools,
        limits,
        onError: (error) => onError(error, answer.id),
      })
      const message = live.finish(end)
      try {
        await this.#storeEnd(principal, conversationId, message)
      } catch (error) {
        onError(error, answer.id)
      }
      this.#running.delete(answer.id)
      this.#events.publish(conversationId, { type: 'message', message, headId: message.id })
      if (message.status === 'complete' && branch.length === 1)
        await this.#giveTitle(principal, model, conversationId, branch, message)
    }
    this.#running.set(answer.id, { live, done: write().catch((error) => onError(error, answer.id)) })
  }

  async #giveTitle(
    principal: KnownPrincipal,
    model: ChatModel,
    conversationId: string,
    [question]: readonly Message[],
    answer: Message,
  ): Promise<void> {
    const { db, onError } = this.#options
    if (this.#isClosing) return
    try {
      const { title, ...usage } = await inventTitle(model, question ? textOf(question) : '', textOf(answer))
      await addUsage(db, principal.user.id, usage)
      if (title === '') return
      await db
        .updateTable('conversations')
        .set({ title, titleBy: 'model' })
        .where('id', '=', conversationId)
        .where('titleBy', '=', 'words')
        .execute()
      await this.renamed(conversationId)
    } catch (error) {
      // It is called by its first words until then, and stays so.
      onError(error, answer.id)
    }
  }

  /** In one statement for all that grew, so that many at once are little more than one. */
  async #storeGrown(): Promise<void> {
    const running = [...this.#running.values()].map(({ live }) => live)
    if (running.length === 0) return
    const grown = running.filter(({ isDirty }) => isDirty)
    const messages = grown.map((live) => {
      live.isDirty = false
      return live.message
    })
    try {
      await sql`
        with alive as (
          update messages set beat_at = now() where id = any(${running.map(({ id }) => id)}::uuid[])
            and id <> all(${grown.map(({ id }) => id)}::uuid[])
        ), grown as (
          update messages set parts = v.parts, seq = v.seq, beat_at = now()
          from unnest(
            ${messages.map(({ id }) => id)}::uuid[],
            ${messages.map(({ parts }) => JSON.stringify(parts))}::json[],
            ${messages.map(({ seq }) => seq)}::int[]
          ) as v (id, parts, seq)
          where messages.id = v.id and messages.status = 'streaming'
          returning messages.id, messages.conversation_id
        )
        select ${this.#events.tellOfMessages} from grown
      `.execute(this.#options.db)
    } catch (error) {
      for (const live of grown) live.isDirty = true
      this.#options.onError(error, grown.map(({ id }) => id).join(', '))
    }
  }

  async #storeEnd(principal: KnownPrincipal, conversationId: string, message: Message): Promise<void> {
    // One that was begun before must not overwrite the end.
    await this.#storing
    const { id, status, parts, seq, failure, finishReason, inputTokens, outputTokens, tokensEstimated } = message
    for (let attempt = 1; ; attempt++) {
      try {
        await inTransaction(this.#options.db, async (trx) => {
          await trx
            .updateTable('messages')
            .set({
              status,
              parts: JSON.stringify(parts),
              seq,
              failure,
              finishReason,
              inputTokens,
              outputTokens,
              tokensEstimated,
              finishedAt: new Date(),
            })
            .where('id', '=', id)
            .execute()
          await addUsage(trx, principal.user.id, { inputTokens, outputTokens })
          await trx
            .updateTable('conversations')
            .set({ updatedAt: new Date() })
            .where('id', '=', conversationId)
            .execute()
        })
        break
      } catch (error) {
        if (attempt === 5) throw error
        await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** attempt))
      }
    }
    await this.#events.tell('message', conversationId, id)
  }

  async #missed(
    principal: KnownPrincipal,
    conversationId: string,
    after: { readonly messageId: string; readonly seq: number } | undefined,
  ): Promise<readonly ChatEvent[]> {
    const live = [...this.#running.values()].find((running) => running.live.conversationId === conversationId)?.live
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

async function addQuestion(
  trx: DatabaseHandle['db'],
  conversation: LockedConversation,
  before: readonly Message[],
  { text, parentId = conversation.headId }: { readonly text: string; readonly parentId?: string | null | undefined },
): Promise<Message> {
  if (parentId !== null && !before.some(({ id, role }) => id === parentId && role === 'assistant')) {
    throw new BadInputError({ parentId: ['Must be an answer of this conversation'] })
  }
  return await trx
    .insertInto('messages')
    .values({
      conversationId: conversation.id,
      parentId,
      role: 'user',
      parts: JSON.stringify([{ type: 'text', text }]),
    })
    .returning(messageColumns)
    .$castTo<Message>() // the part above
    .executeTakeFirstOrThrow()
}

const longestTitle = 60

function firstWords(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim()
  if (line.length <= longestTitle) return line
  const cut = line.slice(0, longestTitle).toWellFormed()
  return `${cut.slice(0, cut.lastIndexOf(' ') > 20 ? cut.lastIndexOf(' ') : longestTitle)} …`
}
