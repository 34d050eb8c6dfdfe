import { CodeChallengeMethod, OAuth2Client } from 'arctic'
import { z } from 'zod'
import { SignInError } from '../errors.ts'
import { accessTokenOf, codeOf, exchange } from '../exchange.ts'
import { fetchJson } from '../fetchJson.ts'
import type { IdentityProvider, ProviderClient } from '../provider.ts'

/** @see https://docs.github.com/en/rest/users/users#get-the-authenticated-user */
const userSchema = z.object({
  id: z.int().positive(),
  login: z.string().max(100),
  name: z.string().trim().max(500).nullish(),
})

/** @see https://docs.github.com/en/rest/users/emails#list-email-addresses-for-the-authenticated-user */
const emailsSchema = z.array(z.object({ email: z.email().max(320), primary: z.boolean(), verified: z.boolean() }))

const authorizationEndpoint = 'https://github.com/login/oauth/authorize'
const tokenEndpoint = 'https://github.com/login/oauth/access_token'

/** GitHub: no OpenID; the person is whom its API says, and their address the primary one, where it is verified. */
export function githubProvider({ clientId, clientSecret, redirectUri }: ProviderClient): IdentityProvider {
  // Not Arctic's GitHub class, which leaves out PKCE:
  // https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps
  const client = new OAuth2Client(clientId, clientSecret, redirectUri)
  return {
    id: 'github',
    label: 'GitHub',
    async authorizationUrl({ state, codeVerifier }) {
      const scopes = ['read:user', 'user:email']
      const method = CodeChallengeMethod.S256
      return client.createAuthorizationURLWithPKCE(authorizationEndpoint, state, method, codeVerifier, scopes)
    },
    async identify(callback, { codeVerifier }) {
      const code = codeOf(callback)
      const tokens = await exchange(() => client.validateAuthorizationCode(tokenEndpoint, code, codeVerifier))
      const accessToken = accessTokenOf(tokens)
      const [user, emails] = await Promise.all([
        read(userSchema, 'https://api.github.com/user', accessToken),
        read(emailsSchema, 'https://api.github.com/user/emails', accessToken),
      ])
      const primary = emails.find((entry) => entry.primary && entry.verified)
      return {
        provider: 'github',
        subject: String(user.id),
        email: primary?.email,
        emailVerified: primary !== undefined,
        firstName: undefined,
        lastName: undefined,
        displayName: user.name || user.login,
      }
    },
  }
}

async function read<Schema extends z.ZodType>(
  schema: Schema,
  address: string,
  token: string,
): Promise<z.output<Schema>> {
  const answer = await fetchJson(address, {
    authorization: `Bearer ${token}`,
    accept: 'application/vnd.github+json',
    'x-github-api-version': '2022-11-28',
  })
  const parsed = schema.safeParse(answer)
  if (parsed.success) return parsed.data
  throw new SignInError('provider_error', `${address} is not what it should be: ${z.prettifyError(parsed.error)}`)
}
