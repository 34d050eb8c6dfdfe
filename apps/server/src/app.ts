import { type OidcProvider, ProviderDiscovery, type SessionAuthenticator, type SessionTimeouts } from '@worldloom/auth'
import { type DatabaseHandle, databaseFault } from '@worldloom/db'
import { UnavailableError } from '@worldloom/schema'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { cors } from 'hono/cors'
import { HTTPException } from 'hono/http-exception'
import { timeout } from 'hono/timeout'
import type { AppConfig, AppEnvironment } from './appTypes.ts'
import type { Logger } from './logger.ts'
import { Metrics } from './metrics.ts'
import { observe } from './middleware/observe.ts'
import { requireSameSite } from './middleware/sameSite.ts'
import { problem } from './problem.ts'
import { authRoutes } from './routes/auth.ts'
import { healthRoutes } from './routes/health.ts'
import { trpcRoute } from './routes/trpc.ts'
import { webRoutes } from './routes/web.ts'
import { SessionCookie } from './sessionCookie.ts'

export interface AppDependencies {
  readonly config: AppConfig
  readonly database: DatabaseHandle
  readonly sessions: SessionAuthenticator
  readonly timeouts: SessionTimeouts
  readonly providers: readonly OidcProvider[]
  readonly logger: Logger
  /** Where the web app was built to. */
  readonly webDirectory: string
}

/** Everything that is HTTP, composed. Holds no global state: two can live in one process. */
export function createApp(deps: AppDependencies): Hono<AppEnvironment> {
  const { config, database, sessions, logger } = deps
  const { db } = database
  const cookie = new SessionCookie(config.PUBLIC_URL)
  const metrics = new Metrics(database.pool)
  const signIn = { db, discovery: new ProviderDiscovery(), timeouts: deps.timeouts, publicUrl: config.PUBLIC_URL }

  const app = new Hono<AppEnvironment>()
  app.use(observe(logger, metrics, config.TRUSTED_PROXIES))
  app.route('/', healthRoutes(db, metrics, config))
  for (const path of ['/trpc/*', '/auth/*', '/api/*']) {
    if (config.CORS_ORIGINS.length > 0) {
      app.use(
        path,
        cors({ origin: config.CORS_ORIGINS, credentials: true, exposeHeaders: ['x-request-id'], maxAge: 600 }),
      )
    }
    app.use(path, requireSameSite(config, cookie))
    app.on(
      ['POST', 'PUT', 'PATCH', 'DELETE'],
      path,
      bodyLimit({
        maxSize: config.BODY_LIMIT,
        onError: (c) => problem(c, 413, 'Too large', `A request may have at most ${config.BODY_LIMIT} bytes.`),
      }),
    )
  }
  // Procedures are bounded by what the database may take for a statement; providers are not ours to bound.
  app.use(
    '/auth/*',
    timeout(config.REQUEST_TIMEOUT * 1000, () => new HTTPException(504, { message: 'The answer took too long.' })),
  )
  app.all('/trpc/*', trpcRoute({ db, sessions, cookie, logger }))
  app.route('/auth', authRoutes({ config, signIn, providers: deps.providers, sessions, cookie, logger }))
  app.route('/', webRoutes(deps.webDirectory))

  app.notFound((c) => problem(c, 404, 'Not found', `There is nothing at ${c.req.path}.`))
  app.onError((error, c) => {
    if (error instanceof HTTPException) return problem(c, error.status as 400, 'Refused', error.message)
    logger.error({ requestId: c.get('requestId'), err: error }, 'request failed')
    if (databaseFault(error)?.kind === 'unavailable') {
      return problem(c, 503, 'Unavailable', new UnavailableError().message)
    }
    return problem(c, 500, 'Something went wrong on our side', `Mention ${c.get('requestId')} when you report it.`)
  })
  return app
}
