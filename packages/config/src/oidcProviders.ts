import { z } from 'zod'
import type { ConfigurationFault } from './environment.ts'

/** Variables by name, from the process or from a file. */
export type RawEnvironment = Readonly<Record<string, string | undefined>>

/** One OpenID Connect provider, set up by `OIDC_<NAME>_…`. */
export interface OidcProviderSettings {
  readonly id: string
  readonly label: string
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  readonly scopes: readonly string[]
  /** Whether its `email_verified` proves that an address is the person's own. */
  readonly trustEmail: boolean
}

/** Reserved names: of the built-in providers, and of routes below `/auth`. */
const reservedIds = ['local', 'google', 'github', 'entra', 'facebook', 'password', 'email', 'token', 'providers']

const fields = {
  ISSUER: {
    schema: z.url({ protocol: /^https?$/, error: 'must be the http(s) address of the issuer' }),
    example: 'https://company.okta.com',
  },
  CLIENT_ID: { schema: z.string(), example: '0oa1b2c3' },
  CLIENT_SECRET: { schema: z.string(), example: 'the secret the provider showed' },
  LABEL: { schema: z.string().max(40, 'must be at most 40 characters'), example: 'Company account' },
} as const

/**
 * Reads the settings of each provider that `OIDC_PROVIDERS` names; a missing setting is reported as a problem, not
 * thrown.
 */
export function readOidcProviders(raw: RawEnvironment): {
  providers: OidcProviderSettings[]
  faults: ConfigurationFault[]
} {
  const faults: ConfigurationFault[] = []
  const names = new Set((raw.OIDC_PROVIDERS ?? '').split(',').map((name) => name.trim()))
  const providers = [...names]
    .filter((name) => /^[a-z][a-z0-9]*$/.test(name))
    .map((id) => {
      const read = (field: keyof typeof fields): string => {
        const variable = `OIDC_${id.toUpperCase()}_${field}`
        const { schema, example } = fields[field]
        const value = raw[variable]
        if (value === undefined) {
          faults.push({ variable, message: `is required because OIDC_PROVIDERS names ${id}`, example })
          return ''
        }
        const parsed = schema.safeParse(value)
        if (parsed.success) return parsed.data
        faults.push({ variable, message: parsed.error.issues[0]?.message ?? 'is not valid', example })
        return ''
      }
      const trustEmail = raw[`OIDC_${id.toUpperCase()}_TRUST_EMAIL`] ?? 'true'
      if (!/^(true|false)$/.test(trustEmail)) {
        faults.push({
          variable: `OIDC_${id.toUpperCase()}_TRUST_EMAIL`,
          message: 'must be true or false',
          example: 'false',
        })
      }
      if (reservedIds.includes(id)) {
        faults.push({
          variable: 'OIDC_PROVIDERS',
          message: `must not name a provider "${id}": that is a built-in one`,
          example: 'okta,company',
        })
      }
      return {
        id,
        issuer: read('ISSUER'),
        clientId: read('CLIENT_ID'),
        clientSecret: read('CLIENT_SECRET'),
        label: read('LABEL'),
        scopes: (raw[`OIDC_${id.toUpperCase()}_SCOPES`] ?? 'openid profile email').split(/[\s,]+/),
        trustEmail: trustEmail === 'true',
      }
    })
  return { providers, faults }
}
