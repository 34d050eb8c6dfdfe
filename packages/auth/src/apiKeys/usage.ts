import type { Database } from '@worldloom/db'
import { sql } from 'kysely'

const flushMilliseconds = 2000

/** Counts uses of API keys and writes them in batches: a write per use would cost more than the request itself. */
export class ApiKeyUsage {
  readonly #db: Database
  #uses = new Map<string, { count: number; last: number }>()
  #timer: NodeJS.Timeout | undefined

  constructor(db: Database) {
    this.#db = db
  }

  count(apiKeyId: string): void {
    const use = this.#uses.get(apiKeyId)
    if (use) {
      use.count++
      use.last = Date.now()
    } else this.#uses.set(apiKeyId, { count: 1, last: Date.now() })
    this.#timer ??= setTimeout(() => this.flush().catch(() => undefined), flushMilliseconds).unref()
  }

  /** Writes the counts. Those that can't be written are added back. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const uses = this.#uses
    if (uses.size === 0) return
    this.#uses = new Map()
    // In the same order in all processes, so that none waits for another in a circle.
    const rows = [...uses]
      .toSorted(([one], [other]) => one.localeCompare(other))
      .map(([id, { count, last }]) => sql`(${id}::uuid, ${count}::bigint, ${new Date(last)}::timestamptz)`)
    try {
      await sql`
        with used (id, count, last) as (values ${sql.join(rows)}), counted as (
          insert into api_key_usage (day, api_key_id, count)
          select (last at time zone 'utc')::date, id, count from used order by id
          on conflict (day, api_key_id) do update set count = api_key_usage.count + excluded.count
        )
        update api_keys
        set use_count = use_count + used.count, last_used_at = greatest(last_used_at, used.last)
        from used
        where api_keys.id = used.id`.execute(this.#db)
    } catch (error) {
      for (const [id, { count, last }] of uses) {
        const since = this.#uses.get(id)
        this.#uses.set(id, { count: count + (since?.count ?? 0), last: since?.last ?? last })
      }
      throw error
    }
  }
}
