import type { Actor, KnownPrincipal, Principal } from '@worldloom/auth'
import { type DatabaseHandle, inTransaction } from '@worldloom/db'
import { type Message, textOf } from '@worldloom/schema'
import { sql } from 'kysely'
import { type BegunAnswer, spenderOf } from './beginAnswer.ts'
import type { ConversationEvents } from './conversationEvents.ts'
import { type CostBudget, costOf, mostOfStep, toMicros } from './costs.ts'
import { LiveAnswer } from './liveAnswer.ts'
import type { ChatModel } from './model.ts'
import { worldTools } from './tools.ts'
import { addUsage } from './usage.ts'
import { type AnswerLimits, inventTitle, writeAnswer } from './writeAnswer.ts'

/** Who asked. */
export interface Asker {
  readonly principal: KnownPrincipal
  /** Looks the person up again: an answer takes minutes, and they may lose a permission meanwhile. */
  readonly recheck: () => Promise<Principal>
  /** As the logs name them. */
  readonly actor: Actor
  /** Where people open the app. */
  readonly publicUrl: string
}

export interface RunningAnswersOptions {
  readonly db: DatabaseHandle['db']
  readonly events: ConversationEvents
  readonly limits: AnswerLimits
  /** Receives errors of the model, and of storing what it wrote. */
  readonly onError: (error: unknown, messageId: string) => void
}

const storeIntervalMilliseconds = 1000
/** An answer whose process has been silent for this many seconds counts as lost. */
const lostAfterSeconds = 20
const storeAttempts = 5
const stoppedByServer = 'The server was stopped before this answer was finished.'

/** The answers this process is writing: runs the model, publishes each step, and stores what has grown once a second. */
export class RunningAnswers {
  readonly #options: RunningAnswersOptions
  readonly #running = new Map<string, { readonly live: LiveAnswer; readonly done: Promise<void> }>()
  readonly #timer: NodeJS.Timeout
  #storing: Promise<void> = Promise.resolve()
  #isClosing = false

  constructor(options: RunningAnswersOptions) {
    this.#options = options
    this.#timer = setInterval(() => {
      this.#storing = this.#storing.then(() => this.#storeGrown())
    }, storeIntervalMilliseconds)
    this.#timer.unref()
  }

  get isClosing(): boolean {
    return this.#isClosing
  }

  /** Starts writing an answer. It is written to the end even if nobody is listening. */
  start(
    { principal, recheck, actor, publicUrl }: Asker,
    model: ChatModel,
    { conversation, answer, branch, history, instructions, budget }: BegunAnswer,
  ): void {
    const { db, events, limits, onError } = this.#options
    const { id: conversationId, worldId, atSceneId } = conversation
    const live = new LiveAnswer(answer, conversationId, (event) => events.publish(conversationId, event))
    const tools = worldId
      ? worldTools({
          db,
          recheck,
          actor: { ...actor, viaChat: true },
          publicUrl,
          worldId,
          atSceneId,
          conversationId,
          messageId: answer.id,
          onProposed: (proposal) => events.publish(conversationId, { type: 'proposal', proposal }),
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
        budget,
        onError: (error) => onError(error, answer.id),
      })
      const message = live.finish(end)
      try {
        await this.#storeEnd(principal, conversationId, message)
      } catch (error) {
        onError(error, answer.id)
      }
      this.#running.delete(answer.id)
      events.publish(conversationId, { type: 'message', message, headId: message.id })
      if (message.status === 'complete' && branch.length === 1) {
        await this.#giveTitle(principal, model, conversationId, branch, message, budget)
      }
    }
    this.#running.set(answer.id, { live, done: write().catch((error) => onError(error, answer.id)) })
  }

  /** The answer being written in a conversation, if this process writes it. */
  find(conversationId: string): LiveAnswer | undefined {
    return [...this.#running.values()].find(({ live }) => live.conversationId === conversationId)?.live
  }

  /** Stops an answer that this process writes. @returns once it is stored; undefined if it is not written here */
  stop(messageId: string): Promise<void> | undefined {
    const running = this.#running.get(messageId)
    running?.live.stop()
    return running?.done
  }

  /** Ends the answers of processes that are gone. */
  async endLost(): Promise<void> {
    const { db, events } = this.#options
    const lost = await db
      .updateTable('messages')
      // Nobody knows what it has cost: no more than was reserved for it.
      .set(({ ref }) => ({
        ...{ status: 'failed', failure: stoppedByServer, finishedAt: new Date() },
        costMicros: ref('messages.reservedMicros'),
      }))
      .from('conversations')
      .whereRef('conversations.id', '=', 'messages.conversationId')
      .where('messages.status', '=', 'streaming')
      .where('beatAt', '<', sql<Date>`now() - make_interval(secs => ${lostAfterSeconds})`)
      .returning(['messages.id', 'messages.conversationId', 'messages.reservedMicros', 'messages.apiKeyId'])
      .returning('conversations.userId')
      .execute()
    for (const { id, conversationId, reservedMicros, ...spender } of lost) {
      if (reservedMicros) await addUsage(db, spender, { inputTokens: 0, outputTokens: 0 }, Number(reservedMicros))
      await events.tell('message', conversationId, id)
      await events.republish(conversationId, id)
    }
  }

  /** Ends all answers, storing each as far as it got. */
  async close(): Promise<void> {
    this.#isClosing = true
    clearInterval(this.#timer)
    const running = [...this.#running.values()]
    for (const { live } of running) live.stop(stoppedByServer)
    await Promise.all(running.map(({ done }) => done))
    await this.#storing
  }

  async #giveTitle(
    principal: KnownPrincipal,
    model: ChatModel,
    conversationId: string,
    [question]: readonly Message[],
    answer: Message,
    budget: CostBudget | undefined,
  ): Promise<void> {
    const { db, events, onError } = this.#options
    if (this.#isClosing) return
    // Of what the answer has left over; the first words of the question are a title as well.
    if (budget && toMicros(answer.cost ?? 0) + mostOfStep(titleBudget(budget), titlePrompt) > budget.micros) return
    try {
      const { title, ...usage } = await inventTitle(model, question ? textOf(question) : '', textOf(answer))
      await addUsage(db, spenderOf(principal), usage, budget ? costOf(budget.prices, usage) : 0)
      if (title === '') return
      await db
        .updateTable('conversations')
        .set({ title, titleBy: 'model' })
        .where('id', '=', conversationId)
        .where('titleBy', '=', 'words')
        .execute()
      await events.announceTitle(conversationId)
    } catch (error) {
      // The conversation keeps the first words of its question as its title.
      onError(error, answer.id)
    }
  }

  /** One statement for everything that grew, so that many answers at once cost little more than one. */
  async #storeGrown(): Promise<void> {
    const { db, events, onError } = this.#options
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
        select ${events.tellOfMessages} from grown
      `.execute(db)
    } catch (error) {
      for (const live of grown) live.isDirty = true
      onError(error, grown.map(({ id }) => id).join(', '))
    }
  }

  async #storeEnd(principal: KnownPrincipal, conversationId: string, message: Message): Promise<void> {
    // A write that is already under way must not overwrite the end.
    await this.#storing
    const { id, status, parts, seq, failure, finishReason, inputTokens, outputTokens, tokensEstimated, cost } = message
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
              costMicros: cost === null ? null : String(toMicros(cost)),
              finishedAt: new Date(),
            })
            .where('id', '=', id)
            .execute()
          await addUsage(trx, spenderOf(principal), { inputTokens, outputTokens }, toMicros(cost ?? 0))
          await trx
            .updateTable('conversations')
            .set({ updatedAt: new Date() })
            .where('id', '=', conversationId)
            .execute()
        })
        break
      } catch (error) {
        if (attempt === storeAttempts) throw error
        await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** attempt))
      }
    }
    await this.#options.events.tell('message', conversationId, id)
  }
}

/** An estimate of what is read to find a title. */
const titlePrompt = 1200

function titleBudget({ prices }: CostBudget): Omit<CostBudget, 'micros'> {
  return { prices, answerTokens: 200 }
}
