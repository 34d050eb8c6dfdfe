import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { z } from 'zod'
import { SignInError } from './errors.ts'

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
  /** Google's Workspace domain. @see https://developers.google.com/identity/openid-connect/openid-connect#an-id-tokens-payload */
  hd: optionalText,
  /** Entra's tenant and the person's id in it. @see https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference */
  tid: optionalText,
  oid: optionalText,
})

export type IdentityClaims = z.output<typeof claimsSchema>

export interface IdTokenExpectations {
  readonly keys: JWTVerifyGetKey
  /** Left out where it depends on the token's own claims; whoever leaves it out checks it. */
  readonly issuer?: string | readonly string[]
  readonly clientId: string
}

/**
 * Checks an ID token as OpenID Connect Core §3.1.3.7 asks: signature, `iss`, `aud`, `azp`, `exp`, `iat`, `nonce`.
 *
 * @throws {SignInError} `invalid_identity`, each fault with a message of its own
 */
export async function verifyIdToken(
  idToken: string,
  nonce: string,
  { keys, issuer, clientId }: IdTokenExpectations,
): Promise<JWTPayload> {
  const { payload } = await jwtVerify(idToken, keys, {
    ...(issuer !== undefined && { issuer: typeof issuer === 'string' ? issuer : [...issuer] }),
    audience: clientId,
    algorithms: acceptedAlgorithms,
    clockTolerance: 30,
    requiredClaims: ['iss', 'sub', 'exp', 'iat'],
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
  if (payload.azp !== undefined && payload.azp !== clientId) {
    throw new SignInError('invalid_identity', 'ID token: unexpected "azp" claim value')
  }
  return payload
}

/** @throws {SignInError} `invalid_identity` where they are not what they should be */
export function readClaims(value: unknown): IdentityClaims {
  const parsed = claimsSchema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new SignInError('invalid_identity', `claims: ${z.prettifyError(parsed.error)}`)
}
