import { createHash } from 'node:crypto'
import { hostUrls } from '@worldloom/config'
import { isTracing } from '@worldloom/telemetry'
import { CamelCasePlugin, Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import { parse, toClientConfig } from 'pg-connection-string'
import type { DB } from './generated/types.ts'
import { WritableHost } from './hosts.ts'
import { Pipeline } from './pipeline.ts'
import type { NamedStatement } from './preparedRead.ts'
import { traceStatements } from './traceStatements.ts'
import { typeParser } from './typeParser.ts'

/** A Kysely instance or transaction: the first parameter of every query function. */
export type Database = Kysely<DB> | Transaction<DB>

export interface DatabaseOptions {
  /** The maximum number of connections. @default 10 */
  readonly poolSize?: number
  /** Seconds after which the server cancels a statement. @default 15 */
  readonly statementTimeout?: number
  /** Seconds to wait for a connection. @default 5 */
  readonly connectTimeout?: number
  /**
   * Parse and plan each distinct statement once per connection. Off behind poolers that don't support it.
   * @default true
   */
  readonly preparedStatements?: boolean
  readonly applicationName?: string
  /** Called when an idle connection is lost. The pool replaces it by itself. */
  readonly onConnectionLost?: (error: Error) => void
}

export interface DatabaseHandle {
  readonly db: Kysely<DB>
  readonly pool: pg.Pool
  /** The connections that short reads share at the moment, and the statements in flight on them. */
  pipelineLoad(): { readonly lanes: number; readonly inFlight: number }
  close(): Promise<void>
}

/**
 * Opens a connection pool. Connects lazily, so the first query fails if the server is down, and a connection that drops
 * is replaced by the next.
 *
 * @param url `postgres://…`; `sslmode`, `sslrootcert`, `sslcert` and `sslkey` are interpreted as by libpq
 * (https://www.postgresql.org/docs/current/libpq-ssl.html). Of several hosts (`postgres://one,other/…`) the one that can be written
 * to is used, also after a failover.
 */
export function createDatabase(url: string, options: DatabaseOptions = {}): DatabaseHandle {
  const preparing = options.preparedStatements !== false
  const { config, Client } = clientOf(url, options, preparing ? PreparingClient : pg.Client)
  const pool = new pg.Pool({
    ...config,
    max: options.poolSize ?? 10,
    idleTimeoutMillis: 30_000,
    Client,
    ...(preparing && { pipeline: true }),
  })
  pool.on('error', (error) => options.onConnectionLost?.(error))
  // A connection lost while in use fails its query. Without a listener, it would also end the process.
  pool.on('connect', (client) => client.on('error', () => undefined))
  if (isTracing()) pool.on('connect', traceStatements)
  const db = new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin()],
  })
  const pipeline = preparing ? new Pipeline(pool) : undefined
  if (pipeline) pipelines.set(db, pipeline)
  return { db, pool, pipelineLoad: () => pipeline?.load ?? { lanes: 0, inFlight: 0 }, close: () => pool.end() }
}

const pipelines = new WeakMap<Database, Pipeline>()

/** The pipeline of a pool. A transaction has none, as its statements belong on its own connection. */
export function pipelineOf(db: Database): Pipeline | undefined {
  return pipelines.get(db)
}

/** A connection outside the pool, as LISTEN needs. Not connected yet. */
export function createClient(url: string, options: DatabaseOptions = {}): pg.Client {
  const { config, Client } = clientOf(url, options, pg.Client)
  return new Client(config)
}

/** How to connect to a database, wherever it is. */
function clientOf(url: string, options: DatabaseOptions, Client: typeof pg.Client) {
  const [first, ...others] = hostUrls(url)
  const config = clientConfig(first, options)
  if (others.length === 0) return { config, Client }
  // One for the process: all its connections move together.
  let primary = primaries.get(url)
  if (!primary) {
    primary = new WritableHost([first, ...others].map((one) => clientConfig(one, options)))
    primaries.set(url, primary)
  }
  return { config, Client: followingPrimary(Client, primary) }
}

const primaries = new Map<string, WritableHost>()

/** A client that connects to the primary, and is gone as soon as another host is. */
function followingPrimary(Client: typeof pg.Client, primary: WritableHost): typeof pg.Client {
  type Callback = (error: Error) => void
  class Following extends Client {
    // Both of its overloads.
    override connect: pg.Client['connect'] = ((callback?: Callback) => {
      const connecting = this.#connect()
      if (!callback) return connecting
      connecting.then(() => (callback as () => void)(), callback) // without an error when it is connected
      return undefined
    }) as pg.Client['connect']

    async #connect(): Promise<void> {
      const found = await primary.find()
      Object.assign(this, found)
      const forget = primary.onMoved(({ host, port }) => {
        if (host !== found.host || port !== found.port) this.connection.stream.destroy()
      })
      this.once('end', forget)
      this.connection.on('errorMessage', ({ code }) => {
        if (code !== readOnlyTransaction) return
        primary.lost(found)
        // After whoever waits for the statement has heard.
        setImmediate(() => this.connection.stream.destroy())
      })
      try {
        await (Client.prototype.connect as () => Promise<unknown>).call(this)
      } catch (error) {
        forget()
        primary.lost(found)
        throw error
      }
    }
  }
  return Following
}

/** @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
const readOnlyTransaction = '25006'

function clientConfig(url: string, options: DatabaseOptions): pg.ClientConfig {
  const statementTimeout = (options.statementTimeout ?? 15) * 1000
  return {
    ...toClientConfig(parse(url, { useLibpqCompat: true })),
    application_name: options.applicationName ?? 'worldloom',
    connectionTimeoutMillis: (options.connectTimeout ?? 5) * 1000,
    statement_timeout: statementTimeout,
    // The server cancels first. This is for a server that no longer responds.
    query_timeout: statementTimeout + 5000,
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types: { getTypeParser: typeParser as typeof pg.types.getTypeParser },
  }
}

/**
 * Sends statements with parameters as named prepared statements, so that PostgreSQL parses and plans each text once per
 * connection. The name is a hash of the text.
 *
 * @see https://node-postgres.com/features/queries#prepared-statements
 */
class PreparingClient extends pg.Client {
  // pg's `query` has six overloads. Only (text, values) is changed; everything else is passed on.
  override query: pg.Client['query'] = ((first: unknown, values?: unknown, ...rest: unknown[]) => {
    const run = pg.Client.prototype.query as (...args: unknown[]) => unknown
    if (typeof first === 'string' && Array.isArray(values) && values.length > 0) {
      const statement = namedStatement(first)
      if (statement) return run.call(this, { ...statement, values }, ...rest)
    }
    return run.call(this, first, values, ...rest)
  }) as pg.Client['query']
}

/** Texts beyond this number are sent unnamed: the server keeps a plan per name and connection. */
const maxStatementNames = 1000
const statements = new Map<string, NamedStatement>()

/** The name that a text is prepared under, if any. */
export function namedStatement(text: string): NamedStatement | undefined {
  const known = statements.get(text)
  if (known) return known
  if (statements.size >= maxStatementNames) return undefined
  const statement = { name: `w${createHash('sha1').update(text).digest('hex').slice(0, 20)}`, text }
  statements.set(text, statement)
  return statement
}
