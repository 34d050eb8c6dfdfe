import { CodeChallengeMethod, OAuth2Client } from 'arctic'
import { ProviderDiscovery, type ProviderMetadata } from '../discovery.ts'
import { SignInError } from '../errors.ts'
import { accessTokenOf, codeOf, exchange, idTokenOf } from '../exchange.ts'
import { fetchJson } from '../fetchJson.ts'
import { type IdentityClaims, readClaims, verifyIdToken } from '../idToken.ts'
import type { IdentityProvider, ProviderClient } from '../provider.ts'

export interface OidcProviderOptions {
  readonly id: string
  readonly label: string
  readonly issuer: string
  readonly scopes: readonly string[]
  /** Whether its `email_verified` proves that an address is the person's own. */
  readonly trustEmail: boolean
}

/** Anybody's address can be put into a profile there, and `email_verified` does not say otherwise ("nOAuth"). */
const untrustedIssuer = /^https:\/\/(login\.microsoftonline\.com|sts\.windows\.net)\//

/** Any OpenID Connect provider, known by its issuer; everything else is discovered. */
export function oidcProvider(options: OidcProviderOptions, client: ProviderClient): IdentityProvider {
  const { id, label, issuer, scopes } = options
  const { clientId, clientSecret, redirectUri } = client
  const oauth = new OAuth2Client(clientId, clientSecret, redirectUri)
  const discovery = new ProviderDiscovery()
  const trustEmail = options.trustEmail && !untrustedIssuer.test(issuer)
  return {
    id,
    label,
    async authorizationUrl({ state, codeVerifier, nonce }) {
      const { authorization_endpoint } = await discovery.metadata(issuer)
      const method = CodeChallengeMethod.S256
      const url = oauth.createAuthorizationURLWithPKCE(authorization_endpoint, state, method, codeVerifier, [...scopes])
      url.searchParams.set('nonce', nonce)
      return url
    },
    async identify(callback, { codeVerifier, nonce }) {
      const metadata = await discovery.metadata(issuer)
      checkIssuer(metadata, callback)
      const code = codeOf(callback)
      const tokens = await exchange(() => oauth.validateAuthorizationCode(metadata.token_endpoint, code, codeVerifier))
      const payload = await verifyIdToken(idTokenOf(tokens), nonce, { keys: metadata.keys, issuer, clientId })
      const claims = await completed(readClaims(payload), metadata, accessTokenOf(tokens))
      return {
        provider: id,
        subject: claims.sub,
        email: claims.email,
        emailVerified: trustEmail && claims.email !== undefined && claims.email_verified,
        firstName: claims.given_name,
        lastName: claims.family_name,
        displayName: claims.name ?? claims.preferred_username,
      }
    },
  }
}

/** RFC 9207: guards against a response injected from another provider. */
function checkIssuer(metadata: ProviderMetadata, callback: URLSearchParams): void {
  const issuer = callback.get('iss')
  if (issuer === null && metadata.authorization_response_iss_parameter_supported) {
    throw new SignInError('invalid_identity', 'the callback has no "iss", which this provider always sends')
  }
  if (issuer !== null && issuer !== metadata.issuer) {
    throw new SignInError('invalid_identity', `the callback is from ${issuer}, not ${metadata.issuer}`)
  }
}

/** Asks the UserInfo endpoint for what the ID token leaves out. */
async function completed(
  claims: IdentityClaims,
  metadata: ProviderMetadata,
  accessToken: string,
): Promise<IdentityClaims> {
  if (!metadata.userinfo_endpoint || (claims.email !== undefined && claims.name !== undefined)) return claims
  const userInfo = readClaims(await fetchJson(metadata.userinfo_endpoint, { authorization: `Bearer ${accessToken}` }))
  // OpenID Connect Core §5.3.2: anything else could be somebody else's.
  if (userInfo.sub !== claims.sub) throw new SignInError('invalid_identity', 'UserInfo: unexpected "sub"')
  const told = Object.fromEntries(Object.entries(claims).filter(([, value]) => value))
  return { ...userInfo, ...told, sub: claims.sub }
}
