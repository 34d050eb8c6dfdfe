import type { DatabaseHandle } from '@worldloom/db'
import { RateLimitedError } from '@worldloom/schema'
import type { KnownPrincipal } from './principal.ts'

const seconds = 60
const flushMilliseconds = 1000
/** What a process has counted is told to the others once it is this share of the limit: most callers never get there. */
const worthSharing = 0.1

/** How much of its limit a caller has left. */
export interface LimitState {
  readonly name: string
  readonly points: number
  readonly seconds: number
  readonly remaining: number
  /** Seconds until all is there again. */
  readonly reset: number
}

interface Counted {
  /** Of all processes, as of the last time this one asked. */
  shared: number
  /** Of this process, and not told yet. */
  own: number
  endsAt: number
}

/**
 * How much one API key, or one person with all their sessions and tokens, may ask for in a minute. Counted in this process, as a
 * statement for each request would take as long as most requests, and shared with others through PostgreSQL every second by those who ask
 * for much: together they may exceed the limit by what they ask for in a second.
 */
export class ApiLimit {
  readonly #pool: DatabaseHandle['pool']
  readonly #points: number
  readonly #onError: (error: unknown) => void
  readonly #counted = new Map<string, Counted>()
  readonly #timer: NodeJS.Timeout

  /** @param points in a minute; 0 for no limit */
  constructor(pool: DatabaseHandle['pool'], points: number, onError: (error: unknown) => void) {
    this.#pool = pool
    this.#points = points
    this.#onError = onError
    this.#timer = setInterval(() => void this.share().catch(onError), flushMilliseconds)
    this.#timer.unref()
  }

  /**
   * Takes what a call costs.
   *
   * @returns undefined without a limit
   * @throws {RateLimitedError} if there is not as much left; then nothing is taken
   */
  spend(principal: KnownPrincipal, cost: number): LimitState | undefined {
    if (this.#points === 0) return undefined
    const counted = this.#of(keyOf(principal))
    if (counted.shared + counted.own + cost > this.#points) {
      const { name, points, reset } = this.#state(principal, counted)
      throw new RateLimitedError({ name, points, seconds }, reset)
    }
    counted.own += cost
    return this.#state(principal, counted)
  }

  /** What is left, without taking anything. */
  peek(principal: KnownPrincipal): LimitState | undefined {
    return this.#points === 0 ? undefined : this.#state(principal, this.#of(keyOf(principal)))
  }

  /** Tells other processes what this one has counted, and learns what they have. */
  async share(): Promise<void> {
    const now = Date.now()
    const told: [key: string, points: number, endsAt: number][] = []
    for (const [key, counted] of this.#counted) {
      if (counted.endsAt <= now) this.#counted.delete(key)
      else if (counted.own > 0 && counted.shared + counted.own >= this.#points * worthSharing) {
        told.push([key, counted.own, counted.endsAt])
        counted.shared += counted.own
        counted.own = 0
      }
    }
    if (told.length === 0) return
    const { rows } = await this.#pool.query<{ key: string; points: number; expire: string }>(
      `insert into rate_limits (key, points, expire)
       select * from unnest($1::text[], $2::int[], $3::bigint[])
       on conflict (key) do update set
         points = case when rate_limits.expire <= $4 then excluded.points else rate_limits.points + excluded.points end,
         expire = case when rate_limits.expire <= $4 then excluded.expire else rate_limits.expire end
       returning key, points, expire`,
      [told.map(([key]) => key), told.map(([, points]) => points), told.map(([, , endsAt]) => endsAt), now],
    )
    for (const { key, points, expire } of rows) {
      const counted = this.#counted.get(key)
      if (!counted) continue
      counted.shared = points
      // Whatever the clocks of others say, nobody waits for longer than a minute.
      counted.endsAt = Math.min(Number(expire), now + seconds * 1000)
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.share().catch(this.#onError)
  }

  #of(key: string): Counted {
    const now = Date.now()
    const known = this.#counted.get(key)
    if (known && known.endsAt > now && known.endsAt <= now + seconds * 1000) return known
    const counted = { shared: 0, own: 0, endsAt: now + seconds * 1000 }
    this.#counted.set(key, counted)
    return counted
  }

  #state({ kind }: KnownPrincipal, { shared, own, endsAt }: Counted): LimitState {
    return {
      name: kind === 'apiKey' ? 'apiKey' : 'person',
      points: this.#points,
      seconds,
      remaining: Math.max(0, this.#points - shared - own),
      reset: Math.max(1, Math.ceil((endsAt - Date.now()) / 1000)),
    }
  }
}

function keyOf(principal: KnownPrincipal): string {
  return principal.kind === 'apiKey' ? `api:k:${principal.apiKeyId}` : `api:u:${principal.user.id}`
}
