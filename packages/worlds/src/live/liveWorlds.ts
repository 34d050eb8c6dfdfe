import type { ChangeListener, KnownPrincipal } from '@worldloom/auth'
import type { Database } from '@worldloom/db'
import {
  type HistoryItem,
  type LiveEvent,
  NotFoundError,
  type PersonHere,
  RateLimitedError,
  SyncAnewError,
} from '@worldloom/schema'
import { requireMember } from '../changes/history.ts'
import { readHeads } from '../changes/items.ts'
import { reaches } from '../reach.ts'
import { proposalsChannel, worldChannel } from './announce.ts'
import { presenceChannel } from './presence.ts'
import { type Proposals, readPending } from './proposals.ts'
import { Wake, wakeInTurns } from './wake.ts'
import { nobody, nothingProposed, WorldFeed } from './worldFeed.ts'

export interface LiveWorldsOptions {
  readonly db: Database
  /** Receives what all processes announce. */
  readonly listener: ChangeListener
  readonly onError: (error: unknown) => void
  /** Where the database has replicas: what they have to have replayed to have everything so far. */
  readonly position?: () => Promise<string | undefined>
  /** How many streams one person can have in this process; a browser has one. @default 2,000 */
  readonly maxStreams?: number
}

/** What a stream is to follow. */
export interface Following {
  readonly principal: KnownPrincipal
  /** Looks up who is reading once more. @throws if they may not read any more */
  readonly recheck: () => Promise<KnownPrincipal>
  readonly worldIds: readonly string[]
  /** Where the reader is, by world. The stream of any other world begins with now. */
  readonly since?: ReadonlyMap<string, number> | undefined
  readonly signal?: AbortSignal | undefined
}

interface Stream {
  readonly userId: string
  /** Of a browser or an access token. */
  readonly sessionId: string | undefined
  readonly wake: Wake
  /** What is to be looked up again: its reader's rights, or also whether they are a member. */
  due: 'nothing' | 'rights' | 'membership'
}

/** A world in a stream. */
interface Followed {
  readonly feed: WorldFeed
  position: number
  /** Whom the reader knows to be here. */
  people: readonly PersonHere[]
  /** What the reader knows of proposals. */
  proposals: Proposals
}

const tickMilliseconds = 500
/** How often, in ticks, heads are looked at even though nothing was announced. */
const lookEvery = 10
/** How often, in ticks, readers are looked up although nothing is known to have changed: a session may have expired. */
const recheckEvery = 120

/**
 * The changes to worlds as they are committed, in this or any other process, for readers who stay.
 *
 * The processes announce that a world has changed; what has changed is read from the log, once per process and world. A
 * reader takes from there at its own pace, so that slow ones cost no memory.
 */
export class LiveWorlds {
  readonly #options: LiveWorldsOptions
  readonly #feeds = new Map<string, WorldFeed>()
  readonly #streams = new Set<Stream>()
  readonly #closed = new AbortController()
  readonly #timer: NodeJS.Timeout
  #ticks = 0
  #wasListening = false

  constructor(options: LiveWorldsOptions) {
    this.#options = options
    const lost = () => {
      this.#wasListening = false
    }
    options.listener.subscribe({
      channel: worldChannel,
      changed: (worldId) => this.#report(this.#feeds.get(worldId)?.catchUp()),
      lost,
    })
    options.listener.subscribe({
      channel: presenceChannel,
      changed: (worldId) => this.#report(this.#feeds.get(worldId)?.lookWhoIsHere()),
      lost,
    })
    options.listener.subscribe({
      channel: proposalsChannel,
      changed: (worldId) => this.#report(this.#feeds.get(worldId)?.lookAtProposals()),
      lost,
    })
    // Without a channel: changes to sessions, keys and permissions.
    options.listener.subscribe({ changed: (payload) => this.#hearOfRights(payload), lost })
    this.#timer = setInterval(() => this.#tick(), tickMilliseconds)
    this.#timer.unref()
  }

  /** How many readers there are. */
  get readers(): number {
    return this.#streams.size
  }

  /** Ends all streams. */
  close(): void {
    clearInterval(this.#timer)
    this.#closed.abort()
    for (const { wake } of this.#streams) wake.wake()
  }

  /**
   * Yields what happens in some worlds, each event with the position of the stream after it, until the reader leaves or
   * may not read any more.
   *
   * @throws {NotFoundError} unless the reader is a member of one of the worlds
   * @throws {SyncAnewError} for a position that the log does not have
   * @throws {RateLimitedError} for more streams than a person can have
   * @throws what `recheck` does, when the reader has lost access
   */
  async *follow(following: Following): AsyncGenerator<[position: string, event: LiveEvent]> {
    const { recheck, signal, since } = following
    const { db } = this.#options
    const { principal } = following
    const stream: Stream = {
      userId: principal.user.id,
      sessionId: 'sessionId' in principal ? principal.sessionId : undefined,
      wake: new Wake(),
      due: 'nothing',
    }
    this.#requireRoom(stream.userId)
    const followed = new Map<string, Followed>()
    const leave = (worldId: string) => {
      const feed = followed.get(worldId)?.feed
      followed.delete(worldId)
      if (feed) this.#leave(feed, stream.wake)
    }
    // The positions of worlds that are gone stay, so that the text is never empty.
    const positions = new Map<string, number>()
    const position = () => [...positions].map(([worldId, at]) => `${worldId}:${at}`).join()
    const onAbort = () => stream.wake.wake()
    signal?.addEventListener('abort', onAbort)
    this.#streams.add(stream)
    try {
      let reader = principal
      const gone: string[] = []
      for (const worldId of new Set(following.worldIds)) {
        const feed = await this.#join(worldId, stream.wake)
        const world: Followed = {
          feed,
          position: since?.get(worldId) ?? feed.head,
          people: nobody,
          proposals: nothingProposed,
        }
        followed.set(worldId, world)
        // After joining: the feed has it if they cease to be a member from now on.
        if (!(await isMember(db, reader, worldId))) {
          leave(worldId)
          gone.push(worldId)
          continue
        }
        const start = world.position
        // Another process may know of changes that this one has not heard of.
        if (start > feed.head) await feed.catchUp()
        if (start > feed.head) throw new SyncAnewError()
        if (!(await feed.readAfter(start))) throw new SyncAnewError()
        positions.set(worldId, start)
      }
      if (followed.size === 0) throw new NotFoundError('world')
      yield [position(), { type: 'start' }]
      for (const worldId of gone) yield [position(), { type: 'gone', worldId }]

      while (followed.size > 0 && !signal?.aborted && !this.#closed.signal.aborted) {
        let isIdle = true
        for (const [worldId, world] of followed) {
          const { feed } = world
          const items = await feed.readAfter(world.position)
          const { people, proposals } = feed
          if (items?.length === 0 && people === world.people && proposals === world.proposals) continue
          isIdle = false
          // After reading: what was committed after they lost access was announced after that, too.
          reader = await recheck()
          if (!reaches(reader, worldId)) {
            leave(worldId)
            yield [position(), { type: 'gone', worldId }]
            continue
          }
          if (!items) {
            world.position = feed.head
            positions.set(worldId, world.position)
            yield [position(), { type: 'reset', worldId, ...readFrom(feed) }]
          }
          for (const change of items ?? []) {
            world.position = change.position
            positions.set(worldId, world.position)
            if (endsAccess(change, reader)) {
              leave(worldId)
              yield [position(), { type: 'gone', worldId }]
              break
            }
            yield [position(), { type: 'change', worldId, change, ...readFrom(feed) }]
          }
          if (people !== world.people && followed.has(worldId)) {
            world.people = people
            yield [position(), { type: 'here', worldId, people: [...people] }]
          }
          if (proposals !== world.proposals && followed.has(worldId)) {
            world.proposals = proposals
            yield [position(), { type: 'proposals', worldId, ...proposals, ...readFrom(feed) }]
          }
        }
        if (!isIdle) continue
        await stream.wake.wait()
        const { due } = stream
        if (due === 'nothing') continue
        stream.due = 'nothing'
        reader = await recheck()
        for (const worldId of [...followed.keys()]) {
          // That they cease to be a member is in the log, unless it was done past Worldloom.
          if (due === 'rights' ? reaches(reader, worldId) : await isMember(db, reader, worldId)) continue
          leave(worldId)
          yield [position(), { type: 'gone', worldId }]
        }
      }
    } finally {
      signal?.removeEventListener('abort', onAbort)
      this.#streams.delete(stream)
      for (const worldId of [...followed.keys()]) leave(worldId)
    }
  }

  #requireRoom(userId: string): void {
    const { maxStreams = 2000 } = this.#options
    let count = 0
    for (const stream of this.#streams) if (stream.userId === userId) count++
    if (count < maxStreams) return
    const limit = { name: 'streams', points: maxStreams, seconds: 60 }
    throw new RateLimitedError(
      limit,
      60,
      `You follow worlds in ${maxStreams} places already. Close some of them first.`,
    )
  }

  async #join(worldId: string, wake: Wake): Promise<WorldFeed> {
    let feed = this.#feeds.get(worldId)
    if (!feed) {
      feed = new WorldFeed(this.#options.db, worldId, this.#options.position)
      this.#feeds.set(worldId, feed)
    }
    feed.readers.add(wake)
    try {
      await feed.start()
    } catch (error) {
      this.#leave(feed, wake)
      throw error
    }
    return feed
  }

  #leave(feed: WorldFeed, wake: Wake): void {
    feed.readers.delete(wake)
    if (feed.readers.size === 0) this.#feeds.delete(feed.worldId)
  }

  /** @param payload as db/migrations/0005_shared_worlds.sql, notify_principal_changed, writes it */
  #hearOfRights(payload: string): void {
    const [kind, subject, sessionId] = payload.split(':')
    // Signing keys.
    if (kind === 'j') return
    const concerned = [...this.#streams].filter(
      (stream) => (kind === 's' ? stream.sessionId === sessionId : kind === 'u' ? stream.userId === subject : true), // of everybody
    )
    this.#recheck(concerned, 'rights')
  }

  #recheck(streams: readonly Stream[], due: 'rights' | 'membership'): void {
    wakeInTurns(streams, (stream) => {
      if (stream.due !== 'membership') stream.due = due
      stream.wake.wake()
    })
  }

  /** Without the listener nobody is told of anything, so everything is looked at more often. */
  #tick(): void {
    this.#ticks++
    const { isListening } = this.#options.listener
    const isBack = isListening && !this.#wasListening
    this.#wasListening = isListening
    if (this.#feeds.size === 0) return
    if (!isListening || isBack || this.#ticks % lookEvery === 0) this.#report(this.#lookAtHeads())
    if (this.#ticks % recheckEvery === 0) this.#recheck([...this.#streams], 'membership')
    else if (!isListening) this.#recheck([...this.#streams], 'rights')
    if (this.#ticks % lookEvery !== 0) return
    for (const feed of this.#feeds.values()) this.#report(feed.lookWhoIsHere())
  }

  async #lookAtHeads(): Promise<void> {
    const { db } = this.#options
    const worldIds = [...this.#feeds.keys()]
    const [heads, pending] = await Promise.all([readHeads(db, worldIds), readPending(db, worldIds)])
    for (const [worldId, feed] of this.#feeds) {
      feed.hearOfPending(pending.get(worldId))
      if ((heads.get(worldId) ?? 0) > feed.head) await feed.catchUp()
    }
  }

  #report(work: Promise<void> | undefined): void {
    work?.catch((error) => this.#options.onError(error))
  }
}

async function isMember(db: Database, principal: KnownPrincipal, worldId: string): Promise<boolean> {
  try {
    await requireMember(db, principal, worldId)
    return true
  } catch (error) {
    if (error instanceof NotFoundError) return false
    throw error
  }
}

function readFrom({ position }: WorldFeed): { readonly position?: string } {
  return position === undefined ? {} : { position }
}

/** Whether a change takes the world from its reader: it was deleted, or they are not a member any more. */
function endsAccess({ kind, action, subjectId }: HistoryItem, reader: KnownPrincipal): boolean {
  return action === 'delete' && (kind === 'world' || (kind === 'member' && subjectId === reader.user.id))
}
