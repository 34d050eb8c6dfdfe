import pg from 'pg'

/** None of the hosts that a URL names can be written to at the moment. */
export class NoWritableHostError extends Error {
  override readonly name = 'NoWritableHostError'
}

export interface Host {
  readonly host: string
  readonly port: number
}

const searchTimeout = 2000
const watchMilliseconds = 1000

/**
 * Knows which of several hosts is the primary, and finds the new one after a failover. It looks after the one that it knows, as
 * connections to a machine that has vanished just stay silent.
 */
export class WritableHost {
  readonly #configs: readonly pg.ClientConfig[]
  readonly #onMoved: Set<(host: Host) => void> = new Set()
  #current: Host | undefined
  #searching: Promise<Host> | undefined
  #watching: NodeJS.Timeout | undefined
  /** The connection over which the primary is looked after. */
  #watcher: { readonly host: Host; readonly client: pg.Client } | undefined

  /** @param configs how to connect to each of the hosts */
  constructor(configs: readonly pg.ClientConfig[]) {
    this.#configs = configs
  }

  /** Calls `moved` whenever another host is the primary from now on. @returns ends it */
  onMoved(moved: (host: Host) => void): () => void {
    this.#onMoved.add(moved)
    // Connections are opened all the time: that must not put it off.
    if (this.#watching === undefined) this.#watch()
    return () => {
      this.#onMoved.delete(moved)
      if (this.#onMoved.size > 0) return
      clearTimeout(this.#watching)
      this.#watching = undefined
      this.#endWatcher()
    }
  }

  /** @throws {NoWritableHostError} */
  async find(): Promise<Host> {
    return this.#current ?? (await this.#search())
  }

  /** It refused a connection or cannot be written to. */
  lost(host: Host): void {
    if (this.#current && isSame(this.#current, host)) this.#current = undefined
  }

  async #search(): Promise<Host> {
    this.#searching ??= this.#searchAll().finally(() => {
      this.#searching = undefined
    })
    return await this.#searching
  }

  async #searchAll(): Promise<Host> {
    let found: Host
    try {
      found = await Promise.any(this.#configs.map(probe))
    } catch (error) {
      const reasons = error instanceof AggregateError ? error.errors.map((one) => (one as Error).message) : []
      throw new NoWritableHostError(`No host of the database can be written to: ${reasons.join('; ')}`)
    }
    this.#current = found
    for (const moved of this.#onMoved) moved(found)
    return found
  }

  #watch(): void {
    const timer = setTimeout(async () => {
      const current = this.#current
      if (current) await this.#look(current).catch(() => this.lost(current))
      // Whoever needs the database finds out that there is none.
      if (!this.#current) await this.#search().catch(() => undefined)
      // Unless nobody is connected any more, or again, in which case another one has begun.
      if (this.#watching === timer) this.#watch()
    }, watchMilliseconds)
    timer.unref()
    this.#watching = timer
  }

  /** @throws if it does not answer in time, or cannot be written to any more */
  async #look(host: Host): Promise<void> {
    let client = this.#watcher && isSame(this.#watcher.host, host) ? this.#watcher.client : undefined
    try {
      if (!client) {
        this.#endWatcher()
        const config = this.#configs.find((one) => isSame(hostOf(one), host))
        if (!config) return
        client = probing(config)
        this.#watcher = { host, client }
        await client.connect()
      }
      await requireWritable(client, host)
    } catch (error) {
      this.#endWatcher()
      throw error
    }
  }

  #endWatcher(): void {
    this.#watcher?.client.end().catch(() => undefined)
    this.#watcher = undefined
  }
}

function hostOf({ host = 'localhost', port = 5432 }: pg.ClientConfig): Host {
  return { host, port }
}

function isSame(one: Host, other: Host): boolean {
  return one.host === other.host && one.port === other.port
}

/** @throws if it cannot be reached in time or written to */
async function probe(config: pg.ClientConfig): Promise<Host> {
  const client = probing(config)
  try {
    await client.connect()
    return await requireWritable(client, hostOf(config))
  } finally {
    client.end().catch(() => undefined)
  }
}

/** A connection to see how a host is. */
function probing(config: pg.ClientConfig): pg.Client {
  const client = new pg.Client({
    ...config,
    application_name: 'worldloom looks for the primary',
    connectionTimeoutMillis: searchTimeout,
    query_timeout: searchTimeout,
  })
  // Whoever asks next finds out.
  client.on('error', () => undefined)
  return client
}

async function requireWritable(client: pg.Client, host: Host): Promise<Host> {
  const { rows } = await client.query<{ readonly: string }>(
    "select current_setting('transaction_read_only') as readonly",
  )
  if (rows[0]?.readonly !== 'off') throw new Error(`${host.host}:${host.port} is read-only`)
  return host
}
