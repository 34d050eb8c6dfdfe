import type { KnownPrincipal } from '@worldloom/auth'
import { type Database, type DatabaseHandle, inTransaction } from '@worldloom/db'
import {
  BadInputError,
  branchTo,
  ConflictError,
  entities,
  type Message,
  NotFoundError,
  textOf,
} from '@worldloom/schema'
import { findEntity, findWorldById } from '@worldloom/worlds'
import { findMessages, type LockedConversation, lockConversation, messageColumns } from './conversations.ts'
import { type CostBudget, type CostSettings, reserveCost } from './costs.ts'
import { estimateTokens, historyOf } from './history.ts'
import { instructionsFor } from './instructions.ts'
import { type DailyLimits, type Spender, takeRequest, usageOfKey } from './usage.ts'

/** What a person wants answered: a new question, or an old one once more. */
export type Asked =
  | { readonly text: string; readonly parentId?: string | null | undefined }
  | { readonly questionId: string }

/** A stored question, and the empty answer to it that is about to be written. */
export interface BegunAnswer {
  readonly conversation: LockedConversation
  readonly question: Message
  readonly answer: Message
  /** The messages up to the question, the question included. */
  readonly branch: readonly Message[]
  readonly history: ReturnType<typeof historyOf>
  readonly instructions: string
  /** What it may cost; undefined if no prices are set. */
  readonly budget: CostBudget | undefined
}

export interface BeginAnswerOptions {
  readonly modelName: string
  readonly perDay: DailyLimits
  readonly costs: CostSettings | undefined
  /** Tokens of an answer. */
  readonly answerTokens: number
  /** Tokens of the conversation that the model is sent. */
  readonly contextTokens: number
}

const maxMessages = 500
/** Answers that can be in progress for one person. */
const maxConcurrentAnswers = 3
const maxTitleLength = 60

/**
 * Stores a question and an empty answer to it, and counts them against the person's daily limit, in one transaction.
 *
 * @throws {NotFoundError | BadInputError | ConflictError | RateLimitedError} with nothing stored
 */
export async function beginAnswer(
  db: DatabaseHandle['db'],
  principal: KnownPrincipal,
  conversationId: string,
  asked: Asked,
  { modelName, perDay, contextTokens, costs, answerTokens }: BeginAnswerOptions,
): Promise<BegunAnswer> {
  return await inTransaction(db, async (trx) => {
    const conversation = await lockConversation(trx, principal, conversationId)
    const world = conversation.worldId ? await findWorldById(trx, principal, conversation.worldId) : null
    const before = await findMessages(trx, conversationId)
    if (before.length > maxMessages) {
      throw new ConflictError(`This conversation has reached its limit of ${maxMessages} messages. Start a new one.`)
    }
    // Locks the person's counter until the transaction ends, so that concurrent questions are counted one by one.
    await takeRequest(trx, principal.user.id, perDay)
    await requireKeyTokens(trx, principal)
    await requireIdle(trx, principal, before)
    const question =
      'text' in asked
        ? await addQuestion(trx, conversation, before, asked)
        : before.find(({ id, role }) => id === asked.questionId && role === 'user')
    if (!question) throw new NotFoundError('message')
    const branch = [...branchTo(before, question.parentId), question]
    const scene = conversation.atSceneId && (await findEntity(trx, principal, entities.scene, conversation.atSceneId))
    const instructions = instructionsFor(world, scene || null)
    const history = historyOf(branch, Math.max(0, contextTokens - estimateTokens(instructions)))
    const promptTokens = estimateTokens([instructions, history.messages])
    const spender = spenderOf(principal)
    const keyMicros = principal.kind === 'apiKey' ? principal.monthly?.costMicros : undefined
    const budget =
      costs && (await reserveCost(trx, costs, { spender, keyMicros, conversationId, promptTokens, answerTokens }))
    const answer = await trx
      .insertInto('messages')
      .values({
        conversationId,
        parentId: question.id,
        role: 'assistant',
        status: 'streaming',
        model: modelName,
        apiKeyId: spender.apiKeyId ?? null,
        omitted: history.omitted,
        reservedMicros: budget && String(Math.ceil(budget.micros)),
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
    return { conversation, question, answer, branch, history, instructions, budget }
  })
}

/** Whose use an answer is. */
export function spenderOf(principal: KnownPrincipal): Spender {
  return { userId: principal.user.id, ...(principal.kind === 'apiKey' && { apiKeyId: principal.apiKeyId }) }
}

/** @throws {ConflictError} if a key has used up its tokens of the month */
async function requireKeyTokens(trx: Database, principal: KnownPrincipal): Promise<void> {
  const most = principal.kind === 'apiKey' ? principal.monthly?.tokens : undefined
  if (principal.kind !== 'apiKey' || most === undefined) return
  const { tokens } = await usageOfKey(trx, principal.apiKeyId)
  if (tokens >= most) {
    throw new ConflictError(`This API key has used up its ${most.toLocaleString('en')} tokens of this month.`)
  }
}

/** @throws {ConflictError} while an answer is in progress here, or too many are elsewhere */
async function requireIdle(trx: Database, principal: KnownPrincipal, messages: readonly Message[]): Promise<void> {
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
  if (Number(count) >= maxConcurrentAnswers) {
    throw new ConflictError(
      `You can have ${maxConcurrentAnswers} answers in progress at a time. Wait for one to finish.`,
    )
  }
}

async function addQuestion(
  trx: Database,
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

function firstWords(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim()
  if (line.length <= maxTitleLength) return line
  const cut = line.slice(0, maxTitleLength).toWellFormed()
  return `${cut.slice(0, cut.lastIndexOf(' ') > 20 ? cut.lastIndexOf(' ') : maxTitleLength)} …`
}
