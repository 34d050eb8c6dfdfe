import { errors, type JWTPayload, jwtVerify } from 'jose'
import { z } from 'zod'
import { fetchJson, type ProviderMetadata } from './discovery.ts'
import { SignInError } from './errors.ts'
import type { Identity, OidcProvider } from './provider.ts'

/** Only signatures that a provider alone can make; never `none` or a shared secret. */
const acceptedAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
]

const optionalText = z.string().trim().max(500).optional().catch(undefined)

/** @see https://openid.net/specs/openid-connect-core-1_0.html#StandardClaims */
const claimsSchema = z.object({
  sub: z.string().min(1).max(255),
  email: z.email().max(320).optional().catch(undefined),
  email_verified: z.boolean().catch(false).default(false),
  given_name: optionalText,
  family_name: optionalText,
  name: optionalText,
  preferred_username: optionalText,
})

/**
 * Checks an ID token as OpenID Connect Core §3.1.3.7 asks: signature, `iss`, `aud`, `azp`, `exp`, `iat`, `nonce`.
 *
 * @throws {SignInError} `invalid_identity`, each fault with a message of its own
 */
export async function verifyIdToken(
  provider: OidcProvider,
  metadata: ProviderMetadata,
  idToken: string,
  nonce: string,
): Promise<JWTPayload> {
  const { payload } = await jwtVerify(idToken, metadata.keys, {
    issuer: provider.issuer,
    audience: provider.clientId,
    algorithms: acceptedAlgorithms,
    clockTolerance: 30,
    requiredClaims: ['sub', 'exp', 'iat'],
  }).catch((cause) => {
    const unreachable = cause instanceof errors.JWKSTimeout || !(cause instanceof errors.JOSEError)
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new SignInError(unreachable ? 'provider_unavailable' : 'invalid_identity', `ID token: ${reason}`, cause)
  })
  if (typeof payload.nonce !== 'string') throw new SignInError('invalid_identity', 'ID token: "nonce" claim is missing')
  if (payload.nonce !== nonce) throw new SignInError('invalid_identity', 'ID token: unexpected "nonce" claim value')
  if ((payload.iat ?? 0) > Date.now() / 1000 + 30) {
    throw new SignInError('invalid_identity', 'ID token: "iat" claim is in the future')
  }
  if (payload.azp !== undefined && payload.azp !== provider.clientId) {
    throw new SignInError('invalid_identity', 'ID token: unexpected "azp" claim value')
  }
  return payload
}

/** Makes our identity of a verified ID token, asking the UserInfo endpoint for what the token leaves out. */
export async function readIdentity(
  provider: OidcProvider,
  metadata: ProviderMetadata,
  idTokenClaims: JWTPayload,
  accessToken: string,
): Promise<Identity> {
  let claims = readClaims(idTokenClaims)
  if (metadata.userinfo_endpoint && (claims.email === undefined || claims.name === undefined)) {
    const answer = await fetchJson(metadata.userinfo_endpoint, { authorization: `Bearer ${accessToken}` })
    const userInfo = readClaims(answer)
    // OpenID Connect Core §5.3.2: anything else could be somebody else's.
    if (userInfo.sub !== claims.sub) throw new SignInError('invalid_identity', 'UserInfo: unexpected "sub"')
    claims = {
      ...userInfo,
      ...Object.fromEntries(Object.entries(claims).filter(([, value]) => value)),
      sub: claims.sub,
    }
  }
  return {
    provider: provider.id,
    subject: claims.sub,
    email: claims.email,
    emailVerified: claims.email !== undefined && claims.email_verified,
    firstName: claims.given_name,
    lastName: claims.family_name,
    displayName: claims.name ?? claims.preferred_username,
  }
}

function readClaims(value: unknown): z.output<typeof claimsSchema> {
  const parsed = claimsSchema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new SignInError('invalid_identity', `claims: ${z.prettifyError(parsed.error)}`)
}
