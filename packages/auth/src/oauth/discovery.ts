import { createRemoteJWKSet } from 'jose'
import { z } from 'zod'
import { SignInError } from './errors.ts'
import { fetchJson, providerTimeoutMilliseconds } from './fetchJson.ts'

const keptMilliseconds = 10 * 60_000

/** @see https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata */
const metadataSchema = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  userinfo_endpoint: z.url().optional(),
  jwks_uri: z.url(),
  id_token_signing_alg_values_supported: z.array(z.string()).default(['RS256']),
  authorization_response_iss_parameter_supported: z.boolean().default(false),
})

export interface ProviderMetadata extends z.output<typeof metadataSchema> {
  readonly keys: ReturnType<typeof createRemoteJWKSet>
}

/** Fetches and caches the metadata that providers publish. */
export class ProviderDiscovery {
  readonly #known = new Map<string, { readonly metadata: ProviderMetadata; readonly until: number }>()

  /** @throws {SignInError} `provider_unavailable` when it can't be reached, `provider_error` when it is not what it should be */
  async metadata(issuer: string): Promise<ProviderMetadata> {
    const known = this.#known.get(issuer)
    if (known && known.until > Date.now()) return known.metadata
    const metadata = await discover(issuer)
    this.#known.set(issuer, { metadata, until: Date.now() + keptMilliseconds })
    return metadata
  }
}

async function discover(issuer: string): Promise<ProviderMetadata> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const document = await fetchJson(address)
  const parsed = metadataSchema.safeParse(document)
  if (!parsed.success) {
    throw new SignInError('provider_error', `${address} is not provider metadata: ${z.prettifyError(parsed.error)}`)
  }
  if (parsed.data.issuer !== issuer) {
    throw new SignInError('provider_error', `${address} names the issuer ${parsed.data.issuer}, not ${issuer}`)
  }
  const keys = createRemoteJWKSet(new URL(parsed.data.jwks_uri), { timeoutDuration: providerTimeoutMilliseconds })
  return { ...parsed.data, keys }
}
