import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose'

export interface VerifyOptions {
  /** Where the keys are published: `<Worldloom>/.well-known/jwks.json`. */
  readonly jwksUrl: string | URL
  /** Who the token must be for: the installation's ACCESS_TOKEN_AUDIENCE, by default its PUBLIC_URL. */
  readonly audience: string
  /** Who must have issued it. @default the origin of `jwksUrl` */
  readonly issuer?: string
}

/** The claims of a verified access token. */
export interface WorldloomToken {
  readonly userId: string
  readonly email: string | undefined
  readonly roles: readonly string[]
  readonly permissions: ReadonlySet<string>
  readonly sessionId: string
  readonly tokenId: string
  readonly issuedAt: Date
  readonly expiresAt: Date
}

/** The token was not issued by Worldloom for this audience, or has expired. Respond with 401. */
export class InvalidTokenError extends Error {
  override readonly name = 'InvalidTokenError'
}

/** Keys are fetched once per URL, and again when a token names an unknown one. */
const keySets = new Map<string, ReturnType<typeof createRemoteJWKSet>>()

/**
 * Verifies an access token without calling Worldloom: signature (EdDSA only), type, issuer, audience and time, with 30
 * seconds of tolerance. It can't know of a session revoked meanwhile; the token stays valid until it expires.
 *
 * @throws {InvalidTokenError} saying what is wrong with it
 * @throws {Error} if the keys can't be fetched
 * @see https://www.rfc-editor.org/rfc/rfc9068
 */
export async function verifyWorldloomToken(token: string, options: VerifyOptions): Promise<WorldloomToken> {
  const { audience, issuer = new URL(options.jwksUrl).origin } = options
  const address = String(options.jwksUrl)
  const keys = keySets.get(address) ?? createRemoteJWKSet(new URL(address), { cooldownDuration: 5000 })
  keySets.set(address, keys)
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ['EdDSA'],
      typ: 'at+jwt',
      audience,
      issuer,
      clockTolerance: 30,
      requiredClaims: ['sub', 'sid', 'jti', 'iat', 'exp'],
    })
    return readToken(payload)
  } catch (error) {
    const isTemporary = error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError)
    if (isTemporary) throw error
    throw new InvalidTokenError(error.message, { cause: error })
  }
}

function readToken(payload: JWTPayload): WorldloomToken {
  const { sub = '', jti = '', iat = 0, exp = 0, sid, email } = payload
  return {
    userId: sub,
    email: typeof email === 'string' ? email : undefined,
    roles: strings(payload.roles),
    permissions: new Set(strings(payload.permissions)),
    sessionId: String(sid),
    tokenId: jti,
    issuedAt: new Date(iat * 1000),
    expiresAt: new Date(exp * 1000),
  }
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}
