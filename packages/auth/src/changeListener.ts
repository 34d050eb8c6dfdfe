import { randomUUID } from 'node:crypto'
import { createClient, type Database } from '@worldloom/db'
import { sql } from 'kysely'

const principalChannel = 'principal_changed'
const proofChannel = 'listener_proof'
const reconnectMilliseconds = 250

export interface ChangeListenerOptions {
  /** A direct connection: behind a pooler that shares connections, what is listened for never arrives. */
  readonly databaseUrl: string
  /** Other connections, over which the listener notifies itself. */
  readonly db: Database
  /** Called when the connection is lost (with the reason) and when it is back. */
  readonly onListening?: (listening: boolean, reason?: Error) => void
  /** After how many milliseconds the listener proves itself again. @default 10000 */
  readonly proveEvery?: number
  /** Within how many milliseconds its own notification has to arrive. @default 5000 */
  readonly proveWithin?: number
}

/**
 * `heard`: notifications arrive. `unheard`: it is connected, and they do not, so that nothing is cached. `lost`: it is not
 * connected.
 */
export type ListenerState = 'heard' | 'unheard' | 'lost'

export class NotHeardError extends Error {
  override readonly name = 'NotHeardError'
}

export interface ChangeSubscriber {
  /** @default the channel for sessions, users, keys, roles and permissions */
  readonly channel?: string
  /** @param payload on that channel as db/migrations/0005_shared_worlds.sql, notify_principal_changed, writes it */
  changed(payload: string): void
  /** Anything cached may be stale from now on. */
  lost(): void
}

/**
 * Listens for PostgreSQL's notifications: of every change to sessions, users, keys, roles and permissions, however it
 * was made, and on any other channel with a subscriber. While the connection is down, notifications are missed.
 *
 * That it listens is no proof that anything arrives: behind a transaction pooler `LISTEN` succeeds on a connection that then
 * serves others (https://www.pgbouncer.org/features.html). So it notifies itself over another connection, before it counts as
 * listening and again and again. Nothing else is sent on its own connection, where a pooler would hand over what has gathered.
 */
export class ChangeListener {
  readonly #options: ChangeListenerOptions
  readonly #subscribers = new Set<ChangeSubscriber>()
  #client: ReturnType<typeof createClient> | undefined
  #stopListening: (() => Promise<void>) | undefined
  #lastListen: Promise<unknown> = Promise.resolve()
  /** What is called when a proof with that payload arrives. */
  readonly #proofs = new Map<string, () => void>()
  #state: ListenerState = 'lost'
  #closed = false

  constructor(options: ChangeListenerOptions) {
    this.#options = options
  }

  get isListening(): boolean {
    return this.#state === 'heard'
  }

  get state(): ListenerState {
    return this.#state
  }

  subscribe(subscriber: ChangeSubscriber): void {
    this.#subscribers.add(subscriber)
    // If the connection is lost meanwhile, this is repeated once it is back.
    if (subscriber.channel && this.isListening) this.#listen(subscriber.channel).catch(() => undefined)
  }

  /** Starts listening. Does not fail when the database is down, but retries until it is up. */
  async start(): Promise<void> {
    await this.#connect()
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#lose()
    await this.#stopListening?.()
  }

  /** One after the other, as pg does not take a statement while another runs. */
  async #listen(channel: string): Promise<void> {
    const client = this.#client
    this.#lastListen = this.#lastListen.catch(() => undefined).then(() => client?.query(`listen ${channel}`))
    await this.#lastListen
  }

  #lose(state: Exclude<ListenerState, 'heard'> = 'lost'): void {
    this.#state = state
    for (const subscriber of this.#subscribers) subscriber.lost()
  }

  /** @throws {NotHeardError} if its own notification does not arrive in time @throws if it cannot be sent */
  async #prove(): Promise<void> {
    const { db, proveWithin = 5000 } = this.#options
    const payload = randomUUID()
    let timer: NodeJS.Timeout | undefined
    const arrived = new Promise<void>((resolve, reject) => {
      this.#proofs.set(payload, resolve)
      timer = setTimeout(() => reject(new NotHeardError('What PostgreSQL notifies does not arrive.')), proveWithin)
      timer.unref()
    })
    try {
      await Promise.all([arrived, sql`select pg_notify(${proofChannel}, ${payload})`.execute(db)])
    } finally {
      clearTimeout(timer)
      this.#proofs.delete(payload)
    }
  }

  async #connect(): Promise<void> {
    const { proveEvery = 10_000, onListening } = this.#options
    const client = createClient(this.#options.databaseUrl, {
      applicationName: 'worldloom listener',
      statementTimeout: 5,
    })
    let timer: NodeJS.Timeout | undefined
    let lost = false
    const lose = (reason?: Error) => {
      if (lost) return
      lost = true
      clearTimeout(timer)
      client.end().catch(() => undefined)
      const wasListening = this.isListening
      const wasUnheard = this.#state === 'unheard'
      const isUnheard = reason instanceof NotHeardError
      this.#lose(isUnheard ? 'unheard' : 'lost')
      if (this.#closed) return
      if (wasListening || (isUnheard && !wasUnheard)) onListening?.(false, reason)
      setTimeout(() => this.#connect(), isUnheard ? proveEvery : reconnectMilliseconds).unref()
    }
    client.on('error', lose)
    client.on('end', () => lose())
    client.on('notification', ({ channel, payload = '*' }) => {
      if (channel === proofChannel) {
        this.#proofs.get(payload)?.()
        return
      }
      for (const subscriber of this.#subscribers) {
        if ((subscriber.channel ?? principalChannel) === channel) subscriber.changed(payload)
      }
    })
    this.#stopListening = async () => {
      clearTimeout(timer)
      await client.end()
    }
    const proveAgain = () => {
      if (lost) return
      timer = setTimeout(() => this.#prove().then(proveAgain, lose), proveEvery)
      timer.unref()
    }
    try {
      await client.connect()
      this.#client = client
      const channels = [...this.#subscribers].map(({ channel }) => channel ?? principalChannel)
      for (const channel of new Set([proofChannel, principalChannel, ...channels])) await this.#listen(channel)
      await this.#prove()
      if (lost || this.#closed) return
      this.#state = 'heard'
      onListening?.(true)
      // A connection that died silently must not keep stale answers alive.
      proveAgain()
    } catch (error) {
      lose(error instanceof Error ? error : new Error(String(error)))
    }
  }
}
