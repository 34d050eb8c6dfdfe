import {
  beginSignIn,
  completeSignIn,
  deleteSessionByToken,
  type OidcProvider,
  type SessionAuthenticator,
  type SignInDependencies,
  SignInError,
} from '@worldloom/auth'
import { databaseFault } from '@worldloom/db'
import type { SignInFailure, SignInProvider } from '@worldloom/schema'
import { Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { AppConfig, AppContext, AppEnvironment } from '../appTypes.ts'
import { clientAddress } from '../clientAddress.ts'
import type { Logger } from '../logger.ts'
import { problem } from '../problem.ts'
import type { SessionCookie } from '../sessionCookie.ts'

export interface AuthRouteDependencies {
  readonly config: AppConfig
  readonly signIn: SignInDependencies
  readonly providers: readonly OidcProvider[]
  readonly sessions: SessionAuthenticator
  readonly cookie: SessionCookie
  readonly logger: Logger
}

/** Binds a sign-in to the browser that began it. Only callbacks need it, and `Lax` lets it come back from the provider. */
const attemptCookie = 'worldloom_sign_in'

export function authRoutes(deps: AuthRouteDependencies): Hono<AppEnvironment> {
  const { config, signIn, cookie, logger } = deps
  const attemptAttributes = {
    path: '/auth',
    httpOnly: true,
    sameSite: 'Lax',
    secure: config.PUBLIC_URL.startsWith('https:'),
  } as const
  const providers = new Map(deps.providers.map((provider) => [provider.id, provider]))

  return new Hono<AppEnvironment>()
    .use(async (c, next) => {
      await next()
      c.header('cache-control', 'no-store')
    })
    .get('/providers', (c) => c.json(deps.providers.map(({ id, label }): SignInProvider => ({ id, label }))))
    .get('/:provider/login', async (c) => {
      const provider = providers.get(c.req.param('provider'))
      if (!provider) return unknownProvider(c)
      try {
        const begun = await beginSignIn(signIn, provider, c.req.query('redirect'), getCookie(c, attemptCookie))
        setCookie(c, attemptCookie, begun.browserSecret, { ...attemptAttributes, maxAge: 600 })
        return c.redirect(begun.url.href)
      } catch (error) {
        return failed(c, provider, error)
      }
    })
    .get('/:provider/callback', async (c) => {
      const provider = providers.get(c.req.param('provider'))
      if (!provider) return unknownProvider(c)
      const previous = cookie.read(c)
      const device = {
        ipAddress: clientAddress(c, config.TRUSTED_PROXIES),
        userAgent: c.req.header('user-agent'),
      }
      try {
        const query = new URL(c.req.url).searchParams
        const done = await completeSignIn(signIn, provider, query, getCookie(c, attemptCookie), device, previous)
        cookie.write(c, done.token, done.expiresAt)
        logger.info({ requestId: c.get('requestId'), userId: done.userId, provider: provider.id }, 'signed in')
        return c.redirect(done.redirect)
      } catch (error) {
        return failed(c, provider, error)
      }
    })
    .post('/sign-out', async (c) => {
      const token = cookie.read(c)
      if (token) {
        await deleteSessionByToken(signIn.db, token)
        deps.sessions.forget(token)
      }
      cookie.clear(c)
      return c.body(null, 204)
    })

  function failed(c: AppContext, provider: OidcProvider, error: unknown): Response {
    const failure = failureOf(error)
    const details = { requestId: c.get('requestId'), provider: provider.id, failure }
    if (failure === 'unknown') logger.error({ ...details, err: error }, 'sign-in failed')
    else logger.warn({ ...details, reason: error instanceof Error ? error.message : '' }, 'sign-in failed')
    return c.redirect(`/login-failed?${new URLSearchParams({ error: failure })}`)
  }
}

function failureOf(error: unknown): SignInFailure {
  if (error instanceof SignInError) return error.failure
  return databaseFault(error)?.kind === 'unavailable' ? 'unavailable' : 'unknown'
}

function unknownProvider(c: AppContext): Response {
  return problem(
    c,
    404,
    'Unknown provider',
    'No identity provider of that name is configured here. GET /auth/providers lists those that are.',
  )
}
