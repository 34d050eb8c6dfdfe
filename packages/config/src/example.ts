import { settingDefault, settingNames, settingNotes } from './environment.ts'

/** The text of `.env.example`: every setting with its purpose, its default and an example. */
export function environmentExample(): string {
  const blocks = settingNames.map((name) => {
    const { about, example } = settingNotes(name) ?? { about: '', example: '' }
    const fallback = settingDefault(name)
    return `# ${about}\n${fallback ? `# Default: ${fallback}\n` : ''}# ${name}=${example}`
  })
  return [
    '# Copy to .env and uncomment what you want to change. Nothing here is needed to try Worldloom out.',
    '# Generated from packages/config/src/environment.ts by `pnpm --filter @worldloom/config example`.',
    ...blocks,
    '# One OpenID Connect provider, for OIDC_PROVIDERS=okta\n' +
      '# OIDC_OKTA_ISSUER=https://company.okta.com\n# OIDC_OKTA_CLIENT_ID=0oa1b2c3\n' +
      '# OIDC_OKTA_CLIENT_SECRET=the secret the provider showed\n# OIDC_OKTA_LABEL=Company account\n' +
      '# OIDC_OKTA_SCOPES=openid profile email\n' +
      '# false where people can put any address into their profile there: it then proves nothing.\n' +
      '# OIDC_OKTA_TRUST_EMAIL=true',
  ]
    .join('\n\n')
    .concat('\n')
}
