import { setTimeout as delay } from 'node:timers/promises'
import { hostsOf } from '@worldloom/config'
import { type Kysely, sql } from 'kysely'
import { createDatabase, type DatabaseHandle, type DatabaseOptions } from './database.ts'
import { databaseFault } from './errors.ts'
import type { DB } from './generated/types.ts'
import { currentWalPosition, parseWalPosition, type WalPosition } from './walPosition.ts'

/**
 * `serving`: it may be read from. `behind`: it lags by more than is allowed. `unreachable`: it does not answer. `writable`: it is no
 * replica, or no longer. `foreign`: it is of another database. `ahead`: it has what the primary has lost in a failover, and has to
 * be set up anew.
 */
export type ReplicaState = 'serving' | 'behind' | 'unreachable' | 'writable' | 'foreign' | 'ahead'

export interface ReplicaStatus {
  /** Host and port. */
  readonly name: string
  readonly state: ReplicaState
  /** By how many milliseconds at most it is behind; undefined if that is not known. */
  readonly lag: number | undefined
}

export interface ReplicasOptions {
  readonly primary: Kysely<DB>
  readonly urls: readonly string[]
  /** For the connections to each replica. */
  readonly connections: DatabaseOptions
  /** By how many milliseconds one may be behind. @default 1000 */
  readonly maxLag?: number
  /** Called when a replica is left out, with the reason, and when it is taken back. */
  readonly onChange?: (replica: ReplicaStatus, reason: string | undefined) => void
}

/** A replica that has everything that its reader has to see. */
export interface ReadReplica {
  readonly db: Kysely<DB>
  /** Whether it was the replica that failed, so that the primary should be asked instead. It is left out until it answers again. */
  isAtFault(error: unknown): boolean
}

const checkMilliseconds = 250
/** For how long a check waits for a replica, so that one which does not answer delays no other. */
const patience = 200
/** For how long a reader waits for a replica to say how far it is. */
const readerPatience = 50

/** Where the primary was at a time: whoever has replayed as much lacks nothing that was committed before it. */
interface Sample {
  readonly at: number
  readonly position: WalPosition
}

/**
 * Physical replicas of the database, to read from.
 *
 * How far behind one is follows from where the primary was and what the replica has replayed; no clock of another machine is asked, and
 * one that has lost the primary falls behind although nothing is written.
 *
 * @see https://www.postgresql.org/docs/current/hot-standby.html
 */
export class Replicas {
  readonly #options: ReplicasOptions
  readonly #replicas: readonly Replica[]
  /** The latest first. */
  #samples: Sample[] = []
  #next = 0
  #timer: NodeJS.Timeout | undefined
  #closed = false
  /** What every reader has to see; undefined while it is not known. */
  #floor: WalPosition | undefined = 0n
  #floorAsked = 0
  /** How many reads there were. */
  readonly reads = { replica: 0, primary: 0 }

  constructor(options: ReplicasOptions) {
    this.#options = options
    this.#replicas = options.urls.map((url) => new Replica(url, options))
  }

  /** @throws {ForeignReplicaError} if one is of another database; one that cannot be reached is taken in when it can be */
  async start(): Promise<void> {
    await this.check()
    const foreign = this.#replicas.find(({ state }) => state === 'foreign')
    if (foreign) throw new ForeignReplicaError(foreign.name)
    this.#schedule()
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    await Promise.all(this.#replicas.map((replica) => replica.close()))
  }

  status(): readonly ReplicaStatus[] {
    const now = performance.now()
    return this.#replicas.map((replica) => ({
      name: replica.name,
      state: replica.state,
      lag: this.#lagOf(replica, now),
    }))
  }

  /** A position behind everything that has been committed, for whoever has to see it. */
  async position(): Promise<WalPosition> {
    return await currentWalPosition(this.#options.primary)
  }

  /** What was committed until now has to be seen by every reader from now on, as it is about what they may see. */
  async raiseFloor(): Promise<void> {
    const asked = ++this.#floorAsked
    this.#floor = undefined
    for (;;) {
      try {
        const position = await this.position()
        // If more was to be seen meanwhile, whoever asked last knows.
        if (asked === this.#floorAsked) this.#floor = position
        return
      } catch {
        // Until then the primary is read, or would be if it could be reached.
        await delay(checkMilliseconds, undefined, { ref: false })
        if (this.#closed || asked !== this.#floorAsked) return
      }
    }
  }

  /**
   * A replica that is at most a second behind, and has all that its reader has to see.
   *
   * @param position what they have written themselves, or know of
   * @returns undefined if none is: then the primary is to be read
   */
  async pick(position: WalPosition = 0n): Promise<ReadReplica | undefined> {
    const found = await this.#pick(position)
    this.reads[found ? 'replica' : 'primary']++
    return found
  }

  async #pick(position: WalPosition): Promise<Replica | undefined> {
    const needed = () => (this.#floor === undefined ? undefined : this.#floor > position ? this.#floor : position)
    if (needed() === undefined) return undefined
    const count = this.#replicas.length
    this.#next = (this.#next + 1) % count
    for (let index = 0; index < count; index++) {
      const replica = this.#replicas[(this.#next + index) % count]
      if (!replica || !this.#isServing(replica)) continue
      const enough = () => {
        const all = needed()
        return all !== undefined && replica.replayed >= all
      }
      if (enough()) return replica
      // What is known may be as old as the last check.
      await Promise.race([replica.look(), delay(readerPatience, undefined, { ref: false })])
      return enough() && this.#isServing(replica) ? replica : undefined
    }
    return undefined
  }

  #isServing(replica: Replica): boolean {
    const lag = this.#lagOf(replica, performance.now())
    return replica.isUsable && lag !== undefined && lag <= (this.#options.maxLag ?? 1000)
  }

  #lagOf(replica: Replica, now: number): number | undefined {
    const seen = this.#samples.find(({ position }) => position <= replica.replayed)
    return seen && now - seen.at
  }

  /** Looks how far everybody is. */
  async check(): Promise<void> {
    const { primary } = this.#options
    await Promise.all(
      this.#replicas.map((replica) => Promise.race([replica.look(), delay(patience, undefined, { ref: false })])),
    )
    const replayed = this.#replicas.map((replica) => replica.replayed)
    const at = performance.now()
    const position = await this.position().catch(() => undefined)
    if (position !== undefined) {
      this.#samples = [{ at, position }, ...this.#samples.filter((sample) => at - sample.at < 60_000)]
      // A replica has nothing that the primary has not: unless the primary is another one now, which had not received it.
      for (const [index, replica] of this.#replicas.entries()) {
        if ((replayed[index] ?? 0n) > position) replica.isAhead = true
      }
      const unknown = this.#replicas.filter((replica) => replica.identity !== undefined && !replica.isIdentified)
      if (unknown.length > 0) {
        const identity = await identityOf(primary).catch(() => undefined)
        for (const replica of unknown) if (identity) replica.isOfPrimary = replica.identity === identity
      }
    }
    for (const replica of this.#replicas) {
      const lag = this.#lagOf(replica, performance.now())
      replica.settle(lag, this.#options.maxLag ?? 1000)
    }
  }

  #schedule(): void {
    if (this.#closed) return
    this.#timer = setTimeout(() => {
      this.check()
        .catch(() => undefined)
        .finally(() => this.#schedule())
    }, checkMilliseconds)
    this.#timer.unref()
  }
}

/** A URL of DATABASE_REPLICA_URLS leads to another database. */
export class ForeignReplicaError extends Error {
  override readonly name = 'ForeignReplicaError'

  constructor(name: string) {
    super(
      `${name} in DATABASE_REPLICA_URLS is not a replica of DATABASE_URL: it is another database or cluster. ` +
        'Correct the address, or leave it out.',
    )
  }
}

class Replica implements ReadReplica {
  readonly name: string
  readonly #handle: DatabaseHandle
  readonly #onChange: ReplicasOptions['onChange']
  state: ReplicaState = 'unreachable'
  /** How far it was when it was last asked; 0 if it did not answer. */
  replayed: WalPosition = 0n
  /** Which database it is of; undefined until it has been asked. */
  identity: string | undefined
  /** Whether that is the primary's; undefined until they have been compared. */
  isOfPrimary: boolean | undefined
  isAhead = false
  #isReplica = false
  #reason: string | undefined
  #looking: Promise<void> | undefined

  constructor(url: string, { connections, onChange }: ReplicasOptions) {
    this.name = hostsOf(url)
    this.#handle = createDatabase(url, { ...connections, connectTimeout: 2 })
    this.#onChange = onChange
  }

  get db(): Kysely<DB> {
    return this.#handle.db
  }

  get isIdentified(): boolean {
    return this.isOfPrimary !== undefined
  }

  get isUsable(): boolean {
    return this.#isReplica && this.isOfPrimary === true && !this.isAhead && this.replayed > 0n
  }

  async close(): Promise<void> {
    await this.#handle.close()
  }

  isAtFault(error: unknown): boolean {
    const kind = databaseFault(error)?.kind
    // A statement that takes too long would do so at the primary as well.
    if (kind === undefined || (error instanceof Error && 'code' in error && error.code === '57014')) return false
    if (kind === 'unavailable') this.#lose(error)
    return true
  }

  /** Asks it how far it is. Many who want to know at once share one answer. */
  async look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined
    })
    await this.#looking
  }

  async #look(): Promise<void> {
    try {
      this.identity ??= await identityOf(this.db)
      const { rows } = await sql<{ isReplica: boolean; replayed: string | null }>`
        select pg_is_in_recovery() as is_replica, pg_last_wal_replay_lsn()::text as replayed`.execute(this.db)
      const { isReplica = false, replayed } = rows[0] ?? {}
      this.#isReplica = isReplica
      this.replayed = isReplica ? (parseWalPosition(replayed ?? '') ?? 0n) : 0n
      this.#reason = undefined
    } catch (error) {
      this.#lose(error)
    }
  }

  #lose(error: unknown): void {
    this.replayed = 0n
    this.#reason = error instanceof Error ? error.message : String(error)
    // What comes back at that address may be another database, or one that was set up anew.
    this.identity = undefined
    this.isOfPrimary = undefined
    this.isAhead = false
  }

  /** Says what it is now, if that has changed. */
  settle(lag: number | undefined, maxLag: number): void {
    const state: ReplicaState =
      this.identity === undefined || (this.#isReplica && this.replayed === 0n)
        ? 'unreachable'
        : this.isOfPrimary === false
          ? 'foreign'
          : !this.#isReplica
            ? 'writable'
            : this.isAhead
              ? 'ahead'
              : lag === undefined || lag > maxLag || this.isOfPrimary === undefined
                ? 'behind'
                : 'serving'
    if (state === this.state) return
    this.state = state
    this.#onChange?.({ name: this.name, state, lag }, this.#reason)
  }
}

/** Names a database wherever it is copied to: that of its cluster, and its own in there. */
async function identityOf(db: Kysely<DB>): Promise<string> {
  const { rows } = await sql<{ identity: string }>`
    select (select system_identifier from pg_control_system())::text || '/' || oid as identity
    from pg_database where datname = current_database()`.execute(db)
  return rows[0]?.identity ?? ''
}
