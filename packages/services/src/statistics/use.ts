import { type Database, thisMonth } from '@worldloom/db'
import { lastDays, type UseStatistics } from '@worldloom/schema'
import { sql } from 'kysely'
import { type DayCount, toSeries } from './series.ts'

/** What a million tokens cost, in US dollars. */
export interface TokenPrices {
  readonly input: number
  readonly output: number
}

/** How API keys and the chat were used, by day. */
export async function countUse(db: Database, days: number, prices: TokenPrices | undefined): Promise<UseStatistics> {
  const shown = lastDays(days)
  const from = shown[0] ?? ''
  const [keys, chat, top, people] = await Promise.all([
    sql<DayCount>`
      select day::text, 'Requests' as name, sum(count)::int as count from api_key_usage where day >= ${from}::date group by day`.execute(
      db,
    ),
    // What was used before costs were kept is counted by the prices of today.
    sql<{ day: string; requests: number; input: number; output: number; dollars: number }>`
      select day::text, sum(requests)::int as requests, sum(input_tokens)::float8 as input, sum(output_tokens)::float8 as output,
        sum(case when cost_micros > 0 then cost_micros
          else input_tokens * ${prices?.input ?? 0}::float8 + output_tokens * ${prices?.output ?? 0}::float8 end)::float8 / 1000000 as dollars
      from chat_usage where day >= ${from}::date group by day`.execute(db),
    sql<UseStatistics['topKeys'][number]>`
      select coalesce(api_keys.name, 'A deleted key') as name, coalesce(users.display_name, '') as owner, used.count
      from (
        select api_key_id, sum(count)::int as count from api_key_usage where day >= ${from}::date group by api_key_id
        order by count desc limit 20
      ) as used
        left join api_keys on api_keys.id = used.api_key_id left join users on users.id = api_keys.user_id
      order by used.count desc`.execute(db),
    sql<UseStatistics['chatByPerson'][number]>`
      select users.display_name as name, sum(requests)::int as questions, sum(input_tokens + output_tokens)::float8 as tokens,
        sum(cost_micros)::float8 / 1000000 as dollars
      from chat_usage join users on users.id = chat_usage.user_id
      where day >= ${thisMonth}
      group by users.id order by sum(cost_micros) desc, tokens desc limit 20`.execute(db),
  ])
  const ofChat = (name: string, count: (row: (typeof chat.rows)[number]) => number): DayCount[] =>
    chat.rows.map((row) => ({ day: row.day, name, count: count(row) }))
  return {
    apiKeys: toSeries(shown, keys.rows, ['Requests']),
    chatRequests: toSeries(
      shown,
      ofChat('Questions', ({ requests }) => requests),
      ['Questions'],
    ),
    chatTokens: toSeries(
      shown,
      [...ofChat('Read by the model', ({ input }) => input), ...ofChat('Written by the model', ({ output }) => output)],
      ['Read by the model', 'Written by the model'],
    ),
    chatCost: prices
      ? toSeries(
          shown,
          ofChat('US dollars', ({ dollars }) => dollars),
          ['US dollars'],
        )
      : null,
    chatByPerson: people.rows,
    topKeys: top.rows,
  }
}
