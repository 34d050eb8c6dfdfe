import { createClient } from '@worldloom/db'

const principalChannel = 'principal_changed'
const heartbeatMilliseconds = 5000
const reconnectMilliseconds = 250

export interface ChangeListenerOptions {
  readonly databaseUrl: string
  /** Called when the connection is lost (with the reason) and when it is back. */
  readonly onListening?: (listening: boolean, reason?: Error) => void
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
 */
export class ChangeListener {
  readonly #options: ChangeListenerOptions
  readonly #subscribers = new Set<ChangeSubscriber>()
  #client: ReturnType<typeof createClient> | undefined
  #stopListening: (() => Promise<void>) | undefined
  #lastListen: Promise<unknown> = Promise.resolve()
  #listening = false
  #closed = false

  constructor(options: ChangeListenerOptions) {
    this.#options = options
  }

  get isListening(): boolean {
    return this.#listening
  }

  subscribe(subscriber: ChangeSubscriber): void {
    this.#subscribers.add(subscriber)
    // If the connection is lost meanwhile, this is repeated once it is back.
    if (subscriber.channel && this.#listening) this.#listen(subscriber.channel).catch(() => undefined)
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

  #lose(): void {
    this.#listening = false
    for (const subscriber of this.#subscribers) subscriber.lost()
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
      this.#lose()
      if (this.#closed) return
      if (wasListening) this.#options.onListening?.(false, reason)
      setTimeout(() => this.#connect(), reconnectMilliseconds).unref()
    }
    client.on('error', lose)
    client.on('end', () => lose())
    client.on('notification', (message) => {
      for (const subscriber of this.#subscribers) {
        if ((subscriber.channel ?? principalChannel) === message.channel) subscriber.changed(message.payload ?? '*')
      }
    })
    this.#stopListening = async () => {
      clearInterval(heartbeat)
      await client.end()
    }
    try {
      await client.connect()
      this.#client = client
      const channels = [...this.#subscribers].map(({ channel }) => channel ?? principalChannel)
      for (const channel of new Set([principalChannel, ...channels])) await this.#listen(channel)
      // A connection that died silently must not keep stale answers alive.
      heartbeat = setInterval(() => client.query('select 1').catch(lose), heartbeatMilliseconds)
      heartbeat.unref()
      if (lost || this.#closed) return
      this.#listening = true
      this.#options.onListening?.(true)
    } catch (error) {
      lose(error instanceof Error ? error : new Error(String(error)))
    }
  }
}
