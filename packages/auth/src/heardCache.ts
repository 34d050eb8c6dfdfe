import { LRUCache } from 'lru-cache'
import type { ChangeListener } from './changeListener.ts'

export interface HeardCacheOptions<Entry> {
  readonly listener: ChangeListener
  /** Entries kept at most. */
  readonly max: number
  /** Told of each entry that goes. */
  readonly onGone?: (entry: Entry, key: string) => void
}

/**
 * Answers kept for as long as PostgreSQL tells us of what changes them. While the listener is down nothing is kept,
 * and an answer whose reading began before a change is not kept after it.
 */
export class HeardCache<Entry extends object> {
  readonly #entries: LRUCache<string, Entry>
  readonly #listener: ChangeListener
  /** Counts what was invalidated, so that a read that began before is not stored after. */
  #epoch = 0

  constructor({ listener, max, onGone }: HeardCacheOptions<Entry>) {
    this.#listener = listener
    this.#entries = new LRUCache<string, Entry>({
      max,
      ttl: 10 * 60_000,
      // Finer would set a timer for almost every look-up.
      ttlResolution: 1000,
      ...(onGone && { dispose: onGone }),
    })
    listener.subscribe({ changed: () => this.#epoch++, lost: () => this.clear() })
  }

  /** The entry of a key, from the cache or by `read`, which is trusted only if nothing changed meanwhile. */
  async get<Read extends Entry | undefined>(key: string, read: () => Promise<Read>): Promise<Entry | Read> {
    const cached = this.peek(key)
    if (cached) return cached
    const epoch = this.#epoch
    const entry = await read()
    if (entry && this.#listener.isListening && epoch === this.#epoch) {
      this.#entries.set(key, entry)
      this.onKept(key, entry)
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

  clear(): void {
    this.#epoch++
    this.#entries.clear()
  }

  /** For those that find entries by more than their key. */
  protected onKept(_key: string, _entry: Entry): void {}
}
