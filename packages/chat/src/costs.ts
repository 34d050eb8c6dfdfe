import { type Database, thisMonth } from '@worldloom/db'
import { ConflictError } from '@worldloom/schema'
import { sql } from 'kysely'
import { type Spender, type Usage, usageOfKey } from './usage.ts'

/** What a million tokens cost, in US dollars: so what one costs, in millionths of one. */
export interface TokenPrices {
  readonly input: number
  readonly output: number
}

/** What may be spent, in US dollars. */
export interface CostCaps {
  readonly perAnswer?: number | undefined
  readonly perConversation?: number | undefined
  /** By one person in a month (UTC). */
  readonly perMonth?: number | undefined
  /** By everybody together in a month (UTC). */
  readonly ofAllPerMonth?: number | undefined
}

export interface CostSettings {
  readonly prices: TokenPrices
  readonly caps: CostCaps
}

/** What an answer may cost: it is ended before it costs more. */
export interface CostBudget {
  readonly prices: TokenPrices
  /** Millionths of a US dollar. */
  readonly micros: number
  /** How many tokens each step may write. */
  readonly answerTokens: number
}

/** How many rounds of tool calls an answer may make before it has to end. */
export const mostSteps = 8
/** Estimates of tokens can be too low by this. */
const caution = 1.5
/** An answer that could not be longer than this is not begun. */
const shortestAnswer = 256

/** In millionths of a US dollar, rounded up. */
export function costOf({ input, output }: TokenPrices, { inputTokens, outputTokens }: Usage): number {
  return Math.ceil(inputTokens * input + outputTokens * output)
}

/** What the next step of an answer costs at most. @param promptTokens an estimate of what it reads */
export function mostOfStep({ prices, answerTokens }: Omit<CostBudget, 'micros'>, promptTokens: number): number {
  return costOf(prices, { inputTokens: promptTokens * caution, outputTokens: answerTokens })
}

/**
 * How much an answer may cost, by what is left of each cap. To be stored with the answer while it is written, in the same
 * transaction, which serializes the person's questions.
 *
 * @throws {ConflictError} if there is not enough left for even a short answer
 */
export async function reserveCost(
  trx: Database,
  { prices, caps }: CostSettings,
  about: {
    readonly spender: Spender
    /** What the key may cost in a month, in millionths of a US dollar. */
    readonly keyMicros: number | undefined
    readonly conversationId: string
    readonly promptTokens: number
    readonly answerTokens: number
  },
): Promise<CostBudget> {
  const { spender, keyMicros, conversationId, promptTokens, answerTokens } = about
  const { userId, apiKeyId } = spender
  const most = mostSteps * mostOfStep({ prices, answerTokens }, promptTokens)
  const left: { readonly micros: number; readonly of: string }[] = []
  if (caps.perAnswer !== undefined) left.push({ micros: toMicros(caps.perAnswer), of: 'one answer' })
  if (caps.perConversation !== undefined) {
    const used = await spentIn(trx, conversationId)
    left.push({ micros: toMicros(caps.perConversation) - used, of: 'one conversation' })
  }
  if (caps.perMonth !== undefined) {
    const used = await spentThisMonth(trx, userId)
    left.push({ micros: toMicros(caps.perMonth) - used, of: 'one person in a month' })
  }
  if (keyMicros !== undefined && apiKeyId) {
    const { costMicros } = await usageOfKey(trx, apiKeyId)
    left.push({ micros: keyMicros - costMicros, of: 'this API key in a month' })
  }
  if (caps.ofAllPerMonth !== undefined) {
    // One after the other, as each counts what the others have reserved.
    await sql`select pg_advisory_xact_lock(hashtextextended('chat costs of all', 0))`.execute(trx)
    const used = await spentThisMonth(trx)
    left.push({ micros: toMicros(caps.ofAllPerMonth) - used, of: 'everybody here in a month' })
  }
  const least = mostOfStep({ prices, answerTokens: Math.min(shortestAnswer, answerTokens) }, promptTokens)
  const exhausted = left.find(({ micros }) => micros < least)
  if (exhausted) {
    throw new ConflictError(`This answer could cost more than is left of what ${exhausted.of} may cost.`)
  }
  const micros = Math.min(most, ...left.map((each) => each.micros))
  const ofPrompt = costOf(prices, { inputTokens: promptTokens * caution, outputTokens: 0 })
  const affordable = prices.output > 0 ? Math.floor((micros - ofPrompt) / prices.output) : answerTokens
  return { prices, micros, answerTokens: Math.min(answerTokens, affordable) }
}

/** What somebody, or everybody, has spent this month, with what is reserved for answers that are being written. */
export async function spentThisMonth(db: Database, userId?: string): Promise<number> {
  const { rows } = await sql<{ micros: number }>`
    select (
      coalesce((
        select sum(cost_micros) from chat_usage
        where day >= ${thisMonth}
          and (${userId ?? null}::uuid is null or user_id = ${userId ?? null}::uuid)
      ), 0) + coalesce((
        select sum(messages.reserved_micros) from messages join conversations on conversations.id = messages.conversation_id
        where messages.status = 'streaming'
          and (${userId ?? null}::uuid is null or conversations.user_id = ${userId ?? null}::uuid)
      ), 0)
    )::float8 as micros`.execute(db)
  return rows[0]?.micros ?? 0
}

async function spentIn(db: Database, conversationId: string): Promise<number> {
  const { micros } = await db
    .selectFrom('messages')
    .where('conversationId', '=', conversationId)
    .select(sql<number>`coalesce(sum(coalesce(cost_micros, reserved_micros, 0)), 0)::float8`.as('micros'))
    .executeTakeFirstOrThrow()
  return micros
}

/** US dollars as millionths of one. */
export function toMicros(dollars: number): number {
  return Math.round(dollars * 1_000_000)
}

export function toDollars(micros: number): number {
  return micros / 1_000_000
}
