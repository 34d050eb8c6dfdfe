import { readError, type WorldEvent } from '@worldloom/client'
import { call } from '../../lib/api.ts'

/** What tabs tell each other. */
type Message =
  /** The worlds that a tab shows. */
  | { readonly type: 'wants'; readonly tab: string; readonly worldIds: readonly string[] }
  /** A new leader asks the others what they show. */
  | { readonly type: 'ask' }
  /** What arrived in the stream. */
  | { readonly type: 'event'; readonly event: WorldEvent }

const leaderLock = 'worldloom-live'
const lockOf = (tab: string) => `worldloom-live-${tab}`

/** Milliseconds: the first and the longest pause before the stream is opened again. */
const pauses = { first: 500, longest: 30_000 }

/**
 * One stream of changes for all tabs of a browser, which may open only six connections to a host. The tab that holds a
 * lock reads it for all of them and passes on what arrives. When that tab is closed, another one continues where it was.
 * Where there are no locks (without HTTPS, off localhost) each tab has its own.
 *
 * @see https://developer.mozilla.org/docs/Web/API/Web_Locks_API
 */
export class SharedStream {
  readonly #tab = crypto.randomUUID()
  readonly #onEvent: (event: WorldEvent['data']) => void
  readonly #channel: BroadcastChannel | undefined
  readonly #shown = new Set<string>()
  /** Of each tab, the worlds that it shows. Only the leader knows all. */
  readonly #wanted = new Map<string, readonly string[]>()
  #isLeader = false
  #lastEventId: string | undefined
  #followed = ''
  #stream: { unsubscribe(): void } | undefined
  #failures = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(onEvent: (event: WorldEvent['data']) => void) {
    this.#onEvent = onEvent
    if (!navigator.locks) {
      this.#lead()
      return
    }
    this.#channel = new BroadcastChannel('worldloom-live')
    this.#channel.onmessage = ({ data }: MessageEvent<Message>) => this.#hear(data)
    // Kept until the tab is closed, so that the leader notices.
    void navigator.locks.request(lockOf(this.#tab), () => new Promise(() => undefined))
    void navigator.locks.request(leaderLock, () => {
      this.#lead()
      return new Promise(() => undefined)
    })
  }

  /** Identifies this tab to the server as well. */
  get tab(): string {
    return this.#tab
  }

  /** Receives what happens in a world from now on. @returns stops that */
  show(worldId: string): () => void {
    this.#shown.add(worldId)
    this.#tellWanted()
    return () => {
      this.#shown.delete(worldId)
      this.#tellWanted()
    }
  }

  #tellWanted(): void {
    const worldIds = [...this.#shown]
    if (this.#isLeader) this.#want(this.#tab, worldIds)
    else this.#post({ type: 'wants', tab: this.#tab, worldIds })
  }

  #post(message: Message): void {
    this.#channel?.postMessage(message)
  }

  #hear(message: Message): void {
    if (message.type === 'event') {
      // Without an id, it is from the leader itself.
      this.#lastEventId = message.event.id || this.#lastEventId
      this.#onEvent(message.event.data)
    } else if (message.type === 'ask') this.#tellWanted()
    else if (this.#isLeader) {
      if (!this.#wanted.has(message.tab)) {
        void navigator.locks.request(lockOf(message.tab), () => {
          this.#wanted.delete(message.tab)
          this.#openSoon()
        })
      }
      this.#want(message.tab, message.worldIds)
    }
  }

  #lead(): void {
    this.#isLeader = true
    this.#post({ type: 'ask' })
    this.#tellWanted()
  }

  #want(tab: string, worldIds: readonly string[]): void {
    this.#wanted.set(tab, worldIds)
    this.#openSoon()
  }

  /** After a moment, as several tabs may ask at once, and a page leaves one world before it shows another. */
  #openSoon(pause = 50): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#open(), pause)
  }

  #open(): void {
    // As many as a stream can follow.
    const worldIds = [...new Set([...this.#wanted.values()].flat())].sort().slice(0, 20)
    const followed = worldIds.join()
    if (followed === this.#followed && this.#stream) return
    this.#stream?.unsubscribe()
    this.#stream = undefined
    this.#followed = followed
    if (worldIds.length === 0) return
    const lastEventId = this.#lastEventId
    const isKnown = lastEventId !== undefined && worldIds.some((id) => lastEventId.includes(id))
    const stream = call.world.changes.subscribe(
      { worldIds, ...(isKnown && { lastEventId }) },
      {
        onData: (event) => {
          if (stream !== this.#stream) return
          this.#failures = 0
          this.#lastEventId = event.id
          this.#post({ type: 'event', event })
          this.#onEvent(event.data)
        },
        // A server that stops ends its streams; another one continues.
        onComplete: () => stream === this.#stream && this.#reopen(),
        onError: (error) => {
          if (stream !== this.#stream) return
          const { reason } = readError(error)
          if (reason?.kind === 'syncAnew') {
            this.#lastEventId = undefined
            for (const worldId of worldIds) this.#pass({ type: 'reset', worldId })
          }
          // Nobody is taken away from what they are writing because their session has ended: pages find out when they ask.
          this.#reopen()
        },
      },
    )
    this.#stream = stream
  }

  #pass(data: WorldEvent['data']): void {
    this.#post({ type: 'event', event: { id: '', data } })
    this.#onEvent(data)
  }

  #reopen(): void {
    this.#stream = undefined
    this.#openSoon(Math.min(pauses.longest, pauses.first * 2 ** this.#failures) * (0.75 + Math.random() / 2))
    this.#failures++
  }
}
