import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type ChangeListener, oidcProvider } from '@worldloom/auth'
import { type Config, isLoopbackUrl, OperatorError } from '@worldloom/config'
import { createDatabase, type DatabaseHandle, ForeignReplicaError, migrate, Replicas } from '@worldloom/db'
import { openEmbeddedServer } from '@worldloom/db/embedded'
import { demoPeople, seedDemo } from '@worldloom/db/seed'
import { ImageStore, storeDrawing } from '@worldloom/images'
import { startLocalIdentityProvider } from '@worldloom/local-identity'
import type { Telemetry } from '@worldloom/telemetry'
import { ensureChangePartitions, LiveWorlds, seedIronCoast } from '@worldloom/worlds'
import getPort from 'get-port'
import { sql } from 'kysely'
import { startAccess } from './access.ts'
import { createApp } from './app.ts'
import { startBackground } from './background.ts'
import { startChat } from './chat.ts'
import { connectionsOf } from './connections.ts'
import { closeHttpServer, createHttpServer } from './httpServer.ts'
import type { Logger } from './logger.ts'
import { configuredProviders } from './providers.ts'
import { ReadReplicas } from './readReplicas.ts'
import { startWorkerHealth } from './workerHealth.ts'

export interface StartOptions {
  readonly config: Config
  readonly logger: Logger
  readonly webDirectory: string
  /** Where traces and metrics are sent, if anywhere. Closed by whoever started it. */
  readonly telemetry?: Telemetry | undefined
  /** Called with a failure that can't be recovered from. */
  readonly onFatal?: (error: Error) => void
}

export interface RunningWorldloom {
  readonly url: string
  readonly database: { readonly url: string; readonly directory: string | undefined }
  readonly localIdentity: { readonly issuer: string } | undefined
  /** The labels of the identity providers, as the sign-in page shows them. */
  readonly signInLabels: readonly string[]
  /** Finishes the requests in flight, then stops everything that was started. */
  close(): Promise<void>
}

/** What all processes that serve share. */
export interface Prepared {
  readonly databaseUrl: string
  /** The directory of the embedded database. */
  readonly databaseDirectory: string | undefined
  readonly identity: LocalIdentity | undefined
}

interface LocalIdentity {
  readonly issuer: string
  readonly clientSecret: string
}

/** The processes that will serve, each of which needs connections to the database. */
interface PrepareOptions extends Pick<StartOptions, 'config' | 'logger' | 'onFatal'> {
  readonly workers: number
}

/** Ends what was started, the last first. */
class Started {
  readonly #ends: (() => Promise<unknown>)[] = []
  readonly #logger: Logger

  constructor(logger: Logger) {
    this.#logger = logger
  }

  push(...ends: readonly (() => Promise<unknown>)[]): void {
    this.#ends.push(...ends)
  }

  async end(): Promise<void> {
    for (const end of this.#ends.splice(0).reverse()) {
      await end().catch((error) => this.#logger.error({ err: error }, 'could not be stopped'))
    }
  }
}

/**
 * Starts all of Worldloom in this process: the embedded database if no other is configured, migrations, demo people and
 * their identity provider if allowed, and the HTTP server. If a step fails, what was started before is stopped again.
 */
export async function startWorldloom(options: StartOptions): Promise<RunningWorldloom> {
  const { close, ...prepared } = await prepareWorldloom({ ...options, workers: 1 })
  try {
    const running = await serveWorldloom(options, prepared)
    return {
      ...running,
      close: async () => {
        await running.close()
        await close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Does what is done once, however many processes serve. */
export async function prepareWorldloom({
  config,
  logger,
  workers,
  onFatal,
}: PrepareOptions): Promise<Prepared & { close(): Promise<void> }> {
  const started = new Started(logger)
  try {
    const embedded = config.DATABASE_URL
      ? undefined
      : await openEmbeddedServer({
          dataDir: config.DATA_DIR,
          as: 'own',
          logArchive: config.LOG_ARCHIVE_DIR,
          settings: { max_connections: String(workers * (config.DATABASE_POOL_SIZE + 8) + 46) },
          onNotice: (sentence) => logger.warn(sentence),
          ...(onFatal && { onGivenUp: onFatal }),
        })
    if (embedded) started.push(embedded.release)
    const databaseUrl = embedded?.url ?? config.DATABASE_URL ?? ''
    await prepareDatabase(config.DATABASE_DIRECT_URL ?? databaseUrl, config, logger)
    const identity = config.LOCAL_IDENTITY ? await startLocalIdentity(config) : undefined
    if (identity) started.push(identity.close)
    return {
      databaseUrl,
      databaseDirectory: embedded?.directory,
      identity: identity && { issuer: identity.issuer, clientSecret: identity.clientSecret },
      close: () => started.end(),
    }
  } catch (error) {
    await started.end()
    throw error
  }
}

/** Serves HTTP on what was prepared, in this process or another. */
export async function serveWorldloom(
  { config, logger, webDirectory, telemetry }: StartOptions,
  { databaseUrl, databaseDirectory, identity }: Prepared,
): Promise<RunningWorldloom> {
  const started = new Started(logger)
  try {
    const directUrl = config.DATABASE_DIRECT_URL ?? databaseUrl
    const database = createDatabase(databaseUrl, connectionsOf(config, logger))
    started.push(database.close)
    await refuseStatementMode(database)
    const images = new ImageStore(config)
    const background = await startBackground({ config, database, databaseUrl, directUrl, images, logger, started })
    const { listener, mailer, webhooks, jobs } = background
    const access = await startAccess({ config, database, databaseUrl, listener, mailer, logger, started })
    const providers = configuredProviders(config)
    if (identity) providers.unshift(localProvider(config, identity))
    if (providers.length === 0 && !config.PASSWORD_SIGN_IN) {
      logger.warn('no way to sign in is configured: nobody can (see OIDC_PROVIDERS and PASSWORD_SIGN_IN)')
    }
    const replicas = await startReplicas({ config, database, listener, logger, started })
    const { chat, close: closeChat } = startChat({ config, db: database.db, listener, logger })
    const live = new LiveWorlds({
      db: database.db,
      listener,
      ...(replicas && { position: () => replicas.position() }),
      onError: (error) => logger.warn({ err: error }, 'changes to a world were not read'),
    })
    const app = createApp({
      config,
      database,
      images,
      chat,
      live,
      webhooks,
      jobs,
      listener,
      replicas,
      ...access,
      providers,
      logger,
      telemetry,
      webDirectory,
    })
    if (config.JOBS === 'inside') started.push(await background.work())
    const server = createHttpServer(app, config)
    server.listen(config.PORT, config.HOST)
    await once(server, 'listening')
    started.push(
      () => closeHttpServer(server, config.SHUTDOWN_TIMEOUT),
      closeChat,
      async () => live.close(),
    )
    const { port } = server.address() as AddressInfo // it listens on TCP
    return {
      url: isLoopbackUrl(config.PUBLIC_URL) && config.PORT === 0 ? `http://localhost:${port}` : config.PUBLIC_URL,
      database: { url: databaseUrl, directory: databaseDirectory },
      signInLabels: providers.map(({ label }) => label),
      localIdentity: identity && { issuer: identity.issuer },
      close: () => started.end(),
    }
  } catch (error) {
    await started.end()
    throw error
  }
}

/** Does in this process what is done in the background, and nothing else. The embedded database is shared with a server. */
export async function startBackgroundWorker({
  config,
  logger,
  telemetry,
}: Pick<StartOptions, 'config' | 'logger' | 'telemetry'>): Promise<{ close(): Promise<void> }> {
  const started = new Started(logger)
  try {
    const embedded = config.DATABASE_URL
      ? undefined
      : await openEmbeddedServer({
          dataDir: config.DATA_DIR,
          as: 'join',
          logArchive: config.LOG_ARCHIVE_DIR,
          onNotice: (sentence) => logger.warn(sentence),
        })
    if (embedded) started.push(embedded.release)
    const databaseUrl = embedded?.url ?? config.DATABASE_URL ?? ''
    const directUrl = config.DATABASE_DIRECT_URL ?? databaseUrl
    await prepareDatabase(directUrl, config, logger)
    const database = createDatabase(databaseUrl, connectionsOf(config, logger))
    started.push(database.close)
    const images = new ImageStore(config)
    const background = await startBackground({ config, database, databaseUrl, directUrl, images, logger, started })
    const { listener } = background
    started.push(await startWorkerHealth({ config, database, listener, logger, telemetry }))
    started.push(await background.work())
    return { close: () => started.end() }
  } catch (error) {
    await started.end()
    throw error
  }
}

/** @throws {OperatorError} if one of them is of another database */
async function startReplicas({
  config,
  database,
  listener,
  logger,
  started,
}: Pick<StartOptions, 'config' | 'logger'> & {
  readonly database: DatabaseHandle
  readonly listener: ChangeListener
  readonly started: Started
}): Promise<ReadReplicas | undefined> {
  if (config.DATABASE_REPLICA_URLS.length === 0) return undefined
  const replicas = new Replicas({
    primary: database.db,
    urls: config.DATABASE_REPLICA_URLS,
    maxLag: config.DATABASE_REPLICA_MAX_LAG * 1000,
    connections: { ...connectionsOf(config, logger), applicationName: 'worldloom reads' },
    onChange: ({ name, state }, reason) => {
      if (state === 'serving') logger.info({ replica: name }, 'a replica is read from')
      else logger.warn({ replica: name, state, reason }, 'a replica is left out')
    },
  })
  started.push(() => replicas.close())
  try {
    await replicas.start()
  } catch (error) {
    throw error instanceof ForeignReplicaError ? new OperatorError(error.message, { cause: error }) : error
  }
  return new ReadReplicas(replicas, listener, config.PUBLIC_URL)
}

/** @throws {OperatorError} for a pooler that gives each statement another connection: changes are transactions */
async function refuseStatementMode({ db }: DatabaseHandle): Promise<void> {
  try {
    await db.transaction().execute((trx) => sql`select 1`.execute(trx))
  } catch (error) {
    if (!(error instanceof Error && /statement pooling mode/.test(error.message))) throw error
    throw new OperatorError(
      'DATABASE_URL leads to a pooler in statement mode, behind which nothing can be changed as a whole. ' +
        'Set pool_mode = transaction there, or lead DATABASE_URL past it.',
      { cause: error },
    )
  }
}

/** Migrates and, where demo people are allowed, seeds them. On separate connections, as that may take longer than requests' statements may. */
async function prepareDatabase(databaseUrl: string, config: Config, logger: Logger): Promise<void> {
  const preparedStatements = config.DATABASE_PREPARED_STATEMENTS === 'true'
  const { db, close } = createDatabase(databaseUrl, { poolSize: 2, statementTimeout: 600, preparedStatements })
  try {
    const applied = await migrate(db, ({ state, ...about }) => {
      if (state !== 'begun' && state !== 'applied') logger.info(about, `migrating: ${state}`)
    })
    if (applied.length > 0) logger.info({ applied }, 'migrated the database')
    await ensureChangePartitions(db)
    if (!config.LOCAL_IDENTITY) return
    const images = new ImageStore(config)
    const addWorld: Parameters<typeof seedDemo>[1] = (trx, ids) =>
      seedIronCoast(trx, ids, (svg, worldId) => storeDrawing(images, svg, worldId))
    if (await seedDemo(db, addWorld)) logger.info('seeded the demo people and their world')
  } finally {
    await close()
  }
}

const localClientId = 'worldloom'
const localProviderId = 'local'
const localRedirectUri = (config: Config) => `${config.PUBLIC_URL}/auth/${localProviderId}/callback`

async function startLocalIdentity(config: Config) {
  return await startLocalIdentityProvider({
    port: await getPort({ port: config.LOCAL_IDENTITY_PORT, host: '127.0.0.1' }),
    people: demoPeople,
    client: { id: localClientId, redirectUri: localRedirectUri(config) },
  })
}

function localProvider(config: Config, { issuer, clientSecret }: LocalIdentity) {
  return oidcProvider(
    { id: localProviderId, label: 'a demo account', issuer, scopes: ['openid', 'profile', 'email'], trustEmail: true },
    { clientId: localClientId, clientSecret, redirectUri: localRedirectUri(config) },
  )
}
