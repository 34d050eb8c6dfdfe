import {
  type Authenticator,
  actorOf,
  type GrantedTokens,
  grantByPassword,
  grantByRefreshToken,
  InvalidGrantError,
  jwksMaxAgeSeconds,
  recordEvent,
  type SigningKeys,
} from '@worldloom/auth'
import { toWorldloomError } from '@worldloom/db'
import { ConflictError, RateLimitedError, UnavailableError, WrongPasswordError } from '@worldloom/schema'
import { Hono } from 'hono'
import type { AppConfig, AppContext, AppEnvironment } from '../appTypes.ts'
import { originOf } from '../clientAddress.ts'
import { requirePrincipal } from '../credentials.ts'
import type { Logger } from '../logger.ts'
import { setRateLimitHeaders, unavailableRetry } from '../problem.ts'
import type { SessionCookie } from '../sessionCookie.ts'
import { limitsFor, type SignIn } from '../signInLimits.ts'

export interface TokenRouteDependencies {
  readonly config: AppConfig
  readonly tokens: SignIn
  readonly signingKeys: SigningKeys
  readonly authenticator: Authenticator
  readonly cookie: SessionCookie
  readonly logger: Logger
}

/** @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
type TokenErrorCode = 'invalid_request' | 'invalid_client' | 'invalid_grant' | 'unsupported_grant_type'

class TokenError extends Error {
  override readonly name = 'TokenError'
  readonly code: TokenErrorCode

  constructor(code: TokenErrorCode, description: string) {
    super(description)
    this.code = code
  }
}

/** Access tokens for programs: the OAuth 2.0 token endpoint, and metadata for verifiers. */
export function tokenRoutes(deps: TokenRouteDependencies): Hono<AppEnvironment> {
  const { config, tokens, signingKeys, authenticator, cookie, logger } = deps
  const grantTypes = [...(config.PASSWORD_SIGN_IN ? ['password'] : []), 'refresh_token']

  return new Hono<AppEnvironment>()
    .post('/token', async (c) => {
      c.header('cache-control', 'no-store')
      c.header('pragma', 'no-cache')
      try {
        return answer(c, await grant(c))
      } catch (error) {
        return refuse(c, error, logger)
      }
    })
    .post('/auth/token', async (c) => {
      const principal = await requirePrincipal(authenticator, cookie, c, { credentials: ['session'] })
      await limitsFor(c, tokens.rateLimits).consume('tokenSession', principal.sessionId)
      const { token, expiresIn } = await tokens.accessTokens.issue(principal, principal.sessionId)
      const { id, displayName: name } = principal.user
      await recordEvent(tokens.db, actorOf(principal, originOf(c)), {
        action: 'token.issue',
        subject: { kind: 'user', id, name },
        details: { grant: 'session' },
      })
      return c.json({ access_token: token, token_type: 'Bearer', expires_in: expiresIn })
    })
    .get('/.well-known/jwks.json', async (c) =>
      c.json(await signingKeys.jwks(), 200, { 'cache-control': `public, max-age=${jwksMaxAgeSeconds}` }),
    )

  async function grant(c: AppContext): Promise<GrantedTokens> {
    const form = await readForm(c)
    const origin = originOf(c)
    const limited = { ...tokens, rateLimits: limitsFor(c, tokens.rateLimits) }
    const type = required(form, 'grant_type')
    if (!grantTypes.includes(type)) {
      throw new TokenError('unsupported_grant_type', `grant_type must be ${grantTypes.join(' or ')}`)
    }
    if (type === 'password') {
      const given = { email: required(form, 'username'), password: required(form, 'password') }
      return await grantByPassword(limited, given, origin)
    }
    return await grantByRefreshToken(limited, required(form, 'refresh_token'), origin)
  }
}

async function readForm(c: AppContext): Promise<URLSearchParams> {
  if (c.req.header('authorization') !== undefined) {
    throw new TokenError('invalid_client', 'This endpoint knows no clients: leave the Authorization header out')
  }
  if (!/^application\/x-www-form-urlencoded\b/i.test(c.req.header('content-type') ?? '')) {
    throw new TokenError('invalid_request', 'The body must be application/x-www-form-urlencoded')
  }
  const form = new URLSearchParams(await c.req.text())
  for (const name of new Set(form.keys())) {
    if (form.getAll(name).length > 1) throw new TokenError('invalid_request', 'A parameter was sent twice')
  }
  return form
}

function required(form: URLSearchParams, name: string): string {
  const value = form.get(name)
  if (!value) throw new TokenError('invalid_request', `${name} is missing`)
  if (value.length > 2000) throw new TokenError('invalid_request', `${name} is too long`)
  return value
}

function answer(c: AppContext, { access, refreshToken, permissions }: GrantedTokens): Response {
  return c.json({
    access_token: access.token,
    token_type: 'Bearer',
    expires_in: access.expiresIn,
    refresh_token: refreshToken,
    scope: permissions.join(' '),
  })
}

function refuse(c: AppContext, thrown: unknown, logger: Logger): Response {
  const error = toWorldloomError(thrown) ?? thrown
  const body = (code: string, description: string) => ({
    error: code,
    // §5.2 allows these characters only.
    error_description: description.replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, ' '),
  })
  if (error instanceof TokenError) {
    if (error.code !== 'invalid_client') return c.json(body(error.code, error.message), 400)
    return c.json(body(error.code, error.message), 401, { 'www-authenticate': 'Bearer realm="worldloom"' })
  }
  // The user may not sign in: deactivated, or not from an allowed organisation.
  if (error instanceof WrongPasswordError || error instanceof InvalidGrantError || error instanceof ConflictError) {
    return c.json(body('invalid_grant', error.message), 400)
  }
  if (error instanceof RateLimitedError) {
    setRateLimitHeaders(c, error)
    return c.json(body('invalid_grant', error.message), 429)
  }
  logger.error({ requestId: c.get('requestId'), err: thrown }, 'token request failed')
  if (error instanceof UnavailableError)
    return c.json(body('temporarily_unavailable', error.message), 503, { 'retry-after': unavailableRetry })
  return c.json(body('server_error', `Something went wrong. Quote ${c.get('requestId')} when you report it.`), 500)
}
