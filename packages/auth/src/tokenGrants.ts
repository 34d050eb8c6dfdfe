import type { Database } from '@worldloom/db'
import type { AccessTokens, IssuedToken } from './accessTokens.ts'
import { type Actor, type Origin, recordEvent } from './audit.ts'
import { findUserGrants } from './grants.ts'
import { checkPassword, type PasswordDependencies } from './passwords/signIn.ts'
import { addressKey } from './rateLimits.ts'
import { hasSecondFactor } from './secondFactors/secondFactors.ts'
import { createSecretToken, hashSecretToken, isSecretToken } from './secretToken.ts'
import { createTokenSession } from './sessions.ts'

export interface TokenDependencies extends PasswordDependencies {
  readonly accessTokens: AccessTokens
  /** The roles that require a second factor. */
  readonly secondFactorRoles: readonly string[]
}

/** What a program is given at `POST /token`. */
export interface GrantedTokens {
  readonly access: IssuedToken
  readonly refreshToken: string
  readonly permissions: readonly string[]
}

/** The refresh token is unknown, used, revoked or expired, or the grant is not enough (RFC 6749 §5.2, `invalid_grant`). */
export class InvalidGrantError extends Error {
  override readonly name = 'InvalidGrantError'
}

/**
 * The password grant.
 *
 * @throws {WrongPasswordError | RateLimitedError | SignInError}
 * @throws {InvalidGrantError} for whoever has a second factor
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.3
 */
export async function grantByPassword(
  deps: TokenDependencies,
  given: { email: string; password: string },
  origin: Origin,
): Promise<GrantedTokens> {
  const { userId, displayName } = await checkPassword(deps, given, origin)
  // Rule 49: a password alone is not enough for them, and this endpoint has no way to ask for more.
  if (await hasSecondFactor(deps.db, userId)) {
    throw new InvalidGrantError(
      'This account has a second factor, so a password alone is not enough. Use an API key, or sign in with a browser.',
    )
  }
  return await deps.db.transaction().execute(async (trx) => {
    const { sessionId } = await createTokenSession(trx, deps.timeouts, { userId, provider: 'password', device: origin })
    const actor: Actor = { kind: 'bearer', userId, name: displayName, ...origin }
    await recordEvent(trx, actor, {
      action: 'token.issue',
      subject: { kind: 'user', id: userId, name: displayName },
      details: { grant: 'password' },
    })
    return await issue(trx, deps, userId, sessionId)
  })
}

/**
 * The refresh grant: exchanges a refresh token, which is consumed, for a new pair. A token used twice has been stolen,
 * from one of its two users, so everything derived from it ends.
 *
 * @throws {InvalidGrantError | RateLimitedError}
 * @see https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2
 */
export async function grantByRefreshToken(
  deps: TokenDependencies,
  refreshToken: string,
  origin: Origin,
): Promise<GrantedTokens> {
  await deps.rateLimits.consume('refreshAddress', addressKey(origin.ipAddress))
  if (!isSecretToken(refreshToken)) throw new InvalidGrantError('The refresh token is malformed.')
  const tokenHash = hashSecretToken(refreshToken)
  // The response to a stolen one must be committed too, so nothing is thrown before the end of the transaction.
  const granted = await deps.db.transaction().execute(async (trx) => {
    const known = await trx
      .selectFrom('refreshTokens')
      .innerJoin('sessions', 'sessions.id', 'refreshTokens.sessionId')
      .innerJoin('users', 'users.id', 'sessions.userId')
      .select([
        'sessionId',
        'usedAt',
        'users.id as userId',
        'users.displayName',
        'isActive',
        'idleExpiresAt',
        'expiresAt',
      ])
      .where('refreshTokens.tokenHash', '=', tokenHash)
      .forUpdate(['refreshTokens', 'sessions'])
      .executeTakeFirst()
    if (!known) return undefined
    const { sessionId, userId, displayName } = known
    if (known.usedAt) {
      const actor: Actor = { kind: 'anonymous', ...origin }
      await trx.deleteFrom('sessions').where('id', '=', sessionId).execute()
      await recordEvent(trx, actor, {
        action: 'token.reuse',
        outcome: 'failure',
        subject: { kind: 'user', id: userId, name: displayName },
      })
      return undefined
    }
    const now = Date.now()
    if (!known.isActive || now >= known.idleExpiresAt.getTime() || now >= known.expiresAt.getTime()) return undefined
    await trx.updateTable('refreshTokens').set({ usedAt: new Date() }).where('tokenHash', '=', tokenHash).execute()
    await trx
      .updateTable('sessions')
      .set({
        lastSeenAt: new Date(now),
        idleExpiresAt: new Date(Math.min(now + deps.timeouts.idle * 1000, known.expiresAt.getTime())),
      })
      .where('id', '=', sessionId)
      .execute()
    return await issue(trx, deps, userId, sessionId)
  })
  if (!granted) throw new InvalidGrantError('The refresh token is unknown, already used, revoked or expired.')
  return granted
}

async function issue(
  db: Database,
  { accessTokens, secondFactorRoles }: TokenDependencies,
  userId: string,
  sessionId: string,
): Promise<GrantedTokens> {
  const refreshToken = createSecretToken()
  await db
    .insertInto('refreshTokens')
    .values({ tokenHash: hashSecretToken(refreshToken), sessionId })
    .execute()
  const grants = await findUserGrants(db, userId, secondFactorRoles)
  return {
    access: await accessTokens.issue(grants, sessionId),
    refreshToken,
    permissions: [...grants.permissions].sort(),
  }
}
