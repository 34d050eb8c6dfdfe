import { Google } from 'arctic'
import { createRemoteJWKSet } from 'jose'
import { codeOf, exchange, idTokenOf } from '../exchange.ts'
import { providerTimeoutMilliseconds } from '../fetchJson.ts'
import { readClaims, verifyIdToken } from '../idToken.ts'
import type { IdentityProvider, ProviderClient } from '../provider.ts'

/** Google writes its issuer both ways. @see https://developers.google.com/identity/openid-connect/openid-connect#validatinganidtoken */
const issuers = ['https://accounts.google.com', 'accounts.google.com']

/** Google: its verified addresses are proof; `hd` is the Workspace domain of a company. */
export function googleProvider({ clientId, clientSecret, redirectUri }: ProviderClient): IdentityProvider {
  const google = new Google(clientId, clientSecret, redirectUri)
  const keys = createRemoteJWKSet(new URL('https://www.googleapis.com/oauth2/v3/certs'), {
    timeoutDuration: providerTimeoutMilliseconds,
  })
  return {
    id: 'google',
    label: 'Google',
    async authorizationUrl({ state, codeVerifier, nonce }) {
      const url = google.createAuthorizationURL(state, codeVerifier, ['openid', 'profile', 'email'])
      url.searchParams.set('nonce', nonce)
      return url
    },
    async identify(callback, { codeVerifier, nonce }) {
      const code = codeOf(callback)
      const tokens = await exchange(() => google.validateAuthorizationCode(code, codeVerifier))
      const payload = await verifyIdToken(idTokenOf(tokens), nonce, { keys, issuer: issuers, clientId })
      const claims = readClaims(payload)
      return {
        provider: 'google',
        subject: claims.sub,
        email: claims.email,
        emailVerified: claims.email !== undefined && claims.email_verified,
        firstName: claims.given_name,
        lastName: claims.family_name,
        displayName: claims.name,
        tenant: claims.hd,
      }
    },
  }
}
