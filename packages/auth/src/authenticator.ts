import type { Database } from '@worldloom/db'
import { type AppResource, InvalidCredentialError, isManaging, RateLimitedError } from '@worldloom/schema'
import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { LRUCache } from 'lru-cache'
import type { AccessTokenClaims, AccessTokens } from './accessTokens.ts'
import { type AddressRange, isWithin, parseAddressRange } from './apiKeys/addresses.ts'
import { hashApiKey, isApiKey } from './apiKeys/format.ts'
import { ApiKeyUsage, usesThisMonth } from './apiKeys/usage.ts'
import type { ChangeListener } from './changeListener.ts'
import { apiKeyPermissionNames, apiKeyRoleNames, names, selectUserGrants, toGrants } from './grants.ts'
import { HeardCache } from './heardCache.ts'
import type { ApiKeyPrincipal, BearerPrincipal, SessionPrincipal } from './principal.ts'
import { type CacheEntry, PrincipalCache } from './principalCache.ts'
import { createSecretToken, hashSecretToken, isSecretToken } from './secretToken.ts'
import type { SessionTimeouts } from './sessions.ts'

/** The least time between two updates of a session's `last_seen_at` and idle expiry. */
const renewalMilliseconds = 60_000

interface SessionEntry extends CacheEntry {
  readonly principal: SessionPrincipal
  readonly expiresAt: number
  /** Whether the token is the session's own, not the one before it. */
  readonly isCurrent: boolean
  /** Their permissions have changed since they got their token. */
  readonly renewDue: boolean
  idleExpiresAt: number
  lastSeenAt: number
}

interface BearerEntry extends CacheEntry {
  readonly principal: BearerPrincipal
  readonly expiresAt: number
}

interface ApiKeyEntry extends CacheEntry {
  readonly principal: ApiKeyPrincipal
  readonly expiresAt: number
  /** From where it may be used; undefined for anywhere. */
  readonly ranges: readonly AddressRange[] | undefined
  /** How often in a month (UTC); undefined for as often as its owner. */
  readonly monthlyRequests: number | undefined
  /** How often it was used this month when it was looked up. */
  readonly monthUses: number
}

/** Where a request comes from, and whether it counts as a use of the credential. */
export interface CredentialUse {
  readonly ipAddress?: string | undefined
  /** @default true */
  readonly isUse?: boolean
}

interface AppTokenEntry extends ApiKeyEntry {
  readonly resource: AppResource
}

type Entry = SessionEntry | BearerEntry | ApiKeyEntry | AppTokenEntry

export interface AuthenticatorDependencies {
  readonly db: Database
  readonly timeouts: SessionTimeouts
  readonly listener: ChangeListener
  readonly accessTokens: AccessTokens
  /** The roles that require a second factor. */
  readonly secondFactorRoles?: readonly string[]
}

/** Resolves credentials to principals, with one statement, or none while the answer is cached. */
export class Authenticator {
  readonly #db: Database
  readonly #timeouts: SessionTimeouts
  readonly #accessTokens: AccessTokens
  readonly #secondFactorRoles: readonly string[]
  readonly #cache: PrincipalCache<Entry>
  /** Hashes of recently seen tokens and keys: hashing costs more than a lookup. */
  readonly #hashes = new LRUCache<string, string>({ max: 10_000 })
  /** Access tokens whose signatures have been verified: verifying costs more than the read it is for. */
  readonly #verified: HeardCache<AccessTokenClaims>
  readonly usage: ApiKeyUsage

  constructor(deps: AuthenticatorDependencies) {
    this.#db = deps.db
    this.#timeouts = deps.timeouts
    this.#accessTokens = deps.accessTokens
    this.#secondFactorRoles = deps.secondFactorRoles ?? []
    this.#cache = new PrincipalCache(deps.listener)
    this.usage = new ApiKeyUsage(deps.db)
    const { listener } = deps
    this.#verified = new HeardCache({ listener, max: 10_000 })
    listener.subscribe({ changed: (payload) => payload === 'j' && this.#verified.clear(), lost: () => undefined })
  }

  /** How often somebody was known from the cache, and how often they were looked up. */
  get cacheCounts(): { readonly hits: number; readonly misses: number } {
    return this.#cache.counts
  }

  /**
   * @param onRenewed called with the browser's new token, after their permissions have changed
   * @returns undefined for a token that is malformed, unknown, expired, or of a deactivated user
   */
  async session(
    token: string,
    onRenewed?: (token: string, expiresAt: Date) => void,
  ): Promise<SessionPrincipal | undefined> {
    if (!isSecretToken(token)) return undefined
    const key = this.#hashOf(token, hashSecretToken)
    const now = Date.now()
    const cached = this.#cache.peek(key) as SessionEntry | undefined // only sessions are kept by the hash of a token
    // Another process may have renewed what looks expired here.
    if (cached && isOver(cached, now)) this.#cache.drop(key)
    const read = () => findSession(this.#db, Buffer.from(key, 'hex'), this.#secondFactorRoles)
    const entry = (await this.#cache.get(key, read)) as SessionEntry | undefined // as above
    if (!entry || isOver(entry, now)) return undefined
    if (entry.isCurrent && now - entry.lastSeenAt > renewalMilliseconds) await this.#renew(entry, now)
    if (entry.renewDue && onRenewed) {
      const renewed = await renewToken(this.#db, entry.principal.sessionId, Buffer.from(key, 'hex'))
      this.#cache.drop(key)
      if (renewed) onRenewed(renewed, new Date(entry.expiresAt))
    }
    return entry.principal
  }

  /**
   * The holder of an access token, with current permissions. The roles and permissions in the token are for other
   * services.
   *
   * @throws {InvalidCredentialError}
   */
  async bearer(token: string): Promise<BearerPrincipal> {
    const now = Date.now()
    const claims =
      this.#verified.peek(token) ?? (await this.#verified.get(token, () => this.#accessTokens.verify(token)))
    const { sessionId, userId } = claims
    if (now >= claims.expiresAt) throw new InvalidCredentialError('The access token has expired. Get a new one.')
    if (now < claims.notBefore) throw new InvalidCredentialError('The access token is not valid yet.')
    const entry = (await this.#cache.get(sessionId, () => findBearer(this.#db, sessionId, this.#secondFactorRoles))) as
      | BearerEntry
      | undefined // only bearers are kept by a session's id
    if (entry?.userId !== userId || now >= entry.expiresAt) {
      throw new InvalidCredentialError('The session of this access token has ended. Sign in again.')
    }
    return entry.principal
  }

  /**
   * @throws {InvalidCredentialError} also from an address that it may not be used from
   * @throws {RateLimitedError} when it has used up what it may this month
   */
  async apiKey(key: string, use: CredentialUse = {}): Promise<ApiKeyPrincipal> {
    // Rule 23: rejected by its checksum, without a database lookup. A key whose hash is known has passed this before.
    if (!this.#hashes.has(key) && !isApiKey(key))
      throw new InvalidCredentialError('The API key is malformed or incomplete.')
    const hash = this.#hashOf(key, hashApiKey)
    const read = () => findApiKey(this.#db, Buffer.from(hash, 'hex'), this.#secondFactorRoles)
    const entry = (await this.#cache.get(`k${hash}`, read)) as ApiKeyEntry | undefined // only keys begin with k
    if (!entry || Date.now() >= entry.expiresAt) {
      throw new InvalidCredentialError(
        'The API key is unknown, inactive or expired, or its owner has been deactivated.',
      )
    }
    return this.#used(entry, use)
  }

  /**
   * An app with an access token of the authorization server.
   *
   * @param resource what it is shown to: a token for one resource is refused by others (RFC 8707)
   * @throws {InvalidCredentialError}
   */
  async appToken(token: string, resource: AppResource, use: CredentialUse = {}): Promise<ApiKeyPrincipal> {
    const hash = this.#hashOf(token, hashSecretToken)
    const read = () => findAppToken(this.#db, Buffer.from(hash, 'hex'), this.#secondFactorRoles)
    const entry = (await this.#cache.get(`a${hash}`, read)) as AppTokenEntry | undefined // only these begin with a
    if (!entry || Date.now() >= entry.expiresAt) {
      throw new InvalidCredentialError(
        'The access token is unknown, has expired, or the app may not act for you any more.',
      )
    }
    if (entry.resource !== resource) {
      throw new InvalidCredentialError('The access token is for another resource. Get one for this.')
    }
    return this.#used(entry, use)
  }

  /** Forgets a session at once in this process, without waiting for the database to say so. */
  forgetSession(token: string): void {
    this.#cache.drop(this.#hashOf(token, hashSecretToken))
  }

  #used(entry: ApiKeyEntry, { ipAddress, isUse = true }: CredentialUse): ApiKeyPrincipal {
    const { principal, ranges, monthlyRequests } = entry
    if (ranges && !isWithin(ipAddress, ranges)) {
      throw new InvalidCredentialError('This API key may not be used from this address.')
    }
    if (monthlyRequests !== undefined) {
      this.usage.watchMonth(principal.apiKeyId, entry.monthUses)
      if (isUse && this.usage.usesThisMonth(principal.apiKeyId) >= monthlyRequests) {
        const wait = secondsOfMonthLeft()
        throw new RateLimitedError(
          { name: 'apiKeyMonth', points: monthlyRequests, seconds: wait },
          wait,
          `This API key has used up its ${monthlyRequests.toLocaleString('en')} requests of this month.`,
        )
      }
    }
    if (isUse) this.usage.count(principal.apiKeyId, ipAddress)
    return principal
  }

  #hashOf(secret: string, hash: (secret: string) => Buffer): string {
    let known = this.#hashes.get(secret)
    if (known === undefined) {
      known = hash(secret).toString('hex')
      this.#hashes.set(secret, known)
    }
    return known
  }

  async #renew(entry: SessionEntry, now: number): Promise<void> {
    entry.lastSeenAt = now
    entry.idleExpiresAt = Math.min(now + this.#timeouts.idle * 1000, entry.expiresAt)
    await this.#db
      .updateTable('sessions')
      .set({ lastSeenAt: new Date(now), idleExpiresAt: new Date(entry.idleExpiresAt) })
      .where('id', '=', entry.principal.sessionId)
      .execute()
  }
}

/** Until the month ends (UTC). */
function secondsOfMonthLeft(): number {
  const now = new Date()
  return Math.ceil((Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1) - now.getTime()) / 1000)
}

function isOver(entry: SessionEntry, now: number): boolean {
  return now >= entry.expiresAt || now >= entry.idleExpiresAt
}

function selectSessions(db: Database) {
  return db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.userId')
    .where('users.isActive', '=', true)
    .select([
      'sessions.id as sessionId',
      'sessions.lastSeenAt',
      'sessions.idleExpiresAt',
      'sessions.expiresAt',
      'sessions.renewDue',
      'sessions.tokenHash',
      'sessions.previousExpiresAt',
    ])
    .select(({ fn }) => fn.coalesce('sessions.confirmedAt', 'sessions.createdAt').as('confirmedAt'))
    .select((eb) => selectUserGrants(eb))
}

async function findSession(
  db: Database,
  tokenHash: Buffer,
  requiredFor: readonly string[],
): Promise<SessionEntry | undefined> {
  const row = await selectSessions(db)
    .where(({ eb, or, and }) =>
      or([
        eb('sessions.tokenHash', '=', tokenHash),
        and([eb('sessions.previousTokenHash', '=', tokenHash), eb('sessions.previousExpiresAt', '>', new Date())]),
      ]),
    )
    .executeTakeFirst()
  if (!row) return undefined
  const isCurrent = row.tokenHash?.equals(tokenHash) ?? false
  const end = isCurrent ? row.expiresAt : (row.previousExpiresAt ?? row.expiresAt)
  return {
    userId: row.userId,
    expiresAt: end.getTime(),
    isCurrent,
    renewDue: isCurrent && row.renewDue,
    idleExpiresAt: row.idleExpiresAt.getTime(),
    lastSeenAt: row.lastSeenAt.getTime(),
    principal: {
      ...{ kind: 'session', sessionId: row.sessionId, confirmedAt: row.confirmedAt.getTime() },
      ...toGrants(row, requiredFor),
    },
  }
}

/** How long the previous token stays valid, for requests already under way. */
const overlapMilliseconds = 10_000

/** Rotates a session's token. @returns undefined if another request has just done so */
async function renewToken(db: Database, sessionId: string, tokenHash: Buffer): Promise<string | undefined> {
  const token = createSecretToken()
  const renewed = await db
    .updateTable('sessions')
    .set({
      tokenHash: hashSecretToken(token),
      previousTokenHash: tokenHash,
      previousExpiresAt: new Date(Date.now() + overlapMilliseconds),
      renewDue: false,
    })
    .where('id', '=', sessionId)
    .where('tokenHash', '=', tokenHash)
    .where('renewDue', '=', true)
    .returning('id')
    .executeTakeFirst()
  return renewed && token
}

/** For sessions of either kind. Idle expiry does not apply, as access tokens are short-lived. */
async function findBearer(
  db: Database,
  sessionId: string,
  requiredFor: readonly string[],
): Promise<BearerEntry | undefined> {
  const row = await selectSessions(db).where('sessions.id', '=', sessionId).executeTakeFirst()
  return (
    row && {
      userId: row.userId,
      expiresAt: row.expiresAt.getTime(),
      principal: {
        ...{ kind: 'bearer', sessionId: row.sessionId, confirmedAt: row.confirmedAt.getTime() },
        ...toGrants(row, requiredFor),
      },
    }
  )
}

/** Keys that can be used, with their owners. */
function selectUsableKeys(db: Database) {
  return db
    .selectFrom('apiKeys')
    .innerJoin('users', 'users.id', 'apiKeys.userId')
    .where('users.isActive', '=', true)
    .where('apiKeys.isActive', '=', true)
    .select(['apiKeys.id as apiKeyId', 'apiKeys.expiresAt', 'apiKeys.previousExpiresAt', 'apiKeys.keyHash'])
    .select(['apiKeys.isLimitedToWorlds', 'apiKeys.clientName', 'apiKeys.allowedAddresses'])
    .select([
      sql<number | null>`api_keys.monthly_requests::float8`.as('monthlyRequests'),
      sql<number | null>`api_keys.monthly_tokens::float8`.as('monthlyTokens'),
      sql<number | null>`api_keys.monthly_cost_micros::float8`.as('monthlyCostMicros'),
      sql<number>`case when api_keys.monthly_requests is null then 0 else ${usesThisMonth(sql.ref('apiKeys.id'))} end`.as(
        'monthUses',
      ),
    ])
    .select((eb) => selectUserGrants(eb))
    .select((eb) => [
      apiKeyRoleNames(eb),
      apiKeyPermissionNames(eb),
      jsonArrayFrom(
        eb
          .selectFrom('apiKeyRoles')
          .innerJoin('rolePermissions', 'rolePermissions.roleId', 'apiKeyRoles.roleId')
          .innerJoin('permissions', 'permissions.id', 'rolePermissions.permissionId')
          .whereRef('apiKeyRoles.apiKeyId', '=', 'apiKeys.id')
          .select('permissions.name')
          .distinct(),
      ).as('keyRolePermissions'),
      jsonArrayFrom(
        eb
          .selectFrom('apiKeyWorlds')
          .whereRef('apiKeyWorlds.apiKeyId', '=', 'apiKeys.id')
          .select('apiKeyWorlds.worldId'),
      ).as('keyWorlds'),
    ])
}

type UsableKey = Awaited<ReturnType<ReturnType<typeof selectUsableKeys>['executeTakeFirstOrThrow']>>

/** @param ends when it ends, whichever is first; null for never @param scope what a token was limited to */
function keyEntry(
  row: UsableKey,
  requiredFor: readonly string[],
  ends: readonly (Date | null)[],
  scope?: ReadonlySet<string>,
): ApiKeyEntry {
  const owner = toGrants(row, requiredFor)
  const permissions = effectivePermissions(names(row.keyRolePermissions), names(row.keyPermissions), owner.permissions)
  return {
    userId: row.userId,
    expiresAt: Math.min(...ends.map((end) => end?.getTime() ?? Number.POSITIVE_INFINITY)),
    ranges: row.allowedAddresses?.map(parseAddressRange),
    monthlyRequests: row.monthlyRequests ?? undefined,
    monthUses: row.monthUses,
    principal: {
      kind: 'apiKey',
      monthly: { tokens: row.monthlyTokens ?? undefined, costMicros: row.monthlyCostMicros ?? undefined },
      apiKeyId: row.apiKeyId,
      ...(row.clientName !== null && { app: row.clientName }),
      user: owner.user,
      ownerPermissions: owner.permissions,
      worldIds: row.isLimitedToWorlds ? new Set(row.keyWorlds.map(({ worldId }) => worldId)) : undefined,
      roles: names(row.keyRoles).filter((role) => owner.roles.includes(role)),
      permissions: scope ? new Set([...permissions].filter((permission) => scope.has(permission))) : permissions,
    },
  }
}

async function findApiKey(
  db: Database,
  hash: Buffer,
  requiredFor: readonly string[],
): Promise<ApiKeyEntry | undefined> {
  const row = await selectUsableKeys(db)
    .where(({ eb, or, and }) =>
      or([
        eb('apiKeys.keyHash', '=', hash),
        and([eb('apiKeys.previousKeyHash', '=', hash), eb('apiKeys.previousExpiresAt', '>', new Date())]),
      ]),
    )
    .executeTakeFirst()
  return row && keyEntry(row, requiredFor, [row.expiresAt, row.keyHash?.equals(hash) ? null : row.previousExpiresAt])
}

async function findAppToken(
  db: Database,
  hash: Buffer,
  requiredFor: readonly string[],
): Promise<AppTokenEntry | undefined> {
  const row = await selectUsableKeys(db)
    .innerJoin('oauthRecords', 'oauthRecords.apiKeyId', 'apiKeys.id')
    .where('oauthRecords.kind', '=', 'AccessToken')
    .where('oauthRecords.idHash', '=', hash)
    .select(['oauthRecords.expiresAt as tokenExpiresAt', 'oauthRecords.resource', 'oauthRecords.scope'])
    .executeTakeFirst()
  if (!row) return undefined
  const scope = new Set((row.scope ?? '').split(' '))
  const resource = row.resource === 'mcp' ? 'mcp' : 'api'
  return { ...keyEntry(row, requiredFor, [row.expiresAt, row.tokenExpiresAt], scope), resource }
}

/**
 * A key's permissions: those it was given and its owner has. Permissions to manage must have been given individually.
 */
function effectivePermissions(
  byRole: readonly string[],
  singly: readonly string[],
  owners: ReadonlySet<string>,
): ReadonlySet<string> {
  const given = [...byRole.filter((permission) => !isManaging(permission)), ...singly]
  return new Set(given.filter((permission) => owners.has(permission)))
}
