import { createClient } from '@worldloom/db'
import { LRUCache } from 'lru-cache'

const channel = 'principal_changed'
const heartbeatMilliseconds = 5000
const reconnectMilliseconds = 250

/** Something cached about a principal, findable by its session and by its user. */
export interface CacheEntry {
  readonly userId: string
}

export interface PrincipalCacheOptions {
  readonly databaseUrl: string
  /** Entries kept at most. @default 50,000 */
  readonly size?: number
  /** Told when the listener is lost (with the reason) and when it is back. */
  readonly onListening?: (listening: boolean, reason?: Error) => void
}

/**
 * Principals by the hash of their token, for as long as PostgreSQL tells us of every change to them.
 *
 * Triggers `NOTIFY` when a session ends, or a user, role or permission changes, on whatever path. While the
 * listening connection is down nothing is cached, so that a revocation holds on every process at once.
 */
export class PrincipalCache<Entry extends CacheEntry> {
  readonly #entries: LRUCache<string, Entry>
  readonly #keysByUser = new Map<string, Set<string>>()
  readonly #options: PrincipalCacheOptions
  #stopListening: (() => Promise<void>) | undefined
  #listening = false
  #closed = false
  /** Counts what was invalidated, so that a read that began before is not stored after. */
  #epoch = 0

  constructor(options: PrincipalCacheOptions) {
    this.#options = options
    this.#entries = new LRUCache<string, Entry>({
      max: options.size ?? 50_000,
      ttl: 10 * 60_000,
      // Finer would set a timer for almost every look-up.
      ttlResolution: 1000,
      dispose: (entry, key) => this.#forgetKey(entry.userId, key),
    })
  }

  /** Begins to listen. Does not fail where the database is down: it is tried again until it is up. */
  async start(): Promise<void> {
    await this.#connect()
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#listening = false
    this.#clear()
    await this.#stopListening?.()
  }

  /** The entry of a token, from the cache or by `read`, which is trusted only if nothing changed meanwhile. */
  async get(key: string, read: () => Promise<Entry | undefined>): Promise<Entry | undefined> {
    const cached = this.peek(key)
    if (cached) return cached
    const epoch = this.#epoch
    const entry = await read()
    if (entry && this.#listening && epoch === this.#epoch) {
      this.#entries.set(key, entry)
      const keys = this.#keysByUser.get(entry.userId) ?? new Set()
      this.#keysByUser.set(entry.userId, keys.add(key))
    }
    return entry
  }

  peek(key: string): Entry | undefined {
    return this.#listening ? this.#entries.get(key) : undefined
  }

  /** Drops one entry here. Other processes learn it from the database. */
  drop(key: string): void {
    this.#epoch++
    this.#entries.delete(key)
  }

  async #connect(): Promise<void> {
    const client = createClient(this.#options.databaseUrl, {
      applicationName: 'worldloom listener',
      statementTimeout: 5,
    })
    let heartbeat: NodeJS.Timeout | undefined
    let lost = false
    const lose = (reason?: Error) => {
      if (lost) return
      lost = true
      clearInterval(heartbeat)
      client.end().catch(() => undefined)
      const wasListening = this.#listening
      this.#listening = false
      this.#clear()
      if (this.#closed) return
      if (wasListening) this.#options.onListening?.(false, reason)
      setTimeout(() => this.#connect(), reconnectMilliseconds).unref()
    }
    client.on('error', lose)
    client.on('end', () => lose())
    client.on('notification', (message) => this.#invalidate(message.payload ?? '*'))
    this.#stopListening = async () => {
      clearInterval(heartbeat)
      await client.end()
    }
    try {
      await client.connect()
      await client.query(`listen ${channel}`)
      // A connection that died without a word must not keep old answers alive.
      heartbeat = setInterval(() => client.query('select 1').catch(lose), heartbeatMilliseconds)
      heartbeat.unref()
      if (lost || this.#closed) return
      this.#listening = true
      this.#options.onListening?.(true)
    } catch (error) {
      lose(error instanceof Error ? error : new Error(String(error)))
    }
  }

  /** @see db/migrations/0001_identity.sql, notify_principal_changed */
  #invalidate(payload: string): void {
    this.#epoch++
    const subject = payload.slice(2)
    if (payload.startsWith('s:')) this.#entries.delete(subject)
    else if (payload.startsWith('u:')) {
      for (const key of [...(this.#keysByUser.get(subject) ?? [])]) this.#entries.delete(key)
    } else this.#clear()
  }

  #clear(): void {
    this.#epoch++
    this.#entries.clear()
    this.#keysByUser.clear()
  }

  #forgetKey(userId: string, key: string): void {
    const keys = this.#keysByUser.get(userId)
    keys?.delete(key)
    if (keys?.size === 0) this.#keysByUser.delete(userId)
  }
}
