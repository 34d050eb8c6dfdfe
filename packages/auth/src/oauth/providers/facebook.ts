import { createHmac } from 'node:crypto'
import { Facebook } from 'arctic'
import { z } from 'zod'
import { SignInError } from '../errors.ts'
import { accessTokenOf, codeOf, exchange } from '../exchange.ts'
import { fetchJson } from '../fetchJson.ts'
import type { IdentityProvider, ProviderClient } from '../provider.ts'

/** @see https://developers.facebook.com/docs/graph-api/reference/user */
const userSchema = z.object({
  id: z.string().min(1).max(255),
  email: z.email().max(320).optional().catch(undefined),
  first_name: z.string().max(500).optional(),
  last_name: z.string().max(500).optional(),
  name: z.string().max(500).optional(),
})

const userEndpoint = 'https://graph.facebook.com/v16.0/me'

/**
 * Facebook: takes no PKCE in this flow, and does not say whether an address was ever proved, so it never is.
 *
 * @see https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow
 */
export function facebookProvider({ clientId, clientSecret, redirectUri }: ProviderClient): IdentityProvider {
  const facebook = new Facebook(clientId, clientSecret, redirectUri)
  return {
    id: 'facebook',
    label: 'Facebook',
    async authorizationUrl({ state }) {
      return facebook.createAuthorizationURL(state, ['public_profile', 'email'])
    },
    async identify(callback) {
      const code = codeOf(callback)
      const accessToken = accessTokenOf(await exchange(() => facebook.validateAuthorizationCode(code)))
      const query = new URLSearchParams({
        fields: 'id,email,first_name,last_name,name',
        // https://developers.facebook.com/docs/graph-api/guides/secure-requests#appsecret_proof
        appsecret_proof: createHmac('sha256', clientSecret).update(accessToken).digest('hex'),
      })
      const answer = await fetchJson(`${userEndpoint}?${query}`, { authorization: `Bearer ${accessToken}` })
      const parsed = userSchema.safeParse(answer)
      if (!parsed.success) {
        throw new SignInError(
          'provider_error',
          `${userEndpoint} is not what it should be: ${z.prettifyError(parsed.error)}`,
        )
      }
      const user = parsed.data
      return {
        provider: 'facebook',
        subject: user.id,
        email: user.email,
        emailVerified: false,
        firstName: user.first_name,
        lastName: user.last_name,
        displayName: user.name,
      }
    },
  }
}
