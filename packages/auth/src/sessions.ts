import type { Database } from '@worldloom/db'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { LRUCache } from 'lru-cache'
import type { SessionPrincipal } from './principal.ts'
import { type CacheEntry, PrincipalCache, type PrincipalCacheOptions } from './principalCache.ts'
import { createSecretToken, hashSecretToken, isSecretToken } from './secretToken.ts'

export interface SessionTimeouts {
  /** Seconds without use after which a session ends. */
  readonly idle: number
  /** Seconds after sign-in at which a session ends, used or not. */
  readonly absolute: number
}

/** Where a session is used from, as the list of devices shows it. */
export interface Device {
  readonly ipAddress: string | undefined
  readonly userAgent: string | undefined
}

/** How often at most `last_seen_at` is written, and the idle expiry moved, for one session. */
const renewalMilliseconds = 60_000

/** Starts a session and returns its token, which is nowhere else: only its hash is stored. */
export async function createSession(
  db: Database,
  timeouts: SessionTimeouts,
  values: { userId: string; provider: string; device: Device },
): Promise<{ token: string; sessionId: string; expiresAt: Date }> {
  const token = createSecretToken()
  const now = Date.now()
  const expiresAt = new Date(now + timeouts.absolute * 1000)
  const { id } = await db
    .insertInto('sessions')
    .values({
      tokenHash: hashSecretToken(token),
      userId: values.userId,
      provider: values.provider,
      ipAddress: values.device.ipAddress ?? null,
      userAgent: values.device.userAgent?.slice(0, 500) ?? null,
      createdAt: new Date(now),
      lastSeenAt: new Date(now),
      idleExpiresAt: new Date(Math.min(now + timeouts.idle * 1000, expiresAt.getTime())),
      expiresAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { token, sessionId: id, expiresAt }
}

/** Ends the session of a token, if there is one. */
export async function deleteSessionByToken(db: Database, token: string): Promise<void> {
  if (!isSecretToken(token)) return
  await db.deleteFrom('sessions').where('tokenHash', '=', hashSecretToken(token)).execute()
}

/** The devices somebody is signed in on, the latest used first. */
export async function listSessions(db: Database, userId: string) {
  return await db
    .selectFrom('sessions')
    .select(['id', 'provider', 'ipAddress', 'userAgent', 'createdAt', 'lastSeenAt', 'expiresAt'])
    .where('userId', '=', userId)
    .where('idleExpiresAt', '>', new Date())
    .where('expiresAt', '>', new Date())
    .orderBy('lastSeenAt', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

/** @returns whether there was such a session of that user */
export async function revokeSession(db: Database, userId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('sessions')
    .where('userId', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Ends all sessions of a user but one. @returns how many */
export async function revokeOtherSessions(db: Database, userId: string, keptId: string): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('sessions')
    .where('userId', '=', userId)
    .where('id', '!=', keptId)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** Removes what has expired: run now and then, for space only. */
export async function deleteExpiredSessions(db: Database): Promise<number> {
  const now = new Date()
  const { numDeletedRows } = await db
    .deleteFrom('sessions')
    .where(({ eb, fn }) => eb(fn<Date>('least', ['idleExpiresAt', 'expiresAt']), '<', now))
    .executeTakeFirst()
  return Number(numDeletedRows)
}

interface SessionEntry extends CacheEntry {
  readonly principal: SessionPrincipal
  readonly expiresAt: number
  idleExpiresAt: number
  lastSeenAt: number
}

/** Turns session tokens into principals: one statement, or none while the cache holds the answer. */
export class SessionAuthenticator {
  readonly #db: Database
  readonly #timeouts: SessionTimeouts
  readonly #cache: PrincipalCache<SessionEntry>
  /** Hashes of the tokens seen of late: hashing costs more than looking one up. */
  readonly #keys = new LRUCache<string, string>({ max: 10_000 })

  constructor(db: Database, timeouts: SessionTimeouts, cache: PrincipalCacheOptions) {
    this.#db = db
    this.#timeouts = timeouts
    this.#cache = new PrincipalCache(cache)
  }

  async start(): Promise<void> {
    await this.#cache.start()
  }

  async close(): Promise<void> {
    await this.#cache.close()
  }

  /** @returns undefined for a token that is malformed, unknown, expired, or of a deactivated user */
  async authenticate(token: string): Promise<SessionPrincipal | undefined> {
    if (!isSecretToken(token)) return undefined
    const key = this.#keyOf(token)
    const now = Date.now()
    const cached = this.#cache.peek(key)
    // Another process may have renewed what looks expired here.
    if (cached && isExpired(cached, now)) this.#cache.drop(key)
    const entry = await this.#cache.get(key, () => findSession(this.#db, Buffer.from(key, 'hex')))
    if (!entry || isExpired(entry, now)) return undefined
    if (now - entry.lastSeenAt > renewalMilliseconds) await this.#renew(entry, now)
    return entry.principal
  }

  /** Forgets a token at once in this process, without waiting for the database to say so. */
  forget(token: string): void {
    this.#cache.drop(this.#keyOf(token))
  }

  #keyOf(token: string): string {
    let key = this.#keys.get(token)
    if (key === undefined) {
      key = hashSecretToken(token).toString('hex')
      this.#keys.set(token, key)
    }
    return key
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

function isExpired(entry: SessionEntry, now: number): boolean {
  return now >= entry.expiresAt || now >= entry.idleExpiresAt
}

/** Session, user, roles and permissions in one statement. */
async function findSession(db: Database, tokenHash: Buffer): Promise<SessionEntry | undefined> {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.userId')
    .where('sessions.tokenHash', '=', tokenHash)
    .where('users.isActive', '=', true)
    .select((eb) => [
      'sessions.id as sessionId',
      'sessions.lastSeenAt',
      'sessions.idleExpiresAt',
      'sessions.expiresAt',
      'users.id as userId',
      'users.email',
      'users.displayName',
      'users.firstName',
      'users.lastName',
      jsonArrayFrom(
        eb
          .selectFrom('userRoles')
          .innerJoin('roles', 'roles.id', 'userRoles.roleId')
          .whereRef('userRoles.userId', '=', 'users.id')
          .select('roles.name')
          .orderBy('roles.name'),
      ).as('roles'),
      jsonArrayFrom(
        eb
          .selectFrom('userRoles')
          .innerJoin('rolePermissions', 'rolePermissions.roleId', 'userRoles.roleId')
          .innerJoin('permissions', 'permissions.id', 'rolePermissions.permissionId')
          .whereRef('userRoles.userId', '=', 'users.id')
          .select('permissions.name')
          .distinct(),
      ).as('permissions'),
    ])
    .executeTakeFirst()
  if (!row) return undefined
  return {
    userId: row.userId,
    expiresAt: row.expiresAt.getTime(),
    idleExpiresAt: row.idleExpiresAt.getTime(),
    lastSeenAt: row.lastSeenAt.getTime(),
    principal: {
      kind: 'session',
      sessionId: row.sessionId,
      user: {
        id: row.userId,
        email: row.email,
        displayName: row.displayName,
        firstName: row.firstName,
        lastName: row.lastName,
      },
      roles: row.roles.map(({ name }) => name),
      permissions: new Set(row.permissions.map(({ name }) => name)),
    },
  }
}
