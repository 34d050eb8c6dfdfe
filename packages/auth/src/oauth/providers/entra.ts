import { MicrosoftEntraId } from 'arctic'
import { createRemoteJWKSet } from 'jose'
import { SignInError } from '../errors.ts'
import { codeOf, exchange, idTokenOf } from '../exchange.ts'
import { providerTimeoutMilliseconds } from '../fetchJson.ts'
import { readClaims, verifyIdToken } from '../idToken.ts'
import type { IdentityProvider, ProviderClient } from '../provider.ts'

const origin = 'https://login.microsoftonline.com'
/** Tenants that stand for many: the token says which one it is. */
const sharedTenants = ['common', 'organizations', 'consumers']

/**
 * Microsoft Entra ID. A person is their `oid` in their tenant; the address is what an administrator there typed
 * and may be anybody's, so it proves nothing ("nOAuth").
 *
 * @param tenant a tenant's id, or `common`, `organizations`, `consumers`
 * @see https://learn.microsoft.com/entra/identity-platform/claims-validation
 */
export function entraProvider(client: ProviderClient & { readonly tenant: string }): IdentityProvider {
  const { clientId, clientSecret, redirectUri, tenant } = client
  const entra = new MicrosoftEntraId(tenant, clientId, clientSecret, redirectUri)
  const keys = createRemoteJWKSet(new URL(`${origin}/${tenant}/discovery/v2.0/keys`), {
    timeoutDuration: providerTimeoutMilliseconds,
  })
  return {
    id: 'entra',
    label: 'Microsoft',
    async authorizationUrl({ state, codeVerifier, nonce }) {
      const url = entra.createAuthorizationURL(state, codeVerifier, ['openid', 'profile', 'email'])
      url.searchParams.set('nonce', nonce)
      return url
    },
    async identify(callback, { codeVerifier, nonce }) {
      const code = codeOf(callback)
      const tokens = await exchange(() => entra.validateAuthorizationCode(code, codeVerifier))
      const payload = await verifyIdToken(idTokenOf(tokens), nonce, { keys, clientId })
      const claims = readClaims(payload)
      const { tid, oid } = claims
      if (!tid || !oid) throw new SignInError('invalid_identity', 'ID token: "tid" or "oid" claim is missing')
      if (payload.iss !== `${origin}/${tid}/v2.0`) {
        throw new SignInError('invalid_identity', 'ID token: unexpected "iss" claim value')
      }
      if (!sharedTenants.includes(tenant) && tid !== tenant) {
        throw new SignInError('not_allowed', `the account is of the tenant ${tid}, not ${tenant}`)
      }
      return {
        provider: 'entra',
        subject: `${tid}:${oid}`,
        email: claims.email,
        emailVerified: false,
        firstName: claims.given_name,
        lastName: claims.family_name,
        displayName: claims.name ?? claims.preferred_username,
        tenant: tid,
      }
    },
  }
}
