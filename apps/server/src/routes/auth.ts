import {
  type Authenticator,
  addressKey,
  beginSignIn,
  completeSignIn,
  deleteSessionByToken,
  type IdentityProvider,
  type RateLimits,
  recordEvent,
  type SignInDependencies,
  SignInError,
} from '@worldloom/auth'
import { databaseFault } from '@worldloom/db'
import { RateLimitedError, type SignInFailure, type SignInProvider } from '@worldloom/schema'
import { Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { AppConfig, AppContext, AppEnvironment } from '../appTypes.ts'
import { clientAddress, originOf } from '../clientAddress.ts'
import type { Logger } from '../logger.ts'
import type { PendingCookie } from '../pendingCookie.ts'
import { problem, setRateLimitHeaders } from '../problem.ts'
import type { SessionCookie } from '../sessionCookie.ts'
import { limitsFor } from '../signInLimits.ts'

export interface AuthRouteDependencies {
  readonly config: AppConfig
  readonly signIn: SignInDependencies & { readonly rateLimits: RateLimits }
  readonly providers: readonly IdentityProvider[]
  readonly authenticator: Authenticator
  readonly cookie: SessionCookie
  readonly pending: PendingCookie
  readonly logger: Logger
}

/**
 * Binds a sign-in to the browser that started it. Only callbacks need it, and `Lax` lets it be sent when coming back
 * from the provider.
 */
const attemptCookie = 'worldloom_sign_in'

/** Signing in with an account of another provider, and signing out. */
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
    .get('/providers', (c) => c.json(deps.providers.map(({ id, label }): SignInProvider => ({ id, label }))))
    .get('/:provider/login', async (c) => {
      const provider = providers.get(c.req.param('provider'))
      if (!provider) return unknownProvider(c)
      try {
        const from = addressKey(clientAddress(c))
        await limitsFor(c, signIn.rateLimits).consume('providerAddress', from)
        const begun = await beginSignIn(signIn, provider, {
          redirect: c.req.query('redirect'),
          linkToken: c.req.query('link'),
          browserSecret: getCookie(c, attemptCookie),
        })
        setCookie(c, attemptCookie, begun.browserSecret, { ...attemptAttributes, maxAge: 600 })
        return c.redirect(begun.url.href)
      } catch (error) {
        return await failed(c, provider, error)
      }
    })
    .get('/:provider/callback', async (c) => {
      const provider = providers.get(c.req.param('provider'))
      if (!provider) return unknownProvider(c)
      const previousToken = cookie.read(c)
      try {
        const done = await completeSignIn(signIn, provider, {
          callback: new URL(c.req.url).searchParams,
          browserSecret: getCookie(c, attemptCookie),
          origin: originOf(c),
          previousToken,
        })
        if ('pendingToken' in done) {
          deps.pending.write(c, done.pendingToken)
          return c.redirect(`/second-factor?${new URLSearchParams({ redirect: done.redirect })}`)
        }
        if (previousToken) deps.authenticator.forgetSession(previousToken)
        cookie.write(c, done.token, done.expiresAt)
        logger.info({ requestId: c.get('requestId'), userId: done.userId, provider: provider.id }, 'signed in')
        return c.redirect(done.redirect)
      } catch (error) {
        return await failed(c, provider, error)
      }
    })
    .post('/sign-out', async (c) => {
      const token = cookie.read(c)
      if (token) {
        const ended = await deleteSessionByToken(signIn.db, token)
        deps.authenticator.forgetSession(token)
        if (ended) {
          const origin = originOf(c)
          const actor = { kind: 'session', userId: ended.userId, name: ended.displayName, ...origin } as const
          await recordEvent(signIn.db, actor, { action: 'signOut' })
        }
      }
      cookie.clear(c)
      return c.body(null, 204)
    })

  async function failed(c: AppContext, provider: IdentityProvider, error: unknown): Promise<Response> {
    const failure = failureOf(error)
    const origin = originOf(c)
    const details = { requestId: origin.requestId, provider: provider.id, failure }
    if (failure === 'unknown') logger.error({ ...details, err: error }, 'sign-in failed')
    else logger.warn({ ...details, reason: detailOf(error) }, 'sign-in failed')
    const location = `/login-failed?${new URLSearchParams({ error: failure })}`
    if (error instanceof RateLimitedError) {
      setRateLimitHeaders(c, error)
      // A browser stays on a response that is not a redirect, so the page has to say why.
      return c.html(
        `<!doctype html><meta http-equiv="refresh" content="0;url=${location}"><title>Worldloom</title>`,
        429,
      )
    }
    if (failure !== 'unavailable') {
      await recordEvent(
        signIn.db,
        { kind: 'anonymous', ...origin },
        { action: 'signIn', outcome: 'failure', details: { provider: provider.id, failure } },
      ).catch((reason) => logger.error({ requestId: origin.requestId, err: reason }, 'the audit log was not written'))
    }
    return c.redirect(location)
  }
}

function failureOf(error: unknown): SignInFailure {
  if (error instanceof SignInError) return error.failure
  if (error instanceof RateLimitedError) return 'too_many'
  return databaseFault(error)?.kind === 'unavailable' ? 'unavailable' : 'unknown'
}

function detailOf(error: unknown): string {
  if (error instanceof SignInError) return error.detail
  return error instanceof Error ? error.message : ''
}

function unknownProvider(c: AppContext): Response {
  return problem(
    c,
    404,
    'Unknown provider',
    'No identity provider of that name is configured here. GET /auth/providers lists those that are.',
  )
}
