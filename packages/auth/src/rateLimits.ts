import { createHash } from 'node:crypto'
import type { DatabaseHandle } from '@worldloom/db'
import { RateLimitedError } from '@worldloom/schema'
import ipaddr from 'ipaddr.js'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import type { LimitState } from './apiLimit.ts'

/** How many in how many seconds. */
interface Limit {
  readonly points: number
  readonly seconds: number
}

const limits = {
  /** Failed passwords for one account, from IP addresses where it is not signed in. */
  passwordAccount: { points: 10, seconds: 15 * 60 },
  /** Failed passwords from one IP address, for all accounts. */
  passwordAddress: { points: 50, seconds: 15 * 60 },
  /** Wrong codes and passkeys of one account, from whoever has given the first factor. */
  secondFactorAccount: { points: 10, seconds: 15 * 60 },
  secondFactorAddress: { points: 50, seconds: 15 * 60 },
  /** Sign-ins begun with a provider or a passkey. */
  providerAddress: { points: 120, seconds: 10 * 60 },
  signUpAddress: { points: 30, seconds: 3600 },
  /** Mails sent to one person. */
  mailAccount: { points: 5, seconds: 3600 },
  mailAddress: { points: 50, seconds: 3600 },
  /** Attempts to use links from mails. */
  linkAddress: { points: 50, seconds: 15 * 60 },
  refreshAddress: { points: 600, seconds: 15 * 60 },
  /** What apps send to the authorization server. */
  appAddress: { points: 600, seconds: 15 * 60 },
  /** Apps that register themselves. */
  clientAddress: { points: 20, seconds: 3600 },
  /** Reports of leaked keys. */
  reportAddress: { points: 600, seconds: 15 * 60 },
  /** Codes of devices that are not there. */
  deviceCodeAccount: { points: 10, seconds: 15 * 60 },
  deviceCodeAddress: { points: 50, seconds: 15 * 60 },
  /** Tokens issued to one session. */
  tokenSession: { points: 120, seconds: 60 },
} as const satisfies Record<string, Limit>

export type LimitName = keyof typeof limits

/** Whoever asks for an account that is not theirs must not learn what others do with it. */
const aboutAccounts: ReadonlySet<LimitName> = new Set(['passwordAccount', 'mailAccount', 'secondFactorAccount'])

/** What counts attempts. */
export type RateLimiting = Pick<RateLimits, 'consume' | 'giveBack' | 'forget'>

function stateOf(name: LimitName, { consumedPoints, msBeforeNext }: RateLimiterRes): LimitState {
  const { points, seconds } = limits[name]
  const reset = Math.max(1, Math.ceil(msBeforeNext / 1000))
  return { name, points, seconds, remaining: Math.max(0, points - consumedPoints), reset }
}

/** Limits shared by all processes through PostgreSQL. One that has been reached is cached in the process. */
export class RateLimits {
  readonly #pool: DatabaseHandle['pool']
  readonly #limiters: Readonly<Record<LimitName, RateLimiterPostgres>>

  constructor(pool: DatabaseHandle['pool']) {
    this.#pool = pool
    const entries = Object.entries<Limit>(limits).map(([name, { points, seconds }]) => [
      name,
      new RateLimiterPostgres({
        // Unnamed: the pool decides whether statements are prepared, as not every pooler supports that.
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

  /** The same limits, reporting what is left of those that say nothing about anybody's account. */
  reporting(report: (state: LimitState) => void): RateLimiting {
    const told = (name: LimitName, state: LimitState) => {
      if (!aboutAccounts.has(name)) report(state)
    }
    return {
      consume: async (name, key) => {
        const state = await this.consume(name, key)
        told(name, state)
        return state
      },
      giveBack: async (name, key) => {
        const state = await this.giveBack(name, key)
        told(name, state)
        return state
      },
      forget: (name, key) => this.forget(name, key),
    }
  }

  /** Takes one. @throws {RateLimitedError} if none is left */
  async consume(name: LimitName, key: string): Promise<LimitState> {
    try {
      return stateOf(name, await this.#limiters[name].consume(digest(key)))
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error
      throw new RateLimitedError({ name, ...limits[name] }, Math.max(1, Math.ceil(error.msBeforeNext / 1000)))
    }
  }

  /** Gives one back, after what turned out not to be a failure. */
  async giveBack(name: LimitName, key: string): Promise<LimitState> {
    return stateOf(name, await this.#limiters[name].reward(digest(key)))
  }

  async forget(name: LimitName, key: string): Promise<void> {
    await this.#limiters[name].delete(digest(key))
  }

  async deleteExpired(): Promise<void> {
    await this.#pool.query('delete from rate_limits where expire < $1', [Date.now()])
  }
}

/** The key of an IP address. In IPv6 one key covers a /64, which belongs to one subscriber. */
export function addressKey(ipAddress: string | undefined): string {
  if (!ipAddress || !ipaddr.isValid(ipAddress)) return 'unknown'
  const address = ipaddr.process(ipAddress)
  if (address.kind() === 'ipv4') return address.toString()
  return address.toByteArray().slice(0, 8).join('.')
}

/** IP and e-mail addresses are not stored as they are, and fit the column whatever is sent. */
function digest(key: string): string {
  return createHash('sha256').update(key).digest('base64url')
}
