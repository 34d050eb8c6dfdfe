import type { ChangeListener } from './changeListener.ts'
import { HeardCache } from './heardCache.ts'

/** Something cached about a principal, findable by its key and by its user. */
export interface CacheEntry {
  readonly userId: string
}

/** Principals by their credential's key, dropped as soon as a change to them is notified. */
export class PrincipalCache<Entry extends CacheEntry> extends HeardCache<Entry> {
  readonly #keysByUser = new Map<string, Set<string>>()

  /** @param max entries kept at most */
  constructor(listener: ChangeListener, max = 50_000) {
    super({ listener, max, onGone: (entry, key) => this.#forgetKey(entry.userId, key) })
    listener.subscribe({ changed: (payload) => this.#invalidate(payload), lost: () => undefined })
  }

  protected override onKept(key: string, { userId }: Entry): void {
    const keys = this.#keysByUser.get(userId) ?? new Set()
    this.#keysByUser.set(userId, keys.add(key))
  }

  /** @see db/migrations/0005_shared_worlds.sql, notify_principal_changed */
  #invalidate(payload: string): void {
    const [kind, subject = '', sessionId = ''] = payload.split(':')
    if (kind === 's') {
      this.drop(subject)
      this.drop(sessionId)
    } else if (kind === 'u') {
      for (const key of [...(this.#keysByUser.get(subject) ?? [])]) this.drop(key)
    } else if (kind !== 'j') this.clear()
  }

  #forgetKey(userId: string, key: string): void {
    const keys = this.#keysByUser.get(userId)
    keys?.delete(key)
    if (keys?.size === 0) this.#keysByUser.delete(userId)
  }
}
