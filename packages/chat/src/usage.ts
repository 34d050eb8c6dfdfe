import { type Database, thisMonth, today } from '@worldloom/db'
import { RateLimitedError } from '@worldloom/schema'
import { sql } from 'kysely'

/** How much somebody may use the model per day (UTC). */
export interface DailyLimits {
  readonly requests: number
  readonly tokens: number
}

export interface Usage {
  readonly inputTokens: number
  readonly outputTokens: number
}

const secondsOfDay = 86_400

/** Takes one of today's requests. @throws {RateLimitedError} if requests or tokens are used up */
export async function takeRequest(db: Database, userId: string, limits: DailyLimits): Promise<void> {
  const taken = await db
    .insertInto('chatUsage')
    .values({ userId, day: today, requests: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['userId', 'day'])
        .doUpdateSet({ requests: sql`chat_usage.requests + 1` })
        .where('chatUsage.requests', '<', limits.requests)
        .where(sql<boolean>`chat_usage.input_tokens + chat_usage.output_tokens < ${limits.tokens}`),
    )
    .returning('requests')
    .executeTakeFirst()
  if (taken) return
  const { requests } = await usageToday(db, userId)
  const what =
    requests >= limits.requests
      ? `${limits.requests} questions, as many as one may ask in a day`
      : `${limits.tokens.toLocaleString('en')} tokens, as many as one may use in a day`
  const wait = secondsOfDay - (Math.floor(Date.now() / 1000) % secondsOfDay)
  throw new RateLimitedError(
    { name: 'chat', points: limits.requests, seconds: secondsOfDay },
    wait,
    `That were ${what}. It goes on in ${wait < 5400 ? `${Math.ceil(wait / 60)} minutes` : `${Math.ceil(wait / 3600)} hours`}.`,
  )
}

/** Whose use of the model is counted. */
export interface Spender {
  readonly userId: string
  /** The key that they use it with, if any. */
  readonly apiKeyId?: string | null | undefined
}

/** Records what an answer used, and what that cost. @param cost millionths of a US dollar */
export async function addUsage(
  db: Database,
  { userId, apiKeyId }: Spender,
  { inputTokens, outputTokens }: Usage,
  cost = 0,
): Promise<void> {
  await db
    .insertInto('chatUsage')
    .values({ userId, day: today, inputTokens, outputTokens, costMicros: cost })
    .onConflict((conflict) =>
      conflict.columns(['userId', 'day']).doUpdateSet({
        inputTokens: sql`chat_usage.input_tokens + ${inputTokens}`,
        outputTokens: sql`chat_usage.output_tokens + ${outputTokens}`,
        costMicros: sql`chat_usage.cost_micros + ${cost}`,
      }),
    )
    .execute()
  if (!apiKeyId) return
  const tokens = inputTokens + outputTokens
  // A key that is gone meanwhile has no budget either.
  await sql`
    insert into api_key_chat_usage (api_key_id, month, tokens, cost_micros)
    select id, ${thisMonth}, ${tokens}::bigint, ${cost}::bigint from api_keys where id = ${apiKeyId}
    on conflict (api_key_id, month) do update set
      tokens = api_key_chat_usage.tokens + excluded.tokens,
      cost_micros = api_key_chat_usage.cost_micros + excluded.cost_micros`.execute(db)
}

/** What a key has used of the chat this month (UTC), with what is reserved for answers that are being written. */
export async function usageOfKey(db: Database, apiKeyId: string): Promise<{ tokens: number; costMicros: number }> {
  const { rows } = await sql<{ tokens: number; costMicros: number }>`
    select coalesce(max(tokens), 0)::float8 as tokens, (coalesce(max(cost_micros), 0) + coalesce((
      select sum(reserved_micros) from messages where status = 'streaming' and api_key_id = ${apiKeyId}
    ), 0))::float8 as "costMicros"
    from api_key_chat_usage where api_key_id = ${apiKeyId} and month = ${thisMonth}`.execute(db)
  return rows[0] ?? { tokens: 0, costMicros: 0 }
}

export async function usageToday(db: Database, userId: string): Promise<{ requests: number; tokens: number }> {
  const used = await db
    .selectFrom('chatUsage')
    .where('userId', '=', userId)
    .where('day', '=', today)
    .select(['requests', sql<number>`(input_tokens + output_tokens)::float8`.as('tokens')])
    .executeTakeFirst()
  return used ?? { requests: 0, tokens: 0 }
}

/** Deletes what was used more than three years ago: statistics go no further back. */
export async function deleteOldUsage(db: Database): Promise<void> {
  await db
    .deleteFrom('chatUsage')
    .where('day', '<', sql<string>`((now() at time zone 'utc') - interval '3 years')::date`)
    .execute()
}
