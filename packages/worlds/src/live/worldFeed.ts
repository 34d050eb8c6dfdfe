import { isDeepStrictEqual } from 'node:util'
import type { Database } from '@worldloom/db'
import type { HistoryItem, PersonHere } from '@worldloom/schema'
import { readHeads, readItemsAfter } from '../changes/items.ts'
import { readPeople } from './presence.ts'
import { type Proposals, readPending } from './proposals.ts'
import { type Wake, wakeInTurns } from './wake.ts'

/** How many of a world's latest changes are kept in memory. */
const maxRecent = 500
/** How many are read at a time. */
const pageSize = 200
/** A reader that is further behind is told to read everything anew. */
const maxBehind = 10_000

/** The people in a world that nobody has open. */
export const nobody: readonly PersonHere[] = []

/** What is proposed in a world where nothing waits for a decision. */
export const nothingProposed: Proposals = { pending: 0 }

/** The latest changes to one world, who has it open and what is proposed in it, for all its readers in this process. */
export class WorldFeed {
  readonly worldId: string
  readonly readers = new Set<Wake>()
  readonly #db: Database
  readonly #readPosition: (() => Promise<string | undefined>) | undefined
  /** The position of the latest change that was read. */
  #head = 0
  /** The latest changes without a gap, up to the head. */
  #recent: HistoryItem[] = []
  #people = nobody
  #proposals = nothingProposed
  #position: string | undefined
  #started: Promise<void> | undefined
  #catchingUp: Promise<void> | undefined
  #isDue = false

  /** @param readPosition where the database has replicas: a position behind what has been read */
  constructor(db: Database, worldId: string, readPosition?: () => Promise<string | undefined>) {
    this.#db = db
    this.#readPosition = readPosition
    this.worldId = worldId
  }

  get head(): number {
    return this.#head
  }

  /** What a replica has to have replayed to have the latest change. */
  get position(): string | undefined {
    return this.#position
  }

  /** Who has the world open. The same array for as long as that does not change. */
  get people(): readonly PersonHere[] {
    return this.#people
  }

  /** How many proposals wait for a decision. Another object whenever something was proposed or decided. */
  get proposals(): Proposals {
    return this.#proposals
  }

  async start(): Promise<void> {
    this.#started ??= this.#start().catch((error) => {
      this.#started = undefined
      throw error
    })
    await this.#started
  }

  async #start(): Promise<void> {
    const [heads] = await Promise.all([
      readHeads(this.#db, [this.worldId]),
      readPending(this.#db, [this.worldId]).then((pending) => this.hearOfPending(pending.get(this.worldId))),
      this.lookWhoIsHere(),
    ])
    this.#head = Math.max(this.#head, heads.get(this.worldId) ?? 0)
  }

  /** Reads the changes that are new, and wakes the readers. */
  async catchUp(): Promise<void> {
    this.#isDue = true
    this.#catchingUp ??= this.#catchUp().finally(() => {
      this.#catchingUp = undefined
    })
    await this.#catchingUp
  }

  async #catchUp(): Promise<void> {
    await this.start()
    while (this.#isDue) {
      this.#isDue = false
      const items = await readItemsAfter(this.#db, this.worldId, this.#head, pageSize)
      if (!items) {
        // The log was shortened meanwhile, so there is a gap: readers before it find out by reading on.
        this.#head = (await readHeads(this.#db, [this.worldId])).get(this.worldId) ?? this.#head
        this.#recent = []
      } else if (items.length > 0) {
        this.#head = items.at(-1)?.position ?? this.#head
        this.#recent = [...this.#recent, ...items].slice(-maxRecent)
      }
      if (items?.length === pageSize) this.#isDue = true
      if (this.#readPosition && items?.length !== 0) this.#position = await this.#readPosition()
      if (!items || items.length > 0) this.wakeReaders()
    }
  }

  /**
   * The next changes after a position, in order.
   *
   * @returns undefined if the log does not have them any more, or if there are too many
   */
  async readAfter(position: number): Promise<readonly HistoryItem[] | undefined> {
    if (position >= this.#head) return []
    if (this.#head - position > maxBehind) return undefined
    const [first] = this.#recent
    if (first && first.position <= position + 1) {
      const start = position + 1 - first.position
      return this.#recent.slice(start, start + pageSize)
    }
    const items = await readItemsAfter(this.#db, this.worldId, position, pageSize)
    return items?.length === 0 ? undefined : items
  }

  async lookWhoIsHere(): Promise<void> {
    const people = await readPeople(this.#db, this.worldId)
    if (isDeepStrictEqual(people, this.#people)) return
    this.#people = people.length === 0 ? nobody : people
    this.wakeReaders()
  }

  /** Something was proposed or decided. */
  async lookAtProposals(): Promise<void> {
    const pending = await readPending(this.#db, [this.worldId])
    if (this.#readPosition) this.#position = await this.#readPosition()
    this.#proposals = { pending: pending.get(this.worldId) ?? 0 }
    this.wakeReaders()
  }

  /** @param pending how many proposals wait now */
  hearOfPending(pending = 0): void {
    if (pending === this.#proposals.pending) return
    this.#proposals = { pending }
    this.wakeReaders()
  }

  wakeReaders(): void {
    wakeInTurns([...this.readers], (reader) => reader.wake())
  }
}
