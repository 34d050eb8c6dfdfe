import { createHash } from 'node:crypto'
import type { DatabaseHandle } from '@worldloom/db'
import { RateLimitedError } from '@worldloom/schema'
import ipaddr from 'ipaddr.js'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'

/** So many in so many seconds. */
interface Limit {
  readonly points: number
  readonly seconds: number
}

const limits = {
  /** Failed passwords for one account, from where it is not known to be used. */
  passwordAccount: { points: 10, seconds: 15 * 60 },
  /** The same from one address, for all accounts. */
  passwordAddress: { points: 50, seconds: 15 * 60 },
  /** Sign-ins begun with a provider. */
  providerAddress: { points: 120, seconds: 10 * 60 },
  signUpAddress: { points: 30, seconds: 3600 },
  /** Mails sent to one person. */
  mailAccount: { points: 5, seconds: 3600 },
  mailAddress: { points: 50, seconds: 3600 },
  /** Links out of mails, tried. */
  linkAddress: { points: 50, seconds: 15 * 60 },
  refreshAddress: { points: 600, seconds: 15 * 60 },
  /** Of tokens minted by one session. */
  tokenSession: { points: 120, seconds: 60 },
} as const satisfies Record<string, Limit>

export type LimitName = keyof typeof limits

/** Limits that all processes share, in PostgreSQL; one that is reached is remembered in front of it. */
export class RateLimits {
  readonly #pool: DatabaseHandle['pool']
  readonly #limiters: Readonly<Record<LimitName, RateLimiterPostgres>>

  constructor(pool: DatabaseHandle['pool']) {
    this.#pool = pool
    const entries = Object.entries<Limit>(limits).map(([name, { points, seconds }]) => [
      name,
      new RateLimiterPostgres({
        // Unnamed: the pool decides whether statements are prepared, since not every pooler can keep them.
        storeClient: { query: ({ text, values }: { text: string; values: unknown[] }) => pool.query(text, values) },
        storeType: 'client',
        tableName: 'rate_limits',
        tableCreated: true,
        clearExpiredByTimeout: false,
        keyPrefix: name,
        points,
        duration: seconds,
        inMemoryBlockOnConsumed: points + 1,
      }),
    ])
    this.#limiters = Object.fromEntries(entries) // keyed by the names of `limits`
  }

  /** Takes one. @throws {RateLimitedError} when there is none left */
  async consume(name: LimitName, key: string): Promise<void> {
    try {
      await this.#limiters[name].consume(digest(key))
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error
      throw new RateLimitedError({ name, ...limits[name] }, Math.max(1, Math.ceil(error.msBeforeNext / 1000)))
    }
  }

  /** Gives one back: it was no failure after all. */
  async giveBack(name: LimitName, key: string): Promise<void> {
    await this.#limiters[name].reward(digest(key))
  }

  async forget(name: LimitName, key: string): Promise<void> {
    await this.#limiters[name].delete(digest(key))
  }

  async deleteExpired(): Promise<void> {
    await this.#pool.query('delete from rate_limits where expire < $1', [Date.now()])
  }
}

/** One key for an address; for all of a /64 in IPv6, which one subscriber has to themselves. */
export function addressKey(ipAddress: string | undefined): string {
  if (!ipAddress || !ipaddr.isValid(ipAddress)) return 'unknown'
  const address = ipaddr.process(ipAddress)
  if (address.kind() === 'ipv4') return address.toString()
  return address.toByteArray().slice(0, 8).join('.')
}

/** Addresses and e-mails are not kept as they are, and fit the column whatever somebody sends. */
function digest(key: string): string {
  return createHash('sha256').update(key).digest('base64url')
}
