import { deleteOldAnswers } from '@worldloom/api'
import {
  AccessTokens,
  ApiLimit,
  Authenticator,
  ChangeListener,
  deleteExpiredSessions,
  deleteExpiredSigningKeys,
  deleteExpiredTokens,
  Mailer,
  NotHeardError,
  RateLimits,
  SigningKeys,
  UnreadableSigningKeyError,
} from '@worldloom/auth'
import { deleteOldConversations } from '@worldloom/chat'
import { type Config, OperatorError, resolveAppSecret } from '@worldloom/config'
import { createDatabase, type DatabaseHandle } from '@worldloom/db'
import {
  deleteOldDeliveries,
  deleteOldInvitations,
  deleteOldPresences,
  deleteOldShareLinks,
  dropOldChangePartitions,
  ensureChangePartitions,
} from '@worldloom/worlds'
import type { AppDependencies } from './app.ts'
import type { Logger } from './logger.ts'

interface AccessOptions {
  readonly config: Config
  readonly database: DatabaseHandle
  readonly databaseUrl: string
  /** Past a pooler, if there is one. */
  readonly directUrl: string
  readonly logger: Logger
  /** What has to be stopped again, in the order it was started. Appended to. */
  readonly started: { push(...ends: readonly (() => Promise<unknown>)[]): void }
}

interface Access extends Pick<AppDependencies, 'authenticator' | 'signingKeys' | 'signIn' | 'apiLimit'> {
  readonly listener: ChangeListener
}

/**
 * Starts what authentication needs: the change listener, signing keys, rate limits and mail.
 *
 * @throws {OperatorError} if the signing keys were encrypted with another APP_SECRET
 */
export async function startAccess(options: AccessOptions): Promise<Access> {
  const { config, database, databaseUrl, directUrl, logger, started } = options
  const { db } = database
  const listener = new ChangeListener({
    databaseUrl: directUrl,
    db,
    onListening: (listening, reason) => {
      if (listening) logger.info('listening for changes of sessions and permissions')
      else if (reason instanceof NotHeardError) {
        logger.warn('notifications do not arrive, so sessions are looked up each time: see DATABASE_DIRECT_URL')
      } else logger.warn({ reason: reason?.message }, 'lost the listener: sessions are looked up each time')
    },
  })
  started.push(() => listener.close())
  await listener.start()

  const signingKeys = new SigningKeys(db, resolveAppSecret(config), listener)
  await startSigningKeys(signingKeys)
  const accessTokens = new AccessTokens(signingKeys, {
    issuer: config.PUBLIC_URL,
    audience: config.ACCESS_TOKEN_AUDIENCE,
    lifetime: config.ACCESS_TOKEN_LIFETIME,
  })
  const timeouts = { idle: config.SESSION_IDLE_TIMEOUT, absolute: config.SESSION_ABSOLUTE_TIMEOUT }
  const authenticator = new Authenticator({ db, timeouts, listener, accessTokens })
  started.push(() => authenticator.usage.flush())

  // On separate connections: many attempts at one limit wait for each other, and must not hold up other requests.
  const limits = createDatabase(databaseUrl, {
    poolSize: 2,
    statementTimeout: config.DATABASE_STATEMENT_TIMEOUT,
    preparedStatements: config.DATABASE_PREPARED_STATEMENTS === 'true',
    applicationName: 'worldloom limits',
    onConnectionLost: (error) => logger.warn({ reason: error.message }, 'a database connection was lost'),
  })
  started.push(limits.close)
  const rateLimits = new RateLimits(limits.pool)
  const apiLimit = new ApiLimit(limits.pool, config.API_POINTS_PER_MINUTE, (error) =>
    logger.warn({ err: error }, 'limits were not shared with other servers'),
  )
  started.push(() => apiLimit.close())
  started.push(sweepRegularly(db, rateLimits, logger, config.HISTORY_RETENTION))

  const mailer = startMailer(config, logger)
  started.push(() => mailer.close())
  const admission = {
    allowedEmailDomains: config.ALLOWED_EMAIL_DOMAINS,
    allowedTenants: config.ALLOWED_TENANTS,
    bootstrapAdminEmails: config.BOOTSTRAP_ADMIN_EMAILS,
  }
  const signIn = { db, timeouts, admission, rateLimits, mailer, publicUrl: config.PUBLIC_URL, accessTokens }
  return { authenticator, signingKeys, signIn, apiLimit, listener }
}

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
      // Links sign people in, so they are logged only when trying out Worldloom.
      if (config.NODE_ENV === 'production') logger.warn({ subject }, 'no mail was sent: SMTP_URL is not set')
      else logger.info(`no SMTP_URL, so this mail to ${to} was not sent: ${subject}\n\n${text}`)
    },
    onFailed: (error) => logger.error({ err: error }, 'a mail was not sent'),
  })
}

/** Deletes what is expired, only to save space, and makes the change log's next partitions. */
function sweepRegularly(
  db: DatabaseHandle['db'],
  rateLimits: RateLimits,
  logger: Logger,
  historyRetention: number | undefined,
): () => Promise<void> {
  const sweep = async () => {
    try {
      await deleteExpiredSessions(db)
      await deleteExpiredTokens(db)
      await deleteExpiredSigningKeys(db)
      await deleteOldAnswers(db)
      await deleteOldInvitations(db)
      await deleteOldPresences(db)
      await deleteOldShareLinks(db)
      await deleteOldDeliveries(db)
      await ensureChangePartitions(db)
      if (historyRetention !== undefined) {
        const dropped = await dropOldChangePartitions(db, historyRetention)
        if (dropped.length > 0) logger.info({ dropped }, 'dropped what is too old of the change log')
      }
      await deleteOldConversations(db)
      await rateLimits.deleteExpired()
    } catch (error) {
      logger.warn({ err: error }, 'regular maintenance failed')
    }
  }
  const timer = setInterval(sweep, 10 * 60_000)
  timer.unref()
  return async () => clearInterval(timer)
}
