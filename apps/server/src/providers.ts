import {
  entraProvider,
  facebookProvider,
  githubProvider,
  googleProvider,
  type IdentityProvider,
  oidcProvider,
} from '@worldloom/auth'
import type { Config } from '@worldloom/config'

/** The configured identity providers, in the order they are offered. */
export function configuredProviders(config: Config): IdentityProvider[] {
  const client = (id: string, clientId: string, clientSecret = '') => ({
    clientId,
    clientSecret,
    redirectUri: `${config.PUBLIC_URL}/auth/${id}/callback`,
  })
  return [
    ...config.oidcProviders.map((provider) =>
      oidcProvider(provider, client(provider.id, provider.clientId, provider.clientSecret)),
    ),
    ...(config.GOOGLE_CLIENT_ID
      ? [googleProvider(client('google', config.GOOGLE_CLIENT_ID, config.GOOGLE_CLIENT_SECRET))]
      : []),
    ...(config.ENTRA_CLIENT_ID
      ? [
          entraProvider({
            ...client('entra', config.ENTRA_CLIENT_ID, config.ENTRA_CLIENT_SECRET),
            tenant: config.ENTRA_TENANT,
          }),
        ]
      : []),
    ...(config.GITHUB_CLIENT_ID
      ? [githubProvider(client('github', config.GITHUB_CLIENT_ID, config.GITHUB_CLIENT_SECRET))]
      : []),
    ...(config.FACEBOOK_CLIENT_ID
      ? [facebookProvider(client('facebook', config.FACEBOOK_CLIENT_ID, config.FACEBOOK_CLIENT_SECRET))]
      : []),
  ]
}
