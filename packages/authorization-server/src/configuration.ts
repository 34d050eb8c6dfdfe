import { listPermissions } from '@worldloom/auth'
import { type AppResource, identityScopes, isForApps, isRedirectUri, usualScopes } from '@worldloom/schema'
import { type Configuration, errors, interactionPolicy, type JWK } from 'oidc-provider'
import { type RecordDependencies, recordAdapter } from './recordAdapter.ts'
import { resourceOf, resourceUrl } from './resources.ts'

/** The paths of the provider. Pages of the app ask people, at `interaction` and `device`. */
export const authorizationPaths = {
  authorization: '/oauth/authorize',
  token: '/oauth/token',
  device_authorization: '/oauth/device-authorization',
  code_verification: '/device',
  registration: '/oauth/register',
  revocation: '/oauth/revoke',
  jwks: '/.well-known/jwks.json',
  end_session: '/oauth/end-session',
} as const

/** The client of `worldloom login`. */
export const commandLineClient = 'worldloom-cli'

const hour = 3600
const day = 24 * hour

export interface ProviderSettings {
  /** Whether apps may register themselves (RFC 7591). */
  readonly dynamicRegistration: boolean
  /** Whether apps may be known by a document at their own address, which is then fetched. */
  readonly metadataDocuments: boolean
  /** Hosts whose documents are fetched although their addresses are private. */
  readonly metadataAllowedHosts: readonly string[]
  /** Other origins whose pages may call the token endpoint. */
  readonly corsOrigins: readonly string[]
}

export interface ConfigurationOptions extends RecordDependencies {
  readonly settings: ProviderSettings
  /** The key that tokens about people are signed with. */
  readonly signingKey: JWK
  /** Signs cookies. */
  readonly cookieSecret: string
}

/** OAuth 2.1 and OpenID Connect with what this server offers: codes with PKCE, refresh tokens that rotate, and devices. */
export function providerConfiguration(options: ConfigurationOptions): Configuration {
  const { db, publicUrl, settings, signingKey, cookieSecret } = options
  const cookie = { httpOnly: true, sameSite: 'lax', secure: publicUrl.startsWith('https:') } as const
  return {
    adapter: recordAdapter(options),
    clients: [
      {
        client_id: commandLineClient,
        client_name: 'Worldloom command line',
        application_type: 'native',
        grant_types: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
        response_types: [],
        redirect_uris: [],
        token_endpoint_auth_method: 'none',
      },
    ],
    clientDefaults: {
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      id_token_signed_response_alg: 'EdDSA',
    },
    clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post'],
    enabledJWA: { idTokenSigningAlgValues: ['EdDSA'] },
    jwks: { keys: [signingKey] },
    responseTypes: ['code'],
    scopes: [...identityScopes],
    claims: {
      openid: ['sub'],
      profile: ['name', 'given_name', 'family_name'],
      email: ['email', 'email_verified'],
    },
    // There is no userinfo endpoint: all that an app may know is in the token that it gets.
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    allowOmittingSingleRegisteredRedirectUri: false,
    routes: authorizationPaths,
    cookies: {
      keys: [cookieSecret],
      // Cookies of localhost are shared by all ports, so these need names of their own.
      names: {
        session: 'worldloom_oauth_session',
        interaction: 'worldloom_oauth_interaction',
        resume: 'worldloom_oauth_resume',
      },
      long: cookie,
      short: cookie,
    },
    formats: { bitsOfOpaqueRandomness: 256 },
    ttl: {
      AccessToken: hour,
      AuthorizationCode: 60,
      DeviceCode: 600,
      IdToken: hour,
      Interaction: 600,
      Session: 600,
      // Counted anew with each; the grant itself may end earlier.
      RefreshToken: 90 * day,
      Grant: 100 * 365 * day,
    },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      revocation: { enabled: true, allowedPolicy: (_context, client, token) => token.clientId === client.clientId },
      deviceFlow: { enabled: true, charset: 'base-20', mask: '****-****' },
      registration: { enabled: settings.dynamicRegistration, issueRegistrationAccessToken: false },
      clientIdMetadataDocument: { enabled: settings.metadataDocuments, ack: 'draft-02' },
      resourceIndicators: {
        enabled: true,
        defaultResource: (_context, _client, oneOf) => oneOf ?? publicUrl,
        useGrantedResource: () => true,
        getResourceServerInfo: async (_context, indicator) => {
          const resource = resourceOf(publicUrl, indicator)
          if (!resource) throw new errors.InvalidTarget(`there is no resource ${indicator} here`)
          return {
            scope: (await listPermissions(db))
              .map(({ name }) => name)
              .filter(isForApps)
              .join(' '),
            audience: resourceUrl(publicUrl, resource),
            accessTokenTTL: hour,
            accessTokenFormat: 'opaque',
          }
        },
      },
    },
    extraClientMetadata: {
      // Looked at for every client, whether it has this or not.
      properties: ['worldloom_redirect_uris'],
      validator: (_context, _name, _value, { redirect_uris: uris = [] }) => {
        const wrong = uris.find((uri) => !isRedirectUri(uri))
        if (wrong !== undefined) {
          throw new errors.InvalidRedirectUri(
            'redirect_uris must be https addresses, http on localhost, or have a scheme of their own',
          )
        }
      },
    },
    interactions: { policy: alwaysAsking(), url: (_context, { uid }) => `/oauth/interaction/${uid}` },
    issueRefreshToken: (_context, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: () => true,
    expiresWithSession: () => false,
    // An app that gives back either of its tokens is done (RFC 7009 §2.1).
    revokeGrantPolicy: () => true,
    clientBasedCORS: (_context, origin, client) =>
      settings.corsOrigins.includes(origin) ||
      (client.tokenEndpointAuthMethod === 'none' &&
        (client.redirectUris ?? []).some((uri) => URL.parse(uri)?.origin === origin && origin !== 'null')),
    fetch: (url, init = {}) => fetchDocument(url, init, settings.metadataAllowedHosts),
    findAccount: async (_context, id) => {
      const user = await db
        .selectFrom('users')
        .where('id', '=', id)
        .where('isActive', '=', true)
        .select(['id', 'email', 'emailVerified', 'displayName', 'firstName', 'lastName'])
        .executeTakeFirst()
      return (
        user && {
          accountId: user.id,
          claims: () => ({
            sub: user.id,
            name: user.displayName,
            given_name: user.firstName ?? undefined,
            family_name: user.lastName ?? undefined,
            email: user.email ?? undefined,
            email_verified: user.email === null ? undefined : user.emailVerified,
          }),
        }
      )
    },
    renderError: (context, { error }) => {
      context.redirect(`/oauth/error?${new URLSearchParams({ error })}`)
    },
  }
}

/** Every request asks the person: who they are is known by their own session, not by the provider's. */
function alwaysAsking() {
  const policy = interactionPolicy.base()
  policy
    .get('login')
    ?.checks.add(
      new interactionPolicy.Check('ask', 'a person has to answer', 'login_required', (context) =>
        context.oidc.result?.login ? interactionPolicy.Check.NO_NEED_TO_PROMPT : interactionPolicy.Check.REQUEST_PROMPT,
      ),
    )
  return policy
}

/**
 * Fetches the document of a client. The provider bounds its time and size, follows no redirects, and gives a dispatcher that
 * refuses private addresses when it connects.
 */
async function fetchDocument(
  url: string | URL | Request,
  init: RequestInit & { readonly dispatcher?: unknown },
  allowedHosts: readonly string[],
): Promise<Response> {
  const { host, hostname } = new URL(url instanceof Request ? url.url : url)
  if (allowedHosts.includes(host) || allowedHosts.includes(hostname)) {
    const { dispatcher: _, ...rest } = init
    return await fetch(url, rest)
  }
  if (!init.dispatcher) throw new Error('documents of clients cannot be fetched safely')
  return await fetch(url, init)
}

/** What an app asks for if it does not say. */
export function usualScope(publicUrl: string, indicator: string | undefined): string {
  const resource: AppResource = (indicator !== undefined && resourceOf(publicUrl, indicator)) || 'api'
  return usualScopes[resource].join(' ')
}
