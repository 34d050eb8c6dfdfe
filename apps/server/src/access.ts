import {
  AccessTokens,
  ApiLimit,
  Authenticator,
  type ChangeListener,
  deriveKey,
  type Mailer,
  RateLimits,
  SealedText,
  SigningKeys,
  UnreadableSigningKeyError,
} from '@worldloom/auth'
import { AuthorizationServer } from '@worldloom/authorization-server'
import { type Config, OperatorError, resolveAppSecret } from '@worldloom/config'
import { createDatabase, type DatabaseHandle } from '@worldloom/db'
import type { AppDependencies } from './app.ts'
import { connectionsOf } from './connections.ts'
import type { Logger } from './logger.ts'

interface AccessOptions {
  readonly config: Config
  readonly database: DatabaseHandle
  readonly databaseUrl: string
  readonly listener: ChangeListener
  readonly mailer: Mailer
  readonly logger: Logger
  /** What has to be stopped again, in the order it was started. Appended to. */
  readonly started: { push(...ends: readonly (() => Promise<unknown>)[]): void }
}

type Access = Pick<
  AppDependencies,
  'authenticator' | 'signingKeys' | 'signIn' | 'secondFactors' | 'apiLimit' | 'sealedClients' | 'authorizationServer'
>

/**
 * Starts what authentication needs: signing keys and rate limits.
 *
 * @throws {OperatorError} if the signing keys were encrypted with another APP_SECRET
 */
export async function startAccess(options: AccessOptions): Promise<Access> {
  const { config, database, databaseUrl, listener, mailer, logger, started } = options
  const { db } = database
  const secret = resolveAppSecret(config)
  const signingKeys = new SigningKeys(db, secret, listener)
  await startSigningKeys(signingKeys)
  const accessTokens = new AccessTokens(signingKeys, {
    issuer: config.PUBLIC_URL,
    audience: config.ACCESS_TOKEN_AUDIENCE,
    lifetime: config.ACCESS_TOKEN_LIFETIME,
  })
  const timeouts = { idle: config.SESSION_IDLE_TIMEOUT, absolute: config.SESSION_ABSOLUTE_TIMEOUT }
  const secondFactorRoles = config.REQUIRE_SECOND_FACTOR_FOR
  const authenticator = new Authenticator({ db, timeouts, listener, accessTokens, secondFactorRoles })
  started.push(() => authenticator.usage.flush())

  // On separate connections: many attempts at one limit wait for each other, and must not hold up other requests.
  const limits = createDatabase(databaseUrl, {
    ...connectionsOf(config, logger),
    poolSize: 2,
    applicationName: 'worldloom limits',
  })
  started.push(limits.close)
  const rateLimits = new RateLimits(limits.pool)
  const apiLimit = new ApiLimit(limits.pool, config.API_POINTS_PER_MINUTE, (error) =>
    logger.warn({ err: error }, 'limits were not shared with other servers'),
  )
  started.push(() => apiLimit.close())
  const admission = {
    allowedEmailDomains: config.ALLOWED_EMAIL_DOMAINS,
    allowedTenants: config.ALLOWED_TENANTS,
    bootstrapAdminEmails: config.BOOTSTRAP_ADMIN_EMAILS,
  }
  const { PUBLIC_URL: publicUrl } = config
  const signIn = { db, timeouts, admission, rateLimits, mailer, publicUrl, accessTokens, secondFactorRoles }
  const secondFactors = {
    sealed: new SealedText(secret, 'second factors'),
    requiredFor: secondFactorRoles,
  }
  const sealedClients = new SealedText(secret, 'authorization server')
  const authorizationServer = new AuthorizationServer({
    ...{ db, sealed: sealedClients, publicUrl, signingKeys },
    cookieSecret: Buffer.from(deriveKey(secret, 'authorization cookies')).toString('base64url'),
    settings: {
      dynamicRegistration: config.OAUTH_DYNAMIC_REGISTRATION === 'true',
      metadataDocuments: config.OAUTH_METADATA_DOCUMENTS === 'true',
      metadataAllowedHosts: config.OAUTH_METADATA_ALLOWED_HOSTS,
      corsOrigins: config.CORS_ORIGINS,
    },
    onError: (error) => logger.error({ err: error }, 'the authorization server failed'),
  })
  return { authenticator, signingKeys, signIn, secondFactors, apiLimit, sealedClients, authorizationServer }
}

async function startSigningKeys(keys: SigningKeys): Promise<void> {
  try {
    await keys.start()
  } catch (error) {
    throw error instanceof UnreadableSigningKeyError ? new OperatorError(error.message, { cause: error }) : error
  }
}
