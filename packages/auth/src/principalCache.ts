import { LRUCache } from 'lru-cache'
import type { ChangeListener } from './changeListener.ts'

/** Something cached about a principal, findable by its key and by its user. */
export interface CacheEntry {
  readonly userId: string
}

/**
 * Principals by what identifies their credential, for as long as PostgreSQL tells us of every change to them.
 * While the listener is down nothing is cached, so that a revocation holds on every process at once.
 */
export class PrincipalCache<Entry extends CacheEntry> {
  readonly #entries: LRUCache<string, Entry>
  readonly #keysByUser = new Map<string, Set<string>>()
  readonly #listener: ChangeListener
  /** Counts what was invalidated, so that a read that began before is not stored after. */
  #epoch = 0

  /** @param size entries kept at most */
  constructor(listener: ChangeListener, size = 50_000) {
    this.#listener = listener
    this.#entries = new LRUCache<string, Entry>({
      max: size,
      ttl: 10 * 60_000,
      // Finer would set a timer for almost every look-up.
      ttlResolution: 1000,
      dispose: (entry, key) => this.#forgetKey(entry.userId, key),
    })
    listener.subscribe({ changed: (payload) => this.#invalidate(payload), lost: () => this.#clear() })
  }

  /** The entry of a key, from the cache or by `read`, which is trusted only if nothing changed meanwhile. */
  async get(key: string, read: () => Promise<Entry | undefined>): Promise<Entry | undefined> {
    const cached = this.peek(key)
    if (cached) return cached
    const epoch = this.#epoch
    const entry = await read()
    if (entry && this.#listener.isListening && epoch === this.#epoch) {
      this.#entries.set(key, entry)
      const keys = this.#keysByUser.get(entry.userId) ?? new Set()
      this.#keysByUser.set(entry.userId, keys.add(key))
    }
    return entry
  }

  peek(key: string): Entry | undefined {
    return this.#listener.isListening ? this.#entries.get(key) : undefined
  }

  /** Drops one entry here. Other processes learn it from the database. */
  drop(key: string): void {
    this.#epoch++
    this.#entries.delete(key)
  }

  /** @see db/migrations/0004_access.sql, notify_principal_changed */
  #invalidate(payload: string): void {
    this.#epoch++
    const [kind, subject = '', sessionId = ''] = payload.split(':')
    if (kind === 's') {
      this.#entries.delete(subject)
      this.#entries.delete(sessionId)
    } else if (kind === 'u') {
      for (const key of [...(this.#keysByUser.get(subject) ?? [])]) this.#entries.delete(key)
    } else if (kind !== 'j') this.#clear()
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
