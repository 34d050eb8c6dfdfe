import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { actorOf, addressKey, type SessionPrincipal } from '@worldloom/auth'
import { type AuthorizationServer, authorizationPaths, resourceUrl } from '@worldloom/authorization-server'
import {
  type AppResource,
  consentInput,
  deviceCodeInput,
  deviceConsentInput,
  identityScopes,
  RateLimitedError,
  usualScopes,
} from '@worldloom/schema'
import { Hono } from 'hono'
import type { AppConfig, AppContext, AppEnvironment } from '../appTypes.ts'
import { originOf } from '../clientAddress.ts'
import { requirePrincipal } from '../credentials.ts'
import { jsonBody } from '../jsonBody.ts'
import { setRateLimitHeaders } from '../problem.ts'
import type { ContextDependencies } from '../requestContext.ts'
import { limitsFor, type SignIn } from '../signInLimits.ts'

export interface AuthorizationRouteDependencies extends Pick<ContextDependencies, 'authenticator' | 'cookie'> {
  readonly config: AppConfig
  readonly signIn: Pick<SignIn, 'rateLimits'>
  readonly authorizationServer: AuthorizationServer
}

/**
 * Worldloom as an OAuth provider: the paths of the protocol, which oidc-provider answers, and what the pages ask and say that people
 * are sent to.
 */
export function authorizationRoutes(deps: AuthorizationRouteDependencies): Hono<AppEnvironment> {
  const { config, signIn, authorizationServer, authenticator, cookie } = deps
  const { authorization, token, device_authorization, registration, revocation } = authorizationPaths
  const publicUrl = config.PUBLIC_URL

  /** Hands a request over to the provider, which reads and bounds the body itself. */
  const provider = async (c: AppContext): Promise<Response> => {
    const { incoming, outgoing } = c.env
    await authorizationServer.handle(incoming, outgoing, originOf(c).ipAddress)
    // A clone is a response of the platform's own class; the adapter would write one of its own again.
    return new Response(null, { status: outgoing.statusCode, headers: RESPONSE_ALREADY_SENT.headers }).clone()
  }

  /** For what programs send without being known yet. @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
  const limited = (limit: 'appAddress' | 'clientAddress') => async (c: AppContext) => {
    try {
      const from = addressKey(originOf(c).ipAddress)
      await limitsFor(c, signIn.rateLimits).consume(limit, from)
    } catch (error) {
      if (!(error instanceof RateLimitedError)) throw error
      setRateLimitHeaders(c, error)
      const body = { error: 'slow_down', error_description: error.message }
      return c.json(body, 429, { 'cache-control': 'no-store' })
    }
    return await provider(c)
  }

  const reading = (c: AppContext): Promise<SessionPrincipal> =>
    requirePrincipal(authenticator, cookie, c, { credentials: ['session'], permission: 'grant:create' })
  const deciding = (c: AppContext): Promise<SessionPrincipal> =>
    requirePrincipal(authenticator, cookie, c, { credentials: ['session'], permission: 'grant:create', fresh: true })
  const actorIn = (c: AppContext, person: SessionPrincipal) => actorOf(person, originOf(c))

  /** Codes are short, so guessing is limited: by person, and by address. */
  const countGuess = async (c: AppContext, person: SessionPrincipal) => {
    const limits = limitsFor(c, signIn.rateLimits)
    await limits.consume('deviceCodeAccount', person.user.id)
    await limits.consume('deviceCodeAddress', addressKey(originOf(c).ipAddress))
    return async () => {
      await limits.giveBack('deviceCodeAccount', person.user.id)
    }
  }

  /** @see https://www.rfc-editor.org/rfc/rfc9728 */
  const protectedResource = (c: AppContext, resource: AppResource) =>
    c.json(
      {
        resource: resourceUrl(publicUrl, resource),
        resource_name: resource === 'mcp' ? 'Worldloom, for the Model Context Protocol' : 'Worldloom',
        authorization_servers: [publicUrl],
        scopes_supported: [...usualScopes[resource], ...identityScopes.filter((scope) => scope === 'offline_access')],
        bearer_methods_supported: ['header'],
        jwks_uri: `${publicUrl}${authorizationPaths.jwks}`,
      },
      200,
      { 'cache-control': 'public, max-age=3600', 'access-control-allow-origin': '*' },
    )

  return (
    new Hono<AppEnvironment>()
      // It may have the document of an app fetched, whoever asks.
      .get(authorization, limited('appAddress'))
      .get(`${authorization}/:uid`, provider)
      .post(token, limited('appAddress'))
      .options(token, provider)
      .post(device_authorization, limited('appAddress'))
      .options(device_authorization, provider)
      .post(revocation, limited('appAddress'))
      .options(revocation, provider)
      .post(registration, limited('clientAddress'))
      .on(['GET', 'OPTIONS'], '/.well-known/oauth-authorization-server', provider)
      .on(['GET', 'OPTIONS'], '/.well-known/openid-configuration', provider)
      .get('/.well-known/oauth-protected-resource', (c) => protectedResource(c, 'api'))
      .get('/.well-known/oauth-protected-resource/mcp', (c) => protectedResource(c, 'mcp'))

      // What the pages below ask and say. The provider's cookie for a request of an app is sent to these paths alone.
      .get('/oauth/interaction/:uid/request', async (c) => {
        const person = await reading(c)
        const { incoming, outgoing } = c.env
        const described = await authorizationServer.describe(incoming, outgoing, c.req.param('uid'), person)
        return c.json(described, 200, { 'cache-control': 'no-store' })
      })
      .post('/oauth/interaction/:uid/answer', async (c) => {
        const person = await deciding(c)
        const consent = await jsonBody(c, consentInput)
        const { incoming, outgoing } = c.env
        const given = { person, actor: actorIn(c, person), consent }
        return c.json(await authorizationServer.answer(incoming, outgoing, c.req.param('uid'), given))
      })
      .post('/oauth/device/request', async (c) => {
        const person = await reading(c)
        const { userCode } = await jsonBody(c, deviceCodeInput)
        const found = await countGuess(c, person)
        const described = await authorizationServer.describeDevice(userCode, person)
        await found()
        return c.json(described, 200, { 'cache-control': 'no-store' })
      })
      .post('/oauth/device/answer', async (c) => {
        const person = await deciding(c)
        const { userCode, answer } = await jsonBody(c, deviceConsentInput)
        const found = await countGuess(c, person)
        await authorizationServer.answerDevice(userCode, person, actorIn(c, person), answer)
        await found()
        return c.body(null, 204)
      })
  )
}
