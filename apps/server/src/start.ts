import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import {
  AccessTokens,
  Authenticator,
  ChangeListener,
  deleteExpiredSessions,
  deleteExpiredSigningKeys,
  deleteExpiredTokens,
  Mailer,
  oidcProvider,
  RateLimits,
  SigningKeys,
  UnreadableSigningKeyError,
} from '@worldloom/auth'
import { type Config, isLoopbackUrl, OperatorError, resolveAppSecret } from '@worldloom/config'
import { createDatabase, type DatabaseHandle, migrate } from '@worldloom/db'
import { openEmbeddedServer } from '@worldloom/db/embedded'
import { demoPeople, seedDemo } from '@worldloom/db/seed'
import { startLocalIdentityProvider } from '@worldloom/local-identity'
import getPort from 'get-port'
import { createApp } from './app.ts'
import { closeHttpServer, createHttpServer } from './httpServer.ts'
import type { Logger } from './logger.ts'
import { configuredProviders } from './providers.ts'

export interface StartOptions {
  readonly config: Config
  readonly logger: Logger
  readonly webDirectory: string
}

export interface RunningWorldloom {
  readonly url: string
  readonly database: { readonly url: string; readonly directory: string | undefined }
  readonly localIdentity: { readonly issuer: string } | undefined
  /** Of the identity providers, as the sign-in page shows them. */
  readonly signInLabels: readonly string[]
  /** Finishes the requests in flight, then stops everything that was started. */
  close(): Promise<void>
}

/**
 * Starts all of Worldloom: the embedded database where no other is configured, migrations, demo people and
 * their identity provider where they may be, and the HTTP server. What was started is stopped again when a
 * later step fails.
 */
export async function startWorldloom({ config, logger, webDirectory }: StartOptions): Promise<RunningWorldloom> {
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
        })
    if (embedded) started.push(embedded.release)
    const databaseUrl = embedded?.url ?? config.DATABASE_URL ?? ''
    const database = createDatabase(databaseUrl, {
      poolSize: config.DATABASE_POOL_SIZE,
      statementTimeout: config.DATABASE_STATEMENT_TIMEOUT,
      preparedStatements: config.DATABASE_PREPARED_STATEMENTS === 'true',
      onConnectionLost: (error) => logger.warn({ reason: error.message }, 'a database connection was lost'),
    })
    started.push(database.close)
    await migrateSchema(databaseUrl, logger)
    if (config.LOCAL_IDENTITY && (await seedDemo(database.db))) logger.info('seeded the demo people and their world')

    const identity = config.LOCAL_IDENTITY ? await startLocalIdentity(config) : undefined
    if (identity) started.push(identity.close)
    const listener = new ChangeListener({
      databaseUrl,
      onListening: (listening, reason) =>
        listening
          ? logger.info('listening for changes of sessions and permissions')
          : logger.warn({ reason: reason?.message }, 'lost the listener: sessions are looked up each time'),
    })
    started.push(() => listener.close())
    await listener.start()
    const signingKeys = new SigningKeys(database.db, resolveAppSecret(config), listener)
    await startSigningKeys(signingKeys)
    const accessTokens = new AccessTokens(signingKeys, {
      issuer: config.PUBLIC_URL,
      audience: config.ACCESS_TOKEN_AUDIENCE,
      lifetime: config.ACCESS_TOKEN_LIFETIME,
    })
    const timeouts = { idle: config.SESSION_IDLE_TIMEOUT, absolute: config.SESSION_ABSOLUTE_TIMEOUT }
    const authenticator = new Authenticator({ db: database.db, timeouts, listener, accessTokens })
    started.push(() => authenticator.usage.flush())
    // On connections of their own: many tries at one limit wait for each other, and nobody else is to wait for them.
    const limits = createDatabase(databaseUrl, {
      poolSize: 2,
      statementTimeout: config.DATABASE_STATEMENT_TIMEOUT,
      applicationName: 'worldloom limits',
      onConnectionLost: (error) => logger.warn({ reason: error.message }, 'a database connection was lost'),
    })
    started.push(limits.close)
    const rateLimits = new RateLimits(limits.pool)
    started.push(sweepRegularly(database.db, rateLimits, logger))
    const mailer = startMailer(config, logger)
    started.push(() => mailer.close())

    const providers = configuredProviders(config)
    if (identity) providers.unshift(identity.provider)
    if (providers.length === 0 && !config.PASSWORD_SIGN_IN) {
      logger.warn('no way to sign in is configured: nobody can (see OIDC_PROVIDERS and PASSWORD_SIGN_IN)')
    }
    const signIn = {
      db: database.db,
      timeouts,
      admission: {
        allowedEmailDomains: config.ALLOWED_EMAIL_DOMAINS,
        allowedTenants: config.ALLOWED_TENANTS,
        bootstrapAdminEmails: config.BOOTSTRAP_ADMIN_EMAILS,
      },
      rateLimits,
      mailer,
      publicUrl: config.PUBLIC_URL,
      accessTokens,
    }
    const app = createApp({
      config,
      database,
      authenticator,
      accessTokens,
      signingKeys,
      rateLimits,
      signIn,
      providers,
      logger,
      webDirectory,
    })
    const server = createHttpServer(app, config)
    server.listen(config.PORT, config.HOST)
    await once(server, 'listening')
    started.push(() => closeHttpServer(server, config.SHUTDOWN_TIMEOUT))
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

/** On a connection of its own: a migration may take longer than a statement of a request may. */
async function migrateSchema(databaseUrl: string, logger: Logger): Promise<void> {
  const { db, close } = createDatabase(databaseUrl, { poolSize: 2, statementTimeout: 600 })
  try {
    const applied = await migrate(db)
    if (applied.length > 0) logger.info({ applied }, 'migrated the database')
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

/** @throws {OperatorError} where APP_SECRET is not the one the keys were made with */
async function startSigningKeys(keys: SigningKeys): Promise<void> {
  try {
    await keys.start()
  } catch (error) {
    throw error instanceof UnreadableSigningKeyError ? new OperatorError(error.message, { cause: error }) : error
  }
}

function startMailer(config: Config, logger: Logger): Mailer {
  return new Mailer({
    smtpUrl: config.SMTP_URL,
    from: config.MAIL_FROM,
    onUnsent: ({ to, subject, text }) => {
      // Links let somebody in: they are in no log but that of whoever is trying Worldloom out.
      if (config.NODE_ENV === 'production') logger.warn({ subject }, 'no mail was sent: SMTP_URL is not set')
      else logger.info(`no SMTP_URL, so this mail to ${to} was not sent: ${subject}\n\n${text}`)
    },
    onFailed: (error) => logger.error({ err: error }, 'a mail was not sent'),
  })
}

/** Removes what has expired, for space only. */
function sweepRegularly(db: DatabaseHandle['db'], rateLimits: RateLimits, logger: Logger): () => Promise<void> {
  const sweep = async () => {
    try {
      await deleteExpiredSessions(db)
      await deleteExpiredTokens(db)
      await deleteExpiredSigningKeys(db)
      await rateLimits.deleteExpired()
    } catch (error) {
      logger.warn({ err: error }, 'what has expired was not removed')
    }
  }
  const timer = setInterval(sweep, 10 * 60_000)
  timer.unref()
  return async () => clearInterval(timer)
}
