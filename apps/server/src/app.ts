import type { Context } from '@worldloom/api'
import type { ApiLimit, Authenticator, ChangeListener, IdentityProvider, SigningKeys } from '@worldloom/auth'
import type { AuthorizationServer } from '@worldloom/authorization-server'
import type { Chat } from '@worldloom/chat'
import type { DatabaseHandle } from '@worldloom/db'
import { type ImageStore, storeDrawing } from '@worldloom/images'
import type { Jobs } from '@worldloom/jobs'
import type { Telemetry } from '@worldloom/telemetry'
import type { LiveWorlds, WebhookSender } from '@worldloom/worlds'
import { Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { cors } from 'hono/cors'
import { HTTPException } from 'hono/http-exception'
import { timeout } from 'hono/timeout'
import type { AppConfig, AppEnvironment } from './appTypes.ts'
import type { Logger } from './logger.ts'
import { Metrics } from './metrics.ts'
import { observe } from './middleware/observe.ts'
import { requireSameSite } from './middleware/sameSite.ts'
import { PendingCookie } from './pendingCookie.ts'
import { problem, problemOf } from './problem.ts'
import { positionHeader, type ReadReplicas } from './readReplicas.ts'
import { archiveRoutes, isImport } from './routes/archives.ts'
import { auditRoutes } from './routes/audit.ts'
import { authRoutes } from './routes/auth.ts'
import { authorizationRoutes } from './routes/authorization.ts'
import { changesRoutes } from './routes/changes.ts'
import { docsRoutes, documentRoutes } from './routes/docs.ts'
import { healthRoutes } from './routes/health.ts'
import { imageRoutes, isUpload, maxUploadBytes } from './routes/images.ts'
import { mcpRoute } from './routes/mcp.ts'
import { passwordOptions, passwordRoutes } from './routes/password.ts'
import { readingRoutes } from './routes/reading.ts'
import { restRoutes } from './routes/rest.ts'
import { type SecondFactorRouteDependencies, secondFactorRoutes } from './routes/secondFactor.ts'
import { secretScanningRoutes } from './routes/secretScanning.ts'
import { tokenRoutes } from './routes/token.ts'
import { trpcRoute } from './routes/trpc.ts'
import { webRoutes } from './routes/web.ts'
import { SessionCookie } from './sessionCookie.ts'
import { type SignIn, sayLimit } from './signInLimits.ts'

export interface AppDependencies {
  readonly config: AppConfig
  readonly database: DatabaseHandle
  readonly authenticator: Authenticator
  readonly signingKeys: SigningKeys
  /** What signing in needs, with a password or with another account. */
  readonly signIn: SignIn
  readonly secondFactors: SecondFactorRouteDependencies['secondFactors']
  readonly sealedClients: Context['sealedClients']
  readonly authorizationServer: AuthorizationServer
  readonly apiLimit: ApiLimit
  readonly providers: readonly IdentityProvider[]
  readonly images: ImageStore
  readonly chat: Chat
  readonly live: LiveWorlds
  readonly webhooks: WebhookSender
  readonly jobs: Jobs
  readonly listener: Pick<ChangeListener, 'state'>
  /** What world data is read from besides the primary. */
  readonly replicas?: ReadReplicas | undefined
  readonly logger: Logger
  readonly telemetry?: Telemetry | undefined
  /** The directory of the built web app. */
  readonly webDirectory: string
}

/** The response headers that scripts of other origins may read. */
const exposeHeaders = [
  'x-request-id',
  'etag',
  'location',
  'retry-after',
  'ratelimit',
  'ratelimit-policy',
  'content-range',
  positionHeader,
]

/** Composes everything that is HTTP. Holds no global state, so that two can exist in one process. */
export function createApp(deps: AppDependencies): Hono<AppEnvironment> {
  const { config, database, authenticator, signIn, secondFactors, providers, logger } = deps
  const { db } = database
  const cookie = new SessionCookie(config.PUBLIC_URL)
  const pending = new PendingCookie(config.PUBLIC_URL)
  const metrics = new Metrics(deps)
  const signInMethods = [...providers.map(({ id }) => id), ...(config.PASSWORD_SIGN_IN ? ['password'] : [])]

  const app = new Hono<AppEnvironment>()
  app.use(observe(logger, metrics, config.TRUSTED_PROXIES))
  if (deps.replicas) app.use(deps.replicas.tell())
  app.route('/', healthRoutes({ db, listener: deps.listener, replicas: deps.replicas, metrics, config }))
  const limitBody = limitTo(config.BODY_LIMIT)
  const limitUpload = limitTo(maxUploadBytes)
  const limitImport = limitTo(config.IMPORT_LIMIT)
  for (const path of ['/trpc/*', '/mcp', '/auth/*', '/api/*', '/token', '/share', '/.well-known/*']) {
    if (config.CORS_ORIGINS.length > 0) {
      app.use(path, cors({ origin: config.CORS_ORIGINS, credentials: true, exposeHeaders, maxAge: 600 }))
    }
    app.use(path, requireSameSite(config, cookie))
    app.on(['POST', 'PUT', 'PATCH', 'DELETE'], path, (c, next) =>
      (isImport(c) ? limitImport : isUpload(c) ? limitUpload : limitBody)(c, next),
    )
  }
  // Of the authorization server these alone, which its pages call: it reads the bodies of the rest by itself.
  for (const path of ['/oauth/interaction/*', '/oauth/device/*', '/secret-scanning']) {
    app.use(path, requireSameSite(config, cookie))
    app.on('POST', path, limitBody)
    app.use(path, sayLimit)
  }
  // Procedures are limited by the database's statement timeout; identity providers are not.
  app.use(
    '/auth/*',
    timeout(config.REQUEST_TIMEOUT * 1000, () => new HTTPException(504, { message: 'The answer took too long.' })),
  )
  app.use('/auth/*', sayLimit)
  app.use('/token', sayLimit)
  app.use('/mcp', sayLimit)
  app.use('/auth/*', async (c, next) => {
    await next()
    c.header('cache-control', 'no-store')
  })
  const context = {
    db,
    authenticator,
    cookie,
    mailer: signIn.mailer,
    publicUrl: signIn.publicUrl,
    secondFactors,
    sealedClients: deps.sealedClients,
    signInMethods,
    chat: deps.chat,
    live: deps.live,
    webhooks: deps.webhooks,
    jobs: deps.jobs,
    trashRetention: config.TRASH_RETENTION,
    apiLimit: deps.apiLimit,
    replicas: deps.replicas,
    storePicture: (svg: string, worldId: string) => storeDrawing(deps.images, svg, worldId),
  }
  app.all('/trpc/*', trpcRoute(context, logger))
  app.all('/mcp', mcpRoute(context, config, logger))
  app.route('/', tokenRoutes({ config, tokens: signIn, signingKeys: deps.signingKeys, authenticator, cookie, logger }))
  app.route(
    '/',
    authorizationRoutes({ config, signIn, authorizationServer: deps.authorizationServer, authenticator, cookie }),
  )
  app.route('/', secretScanningRoutes({ config, signIn, logger }))
  app.route('/auth', passwordRoutes({ config, signIn, authenticator, cookie, pending }))
  app.route('/auth', secondFactorRoutes({ config, signIn, secondFactors, authenticator, cookie, pending }))
  app.route('/auth', authRoutes({ config, signIn, providers, authenticator, cookie, pending, logger }))
  app.route('/api', auditRoutes(db, authenticator, cookie))
  app.route('/api/v1', documentRoutes(config.PUBLIC_URL))
  app.route('/api/v1', imageRoutes(context, deps.images))
  app.route('/api/v1', archiveRoutes(context, deps.images))
  app.route('/api/v1', changesRoutes(context))
  app.route('/api/v1', restRoutes(context))
  app.route('/docs', docsRoutes())
  const publicAnswers = {
    '/auth/providers': providers.map(({ id, label }) => ({ id, label })),
    '/auth/password': passwordOptions(config, signIn.mailer),
  }
  app.route(
    '/',
    readingRoutes({
      ...context,
      images: deps.images,
      guestsMayRead: config.GUEST_READING === 'true',
      webDirectory: deps.webDirectory,
    }),
  )
  app.route('/', webRoutes(deps.webDirectory, { ...context, publicAnswers }))

  app.notFound((c) => problem(c, 404, 'Not found', `There is nothing at ${c.req.path}.`))
  app.onError((error, c) => {
    const known = problemOf(c, error)
    if (!known || known.status === 503) {
      logger.error({ requestId: c.get('requestId'), err: error }, 'request failed')
    }
    return (
      known ?? problem(c, 500, 'Something went wrong on our side', `Mention ${c.get('requestId')} when you report it.`)
    )
  })
  return app
}

function limitTo(maxSize: number): MiddlewareHandler<AppEnvironment> {
  return bodyLimit({
    maxSize,
    onError: (c) => {
      // What is not read stays in the connection, which is closed: nobody should send another request on it.
      c.header('connection', 'close')
      return problem(c, 413, 'Too large', `A request may have at most ${maxSize} bytes here.`)
    },
  })
}
