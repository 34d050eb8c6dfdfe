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
    const rows = [...uses].map(
      ([id, { count, last }]) => sql`(${id}::uuid, ${count}::bigint, ${new Date(last)}::timestamptz)`,
    )
    try {
      await sql`
        update api_keys
        set use_count = use_count + used.count, last_used_at = greatest(last_used_at, used.last)
        from (values ${sql.join(rows)}) as used (id, count, last)
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
