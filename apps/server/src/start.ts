import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { oidcProvider, SealedText } from '@worldloom/auth'
import { type Config, isLoopbackUrl, resolveAppSecret } from '@worldloom/config'
import { createDatabase, type DatabaseHandle, migrate } from '@worldloom/db'
import { openEmbeddedServer } from '@worldloom/db/embedded'
import { demoPeople, seedDemo } from '@worldloom/db/seed'
import { ImageStore, storeDrawing } from '@worldloom/images'
import { startLocalIdentityProvider } from '@worldloom/local-identity'
import { ensureChangePartitions, LiveWorlds, seedIronCoast, WebhookSender } from '@worldloom/worlds'
import getPort from 'get-port'
import { startAccess } from './access.ts'
import { createApp } from './app.ts'
import { startChat } from './chat.ts'
import { closeHttpServer, createHttpServer } from './httpServer.ts'
import { keepDerived } from './keepDerived.ts'
import type { Logger } from './logger.ts'
import { configuredProviders } from './providers.ts'
import { sweepImages } from './sweepImages.ts'

export interface StartOptions {
  readonly config: Config
  readonly logger: Logger
  readonly webDirectory: string
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

/**
 * Starts all of Worldloom: the embedded database if no other is configured, migrations, demo people and their identity
 * provider if allowed, and the HTTP server. If a step fails, what was started before is stopped again.
 */
export async function startWorldloom({
  config,
  logger,
  webDirectory,
  onFatal,
}: StartOptions): Promise<RunningWorldloom> {
  const started: (() => Promise<unknown>)[] = []
  const stop = async () => {
    for (const end of started.splice(0).reverse()) {
      await end().catch((error) => logger.error({ err: error }, 'could not be stopped'))
    }
  }
  try {
    const embedded = config.DATABASE_URL
      ? undefined
      : await openEmbeddedServer({
          dataDir: config.DATA_DIR,
          as: 'own',
          settings: { max_connections: String(config.DATABASE_POOL_SIZE + 50) },
          onNotice: (sentence) => logger.warn(sentence),
          ...(onFatal && { onGivenUp: onFatal }),
        })
    if (embedded) started.push(embedded.release)
    const databaseUrl = embedded?.url ?? config.DATABASE_URL ?? ''
    const directUrl = config.DATABASE_DIRECT_URL ?? databaseUrl
    const preparedStatements = config.DATABASE_PREPARED_STATEMENTS === 'true'
    const database = createDatabase(databaseUrl, {
      poolSize: config.DATABASE_POOL_SIZE,
      statementTimeout: config.DATABASE_STATEMENT_TIMEOUT,
      preparedStatements,
      onConnectionLost: (error) => logger.warn({ reason: error.message }, 'a database connection was lost'),
    })
    started.push(database.close)
    await migrateSchema(directUrl, preparedStatements, logger)
    const images = new ImageStore(config)
    const addWorld: Parameters<typeof seedDemo>[1] = (trx, ids) =>
      seedIronCoast(trx, ids, (svg, worldId) => storeDrawing(images, svg, worldId))
    if (config.LOCAL_IDENTITY && (await seedDemo(database.db, addWorld))) {
      logger.info('seeded the demo people and their world')
    }

    const identity = config.LOCAL_IDENTITY ? await startLocalIdentity(config) : undefined
    if (identity) started.push(identity.close)
    const { listener, ...access } = await startAccess({ config, database, databaseUrl, directUrl, logger, started })
    const providers = configuredProviders(config)
    if (identity) providers.unshift(identity.provider)
    if (providers.length === 0 && !config.PASSWORD_SIGN_IN) {
      logger.warn('no way to sign in is configured: nobody can (see OIDC_PROVIDERS and PASSWORD_SIGN_IN)')
    }
    started.push(sweepHourly(database.db, images, logger), keepDerived(database.db, logger))
    const { chat, close: closeChat } = startChat({ config, db: database.db, listener, logger })
    const live = new LiveWorlds({
      db: database.db,
      listener,
      onError: (error) => logger.warn({ err: error }, 'changes to a world were not read'),
    })
    const webhooks = new WebhookSender({
      db: database.db,
      listener,
      sealed: new SealedText(resolveAppSecret(config), 'webhooks'),
      mailer: access.signIn.mailer,
      publicUrl: config.PUBLIC_URL,
      allowedHosts: config.WEBHOOK_ALLOWED_HOSTS,
      onError: (error) => logger.warn({ err: error }, 'webhooks were not delivered'),
    })
    started.push(() => webhooks.close())
    const app = createApp({
      config,
      database,
      images,
      chat,
      live,
      webhooks,
      listener,
      ...access,
      providers,
      logger,
      webDirectory,
    })
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
      database: { url: databaseUrl, directory: embedded?.directory },
      signInLabels: providers.map(({ label }) => label),
      localIdentity: identity && { issuer: identity.issuer },
      close: stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** On a separate connection, as a migration may take longer than requests' statements may. */
async function migrateSchema(databaseUrl: string, preparedStatements: boolean, logger: Logger): Promise<void> {
  const { db, close } = createDatabase(databaseUrl, { poolSize: 2, statementTimeout: 600, preparedStatements })
  try {
    const applied = await migrate(db)
    if (applied.length > 0) logger.info({ applied }, 'migrated the database')
    await ensureChangePartitions(db)
  } finally {
    await close()
  }
}

async function startLocalIdentity(config: Config) {
  const id = 'local'
  const clientId = 'worldloom'
  const redirectUri = `${config.PUBLIC_URL}/auth/${id}/callback`
  const { issuer, clientSecret, close } = await startLocalIdentityProvider({
    port: await getPort({ port: config.LOCAL_IDENTITY_PORT, host: '127.0.0.1' }),
    people: demoPeople,
    client: { id: clientId, redirectUri },
  })
  const provider = oidcProvider(
    { id, label: 'a demo account', issuer, scopes: ['openid', 'profile', 'email'], trustEmail: true },
    { clientId, clientSecret, redirectUri },
  )
  return { provider, issuer, close }
}

function sweepHourly(db: DatabaseHandle['db'], images: ImageStore, logger: Logger): () => Promise<void> {
  const sweep = async () => {
    try {
      const swept = await sweepImages(db, images)
      if (swept > 0) logger.info({ swept }, 'removed files that belong to no image any more')
    } catch (error) {
      logger.warn({ err: error }, 'files that belong to no image were not removed')
    }
  }
  const timer = setInterval(sweep, 60 * 60_000)
  timer.unref()
  return async () => clearInterval(timer)
}
