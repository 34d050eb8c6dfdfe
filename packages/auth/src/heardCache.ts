import { LRUCache } from 'lru-cache'
import type { ChangeListener } from './changeListener.ts'

export interface HeardCacheOptions<Entry> {
  readonly listener: ChangeListener
  /** Entries kept at most. */
  readonly max: number
  /** Called for each entry that is removed. */
  readonly onGone?: (entry: Entry, key: string) => void
}

/**
 * Caches answers for as long as PostgreSQL notifies us of what changes them. While the listener is down nothing is
 * cached, and an answer whose read began before a change is not cached after it.
 */
export class HeardCache<Entry extends object> {
  readonly #entries: LRUCache<string, Entry>
  readonly #listener: ChangeListener
  /** Counts invalidations, so that a read that began before one is not cached after it. */
  #epoch = 0
  /** How often an entry was found here, and how often not, since the process began. */
  readonly counts = { hits: 0, misses: 0 }
  /** The reads that are running, so that many who ask for the same at once share one. */
  readonly #reads = new Map<string, { readonly epoch: number; readonly read: Promise<Entry | undefined> }>()

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

  /** The entry for a key, from the cache or from `read`, whose answer is cached only if nothing changed meanwhile. */
  async get<Read extends Entry | undefined>(key: string, read: () => Promise<Read>): Promise<Entry | Read> {
    const cached = this.peek(key)
    if (cached) {
      this.counts.hits++
      return cached
    }
    this.counts.misses++
    const epoch = this.#epoch
    const running = this.#reads.get(key)
    // One that began before a change must not answer who asks after it.
    if (running?.epoch === epoch) return (await running.read) as Read // by the same function: see the key
    const reading = read()
    this.#reads.set(key, { epoch, read: reading })
    try {
      const entry = await reading
      if (entry && this.#listener.isListening && epoch === this.#epoch) {
        this.#entries.set(key, entry)
        this.onKept(key, entry)
      }
      return entry
    } finally {
      if (this.#reads.get(key)?.read === reading) this.#reads.delete(key)
    }
  }

  peek(key: string): Entry | undefined {
    return this.#listener.isListening ? this.#entries.get(key) : undefined
  }

  /** Drops an entry in this process. Other processes are notified by the database. */
  drop(key: string): void {
    this.#epoch++
    this.#entries.delete(key)
  }

  clear(): void {
    this.#epoch++
    this.#entries.clear()
  }

  /** For subclasses with a further index of entries. */
  protected onKept(_key: string, _entry: Entry): void {}
}
