import { randomUUID } from 'node:crypto'
import { InvalidCredentialError } from '@worldloom/schema'
import { errors, jwtVerify, SignJWT } from 'jose'
import type { KnownPrincipal } from './principal.ts'
import type { SigningKeys } from './signingKeys.ts'

export interface AccessTokenSettings {
  /** `iss`: the origin of this Worldloom. */
  readonly issuer: string
  /** `aud`: who the tokens are for. */
  readonly audience: string
  /** Lifetime in seconds. */
  readonly lifetime: number
}

/** The claims we rely on. Everything else is looked up when the token is used. */
export interface AccessTokenClaims {
  readonly userId: string
  readonly sessionId: string
  /** Milliseconds. */
  readonly expiresAt: number
  readonly notBefore: number
}

export interface IssuedToken {
  readonly token: string
  /** Lifetime in seconds. */
  readonly expiresIn: number
}

/** No token of ours is longer. */
const maxTokenLength = 64_000
/** Allowed clock skew, in seconds. */
const clockTolerance = 30
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * Access tokens: JWTs signed with Ed25519, of the type `at+jwt`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9068
 */
export class AccessTokens {
  readonly #keys: SigningKeys
  readonly #settings: AccessTokenSettings

  constructor(keys: SigningKeys, settings: AccessTokenSettings) {
    this.#keys = keys
    this.#settings = settings
  }

  async issue(
    principal: Pick<KnownPrincipal, 'user' | 'roles' | 'permissions'>,
    sessionId: string,
  ): Promise<IssuedToken> {
    const { issuer, audience, lifetime } = this.#settings
    const { kid, key } = await this.#keys.signingKey()
    const token = await new SignJWT({
      sid: sessionId,
      ...(principal.user.email && { email: principal.user.email }),
      roles: principal.roles,
      permissions: [...principal.permissions].sort(),
    })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(principal.user.id)
      .setIssuedAt()
      .setExpirationTime(`${lifetime}s`)
      .setJti(randomUUID())
      .sign(key)
    return { token, expiresIn: lifetime }
  }

  /** @throws {InvalidCredentialError} saying what is wrong with it */
  async verify(token: string): Promise<AccessTokenClaims> {
    if (token.length > maxTokenLength) throw new InvalidCredentialError('The access token is too long.')
    const { issuer, audience } = this.#settings
    try {
      const { payload } = await jwtVerify(
        token,
        async ({ kid }) => {
          const key = kid === undefined ? undefined : await this.#keys.publicKey(kid)
          if (!key)
            throw new InvalidCredentialError(
              'The access token was signed with a key that is unknown or has been revoked.',
            )
          return key
        },
        {
          algorithms: ['EdDSA'],
          typ: 'at+jwt',
          issuer,
          audience,
          clockTolerance,
          requiredClaims: ['sub', 'sid', 'exp', 'iat', 'jti'],
        },
      )
      const { sub = '', sid, exp = 0, nbf = 0, iat = 0 } = payload
      if (
        !uuid.test(sub) ||
        typeof sid !== 'string' ||
        !uuid.test(sid) ||
        iat * 1000 > Date.now() + clockTolerance * 1000
      ) {
        throw new InvalidCredentialError('The access token is not valid here.')
      }
      return {
        userId: sub,
        sessionId: sid,
        expiresAt: (exp + clockTolerance) * 1000,
        notBefore: (nbf - clockTolerance) * 1000,
      }
    } catch (error) {
      if (error instanceof errors.JWTExpired)
        throw new InvalidCredentialError('The access token has expired. Get a new one.')
      if (error instanceof errors.JWTClaimValidationFailed) {
        throw new InvalidCredentialError(
          `The access token is not for here: its "${error.claim}" is not what it must be.`,
        )
      }
      if (error instanceof errors.JOSEError) throw new InvalidCredentialError('The access token is not valid here.')
      throw error
    }
  }
}
