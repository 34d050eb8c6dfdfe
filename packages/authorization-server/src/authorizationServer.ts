import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import {
  type Actor,
  createGrant,
  createSecretToken,
  deviceName,
  type SealedText,
  type SessionPrincipal,
  type SigningKeys,
} from '@worldloom/auth'
import type { Database } from '@worldloom/db'
import {
  type ClientOrigin,
  ConflictError,
  type ConsentRequest,
  type consentInput,
  isForApps,
  NotFoundError,
} from '@worldloom/schema'
import { errors, type Interaction, Provider } from 'oidc-provider'
import type { z } from 'zod'
import {
  authorizationPaths,
  commandLineClient,
  type ProviderSettings,
  providerConfiguration,
  usualScope,
} from './configuration.ts'
import { resourceOf } from './resources.ts'

export interface AuthorizationServerOptions {
  readonly db: Database
  readonly sealed: SealedText
  /** The issuer. */
  readonly publicUrl: string
  readonly signingKeys: Pick<SigningKeys, 'signingKey' | 'privateJwk'>
  readonly cookieSecret: string
  readonly settings: ProviderSettings
  /** Called with what nobody expected. */
  readonly onError: (error: unknown) => void
}

type Consent = z.output<typeof consentInput>
type Person = Pick<SessionPrincipal, 'user' | 'permissions'>
type DeviceCode = NonNullable<Awaited<ReturnType<Provider['DeviceCode']['findByUserCode']>>>

/** What an app asked for, however it asked. */
interface Asked {
  readonly clientId: string
  /** Of these, it may have those that are for apps. */
  readonly permissions: readonly string[]
  /** Scopes of OpenID Connect. */
  readonly identity: readonly string[]
  /** As the app names it. */
  readonly indicator: string
}

/**
 * Worldloom as an OAuth 2.1 provider, for apps that act for people and for the Model Context Protocol. The protocol is oidc-provider's; who
 * somebody is, what they may do and what they grant is known here.
 *
 * @see https://datatracker.ietf.org/doc/draft-ietf-oauth-v2-1/
 * @see https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization
 */
export class AuthorizationServer {
  readonly #options: AuthorizationServerOptions
  /** As it signs with the current key. */
  #current: { readonly kid: string; readonly provider: Provider; readonly answer: RequestListener } | undefined

  constructor(options: AuthorizationServerOptions) {
    this.#options = options
  }

  /** Answers a request to one of the provider's own paths. @param ipAddress of the client */
  async handle(request: IncomingMessage, response: ServerResponse, ipAddress: string | undefined): Promise<void> {
    const { answer } = await this.#running()
    // Addresses in responses are ours, whatever the request says; the provider believes these headers.
    const { protocol, host } = new URL(this.#options.publicUrl)
    request.headers['x-forwarded-proto'] = protocol.slice(0, -1)
    request.headers['x-forwarded-host'] = host
    if (ipAddress === undefined) delete request.headers['x-forwarded-for']
    else request.headers['x-forwarded-for'] = ipAddress
    await answer(request, response)
  }

  /**
   * What an app asks the person in this browser for.
   *
   * @throws {NotFoundError} in another browser than the one that the app sent here, and after ten minutes
   */
  async describe(
    request: IncomingMessage,
    response: ServerResponse,
    uid: string,
    person: Person,
  ): Promise<ConsentRequest> {
    const provider = await this.#provider()
    const { params } = await this.#interaction(request, response, uid)
    const redirectUri = new URL(String(params.redirect_uri))
    return {
      ...(await this.#describe(provider, this.#asked(params), person)),
      returnsTo: redirectUri.host || redirectUri.protocol.slice(0, -1),
      device: null,
    }
  }

  /**
   * Tells an app what the person in this browser has answered.
   *
   * @returns where the browser goes on
   * @throws {NotFoundError} as {@link describe}
   */
  async answer(
    request: IncomingMessage,
    response: ServerResponse,
    uid: string,
    { person, actor, consent }: { readonly person: Person; readonly actor: Actor; readonly consent: Consent },
  ): Promise<{ location: string }> {
    const provider = await this.#provider()
    const { params } = await this.#interaction(request, response, uid)
    const result = consent.allow
      ? {
          login: { accountId: person.user.id, remember: false },
          consent: { grantId: await this.#grant(provider, this.#asked(params), person, actor, consent) },
        }
      : { error: 'access_denied', error_description: 'the person did not allow it' }
    return { location: await provider.interactionResult(request, response, result, { mergeWithLastSubmission: false }) }
  }

  /** What the device that shows a code asks for. @throws {NotFoundError | ConflictError} */
  async describeDevice(userCode: string, person: Person): Promise<ConsentRequest> {
    const provider = await this.#provider()
    const code = await findDeviceCode(provider, userCode)
    const { ip, ua } = (code.deviceInfo ?? {}) as { ip?: string; ua?: string } // as the provider's default has it
    return {
      ...(await this.#describe(provider, this.#asked(code.params ?? {}), person)),
      returnsTo: null,
      device: { ipAddress: ip ?? null, name: ua ? deviceName(ua) : null },
    }
  }

  /** Lets the device that shows a code in, or refuses it. @throws {NotFoundError | ConflictError} */
  async answerDevice(userCode: string, person: Person, actor: Actor, consent: Consent): Promise<void> {
    const provider = await this.#provider()
    const code = await findDeviceCode(provider, userCode)
    if (consent.allow) {
      const asked = this.#asked(code.params ?? {})
      const grantId = await this.#grant(provider, asked, person, actor, consent)
      Object.assign(code, {
        accountId: person.user.id,
        authTime: Math.floor(Date.now() / 1000),
        grantId,
        scope: [...asked.identity, ...consent.permissions].join(' '),
        resource: asked.indicator,
      })
    } else Object.assign(code, { error: 'access_denied', errorDescription: 'the person did not allow it' })
    await code.save()
  }

  async #provider(): Promise<Provider> {
    return (await this.#running()).provider
  }

  async #running() {
    const { db, sealed, publicUrl, signingKeys, cookieSecret, settings, onError } = this.#options
    const { kid } = await signingKeys.signingKey()
    if (this.#current?.kid === kid) return this.#current
    const signingKey = await signingKeys.privateJwk()
    const provider = new Provider(
      publicUrl,
      providerConfiguration({ db, sealed, publicUrl, settings, signingKey, cookieSecret }),
    )
    provider.proxy = true
    provider.on('server_error', (_context, error) => onError(error))
    // They would be printed as well.
    provider.silent = true
    // Who is signed in is known by the session of Worldloom: the provider's own holds nobody from one request to the next.
    provider.on('authorization.success', ({ oidc: { session } }) => {
      if (!session) return
      Reflect.deleteProperty(session, 'accountId')
      session.authorizations = undefined
    })
    provider.use(async (context, next) => {
      const { path, query } = context
      if (path === authorizationPaths.authorization && !query.scope) {
        const resource = Array.isArray(query.resource) ? query.resource[0] : query.resource
        context.query = { ...query, scope: usualScope(publicUrl, resource) }
      }
      await next()
    })
    this.#current = { kid: signingKey.kid, provider, answer: provider.callback() }
    return this.#current
  }

  async #interaction(request: IncomingMessage, response: ServerResponse, uid: string): Promise<Interaction> {
    const provider = await this.#provider()
    const found = await provider.interactionDetails(request, response).catch((error) => {
      if (error instanceof errors.SessionNotFound) return undefined
      throw error
    })
    if (found?.uid !== uid) throw new NotFoundError('request of an app')
    return found
  }

  #asked(params: Readonly<Record<string, unknown>>): Asked {
    const { publicUrl } = this.#options
    const resource = Array.isArray(params.resource) ? params.resource[0] : params.resource
    const indicator = typeof resource === 'string' ? resource : publicUrl
    const scope = typeof params.scope === 'string' ? params.scope : usualScope(publicUrl, indicator)
    const scopes = [...new Set(scope.split(' '))]
    return {
      clientId: String(params.client_id),
      permissions: scopes.filter((name) => name.includes(':') && isForApps(name)),
      identity: scopes.filter((name) => !name.includes(':')),
      indicator,
    }
  }

  async #describe(
    provider: Provider,
    { clientId, permissions, identity, indicator }: Asked,
    person: Person,
  ): Promise<Pick<ConsentRequest, 'client' | 'resource' | 'permissions' | 'identity'>> {
    const client = await provider.Client.find(clientId)
    if (!client) throw new NotFoundError('app')
    return {
      client: {
        id: clientId,
        name: client.clientName ?? clientId,
        origin: await this.#originOf(clientId),
        uri: client.clientUri ?? null,
        policyUri: client.policyUri ?? null,
        termsUri: client.tosUri ?? null,
      },
      resource: resourceOf(this.#options.publicUrl, indicator) ?? 'api',
      permissions: permissions.map((name) => ({ name, isTheirs: person.permissions.has(name) })),
      identity: (['openid', 'profile', 'email'] as const).filter((scope) => identity.includes(scope)),
    }
  }

  async #originOf(clientId: string): Promise<ClientOrigin> {
    if (clientId === commandLineClient) return 'builtIn'
    const known = await this.#options.db
      .selectFrom('oauthClients')
      .where('id', '=', clientId)
      .select('isSelfRegistered')
      .executeTakeFirst()
    if (!known) return 'document'
    return known.isSelfRegistered ? 'itself' : 'administrator'
  }

  /** @returns by which the provider knows the grant */
  async #grant(
    provider: Provider,
    { clientId, permissions: asked, identity, indicator }: Asked,
    person: Person,
    actor: Actor,
    consent: Extract<Consent, { allow: true }>,
  ): Promise<string> {
    const client = await provider.Client.find(clientId)
    if (!client) throw new NotFoundError('app')
    // Neither more than was asked for, nor more than they may do themselves.
    const permissions = consent.permissions.filter((name) => asked.includes(name) && person.permissions.has(name))
    if (permissions.length === 0 && !identity.includes('openid')) {
      throw new ConflictError('Choose at least one thing that the app may do.')
    }
    const grantId = createSecretToken()
    const seconds = consent.days === null ? undefined : consent.days * 24 * 3600
    await createGrant(this.#options.db, actor, person, {
      client: { id: clientId, name: client.clientName ?? clientId },
      grantId,
      permissions,
      worldIds: consent.worldIds,
      expiresAt: seconds === undefined ? null : new Date(Date.now() + seconds * 1000),
    })
    const grant = new provider.Grant({ clientId, accountId: person.user.id, ...(seconds && { expiresIn: seconds }) })
    grant.jti = grantId
    if (identity.length > 0) grant.addOIDCScope(identity.join(' '))
    if (permissions.length > 0) grant.addResourceScope(indicator, permissions.join(' '))
    // What was refused is known to have been, so that it is not asked for again.
    const refused = asked.filter((name) => !permissions.includes(name))
    if (refused.length > 0) grant.rejectResourceScope(indicator, refused.join(' '))
    await grant.save()
    return grantId
  }
}

/** @throws {NotFoundError} if there is no such code @throws {ConflictError} if it is too late for it */
async function findDeviceCode(provider: Provider, userCode: string): Promise<DeviceCode> {
  const normalized = userCode.toUpperCase().replace(/\W/g, '')
  const code = await provider.DeviceCode.findByUserCode(normalized, { ignoreExpiration: true })
  if (!code) throw new NotFoundError('code')
  if (code.isExpired) throw new ConflictError('This code has expired. Begin again on the device.')
  if (code.error || code.accountId) throw new ConflictError('This code has been used already.')
  return code
}
