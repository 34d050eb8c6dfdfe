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

  /** @param configs how to connect to each of the hosts */
  constructor(configs: readonly pg.ClientConfig[]) {
    this.#configs = configs
  }

  /** Calls `moved` whenever another host is the primary from now on. @returns ends it */
  onMoved(moved: (host: Host) => void): () => void {
    this.#onMoved.add(moved)
    this.#watch()
    return () => {
      this.#onMoved.delete(moved)
      if (this.#onMoved.size === 0) clearTimeout(this.#watching)
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
    clearTimeout(this.#watching)
    if (this.#onMoved.size === 0) return
    this.#watching = setTimeout(async () => {
      const current = this.#current
      const config = current && this.#configs.find((one) => isSame(hostOf(one), current))
      if (config) await probe(config).catch(() => this.lost(current))
      // Whoever needs the database finds out that there is none.
      if (!this.#current) await this.#search().catch(() => undefined)
      this.#watch()
    }, watchMilliseconds)
    this.#watching.unref()
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
  const { host, port } = hostOf(config)
  const client = new pg.Client({
    ...config,
    application_name: 'worldloom looks for the primary',
    connectionTimeoutMillis: searchTimeout,
    query_timeout: searchTimeout,
  })
  // Not only at the moment when it fails is it reported.
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ readonly: string }>(
      "select current_setting('transaction_read_only') as readonly",
    )
    if (rows[0]?.readonly !== 'off') throw new Error(`${host}:${port} is read-only`)
    return { host, port }
  } finally {
    client.end().catch(() => undefined)
  }
}
