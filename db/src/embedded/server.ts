import path from 'node:path'
import pg from 'pg'
import { EmbeddedServerError } from './account.ts'
import { embeddedBinaries, type PostgresBinaries } from './binaries.ts'
import {
  type Cluster,
  clearStaleLock,
  findServer,
  lastWords,
  openCluster,
  type RunningServer,
  serverUrl,
  startServer,
  stopServer,
} from './cluster.ts'
import { archiveLog } from './logArchive.ts'

/**
 * Advisory locks in the database decide who may use a directory at the same time: they end with the process that holds
 * them, however it ends.
 */
const ownerLock = 7_201_001
const userLock = 7_201_002

/** How many times a minute a server that died is restarted before giving up. */
const maxRestartsAMinute = 5
const retryMilliseconds = 400

export interface EmbeddedServerOptions {
  /** Holds `postgres/`, the data directory. */
  readonly dataDir: string
  /**
   * `own`: the application; one at a time. `join`: a command, which uses the running server or starts one for as long
   * as it needs it.
   */
  readonly as: 'own' | 'join'
  /** Called with a sentence for each problem found and repaired. */
  readonly onNotice?: (sentence: string) => void
  readonly binaries?: PostgresBinaries
  /** @default a free one */
  readonly port?: number
  /** Called when a server that died has been restarted too often. */
  readonly onGivenUp?: (error: EmbeddedServerError) => void
  /** Where its log is archived, if anywhere. */
  readonly logArchive?: string | undefined
  /** PostgreSQL settings, e.g. `{ fsync: 'off' }` for a throwaway database. */
  readonly settings?: Readonly<Record<string, string>>
}

export interface EmbeddedServer {
  /** Of the application's database. */
  readonly url: string
  readonly directory: string
  readonly port: number
  /** Stops the server if it is ours to stop. */
  release(): Promise<void>
}

/**
 * @throws {EmbeddedServerError} if another application is using the directory, or it can't be used; the message says
 * what to do
 */
export async function openEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const binaries = options.binaries ?? (await embeddedBinaries())
  const cluster = await openCluster(path.join(options.dataDir, 'postgres'), binaries)
  const running = await runServer(cluster, options)
  const holder = await LockHolder.connect(
    serverUrl(cluster, running.port, 'postgres'),
    options.as === 'own' ? new Restarter(cluster, running.port, options) : undefined,
  )
  try {
    if (options.as === 'own' && !(await holder.take(ownerLock))) {
      throw new EmbeddedServerError(
        `Worldloom already runs on ${options.dataDir} (process ${await holder.ownerOf(ownerLock)}). ` +
          'Stop it first, or set DATA_DIR to another directory.',
      )
    }
    await holder.share(userLock)
    await holder.createDatabase('worldloom')
  } catch (error) {
    await holder.close()
    throw error
  }
  return {
    url: serverUrl(cluster, running.port, 'worldloom'),
    directory: cluster.directory,
    port: running.port,
    release: async () => {
      const last = options.as === 'own' || (await holder.isLast(userLock, ownerLock))
      await holder.close()
      if (last) await stopServer(cluster)
    },
  }
}

async function runServer(cluster: Cluster, options: EmbeddedServerOptions): Promise<RunningServer> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const found = await findServer(cluster)
    if (found) return found
    const notice = await clearStaleLock(cluster)
    if (notice) options.onNotice?.(notice)
    const started = await startServer(cluster, await settingsOf(cluster, options), options.port)
    if (started) return started
  }
  throw new EmbeddedServerError(
    `The embedded database in ${cluster.directory} keeps stopping as soon as it starts. ${await lastWords(cluster)}`,
  )
}

async function settingsOf(
  cluster: Cluster,
  { settings, logArchive }: EmbeddedServerOptions,
): Promise<Record<string, string>> {
  return { ...settings, ...(logArchive && (await archiveLog(cluster, path.resolve(logArchive)))) }
}

/** Restarts a server that died on the same port, so that clients can reconnect. */
class Restarter {
  readonly #cluster: Cluster
  readonly #port: number
  readonly #options: EmbeddedServerOptions
  /** When the most recent attempts were made. */
  #attempts: number[] = []

  constructor(cluster: Cluster, port: number, options: EmbeddedServerOptions) {
    this.#cluster = cluster
    this.#port = port
    this.#options = options
  }

  /** @throws {EmbeddedServerError} if it does not start; {@link isExhausted} says whether that was the last attempt */
  async run(): Promise<void> {
    if (await findServer(this.#cluster)) return
    this.#attempts = this.#attempts.filter((at) => performance.now() - at < 60_000)
    if (this.#attempts.length >= maxRestartsAMinute) {
      throw new GivenUpError(
        `The embedded database in ${this.#cluster.directory} stopped ${maxRestartsAMinute} times within a minute. ` +
          `Look at the end of ${this.#cluster.directory}/server.log, then start Worldloom again.`,
      )
    }
    this.#attempts.push(performance.now())
    await clearStaleLock(this.#cluster)
    if (!(await startServer(this.#cluster, await settingsOf(this.#cluster, this.#options), this.#port))) return
    this.#options.onNotice?.('The embedded database had stopped by itself. It was started again and has recovered.')
  }

  giveUp(error: GivenUpError): void {
    this.#options.onGivenUp?.(error)
  }
}

class GivenUpError extends EmbeddedServerError {}

/**
 * A connection that holds advisory locks. When it is lost, the server is restarted if it died and is ours, and the
 * locks are taken again.
 */
class LockHolder {
  readonly #url: string
  readonly #held: string[] = []
  readonly #restarter: Restarter | undefined
  #client: pg.Client
  #closed = false

  private constructor(url: string, client: pg.Client, restarter: Restarter | undefined) {
    this.#url = url
    this.#client = client
    this.#restarter = restarter
  }

  static async connect(url: string, restarter: Restarter | undefined): Promise<LockHolder> {
    const holder = new LockHolder(url, await connectedClient(url), restarter)
    holder.#watch()
    return holder
  }

  async take(lock: number): Promise<boolean> {
    const { rows } = await this.#client.query('select pg_try_advisory_lock($1) as taken', [lock])
    if (rows[0].taken) this.#held.push(`select pg_try_advisory_lock(${lock})`)
    return rows[0].taken
  }

  async share(lock: number): Promise<void> {
    await this.#client.query('select pg_advisory_lock_shared($1)', [lock])
    this.#held.push(`select pg_advisory_lock_shared(${lock})`)
  }

  /** Whether nobody else shares `lock` and nobody holds it exclusively. */
  async isLast(lock: number, owner: number): Promise<boolean> {
    const { rows } = await this.#client.query(
      `select count(*)::int as others from pg_locks
       where locktype = 'advisory' and objid in ($1, $2) and pid <> pg_backend_pid()`,
      [lock, owner],
    )
    return rows[0].others === 0
  }

  async ownerOf(lock: number): Promise<string> {
    const { rows } = await this.#client.query(
      `select application_name from pg_locks join pg_stat_activity using (pid)
       where locktype = 'advisory' and objid = $1 and granted`,
      [lock],
    )
    return rows[0]?.application_name.split(' ').at(-1) ?? 'unknown'
  }

  async createDatabase(name: string): Promise<void> {
    const { rowCount } = await this.#client.query('select 1 from pg_database where datname = $1', [name])
    if (rowCount) return
    try {
      await this.#client.query(`create database ${pg.escapeIdentifier(name)}`)
    } catch (error) {
      // 42P04 duplicate_database, 23505 on the catalogue: another process created it at the same time.
      const code = error instanceof pg.DatabaseError ? error.code : undefined
      if (code !== '42P04' && code !== '23505') throw error
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#client.end()
  }

  #watch(): void {
    this.#client.once('end', () => {
      if (!this.#closed) this.#retry()
    })
  }

  #retry(): void {
    // If it is not restarted here, another process may do so. This timer does not keep the process alive.
    const timer = setTimeout(() => this.#reconnect(), retryMilliseconds)
    if (!this.#restarter) timer.unref()
  }

  async #reconnect(): Promise<void> {
    if (this.#closed) return
    try {
      await this.#restarter?.run()
      const client = await connectedClient(this.#url)
      for (const statement of this.#held) await client.query(statement)
      this.#client = client
      if (this.#closed) await client.end()
      else this.#watch()
    } catch (error) {
      if (error instanceof GivenUpError) this.#restarter?.giveUp(error)
      // Still down, or backends of the server that died still hold its shared memory.
      else if (!this.#closed) this.#retry()
    }
  }
}

async function connectedClient(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: `worldloom process ${process.pid}`,
    connectionTimeoutMillis: 5000,
    keepAlive: true,
  })
  // The `end` event is handled; the error before it adds nothing.
  client.on('error', () => undefined)
  await client.connect()
  return client
}
