import type { Database } from '@worldloom/db'
import { createSecretToken, hashSecretToken, isSecretToken } from './secretToken.ts'

export interface SessionTimeouts {
  /** Seconds without use after which a session ends. */
  readonly idle: number
  /** Seconds after sign-in at which a session ends, used or not. */
  readonly absolute: number
}

/** Where a session is used, as the list of devices shows it. */
export interface Device {
  readonly ipAddress: string | undefined
  readonly userAgent: string | undefined
}

interface SessionValues {
  readonly userId: string
  /** How they signed in: a provider's id, or `password`. */
  readonly provider: string
  readonly device: Device
}

/** Starts a session and returns its token. Only the hash is stored. */
export async function createSession(
  db: Database,
  timeouts: SessionTimeouts,
  values: SessionValues,
): Promise<{ token: string; sessionId: string; expiresAt: Date }> {
  const token = createSecretToken()
  return { token, ...(await insertSession(db, timeouts, values, hashSecretToken(token))) }
}

/** Starts a session for a program, which uses access and refresh tokens only. */
export async function createTokenSession(db: Database, timeouts: SessionTimeouts, values: SessionValues) {
  return await insertSession(db, timeouts, values, null)
}

async function insertSession(
  db: Database,
  timeouts: SessionTimeouts,
  values: SessionValues,
  tokenHash: Buffer | null,
): Promise<{ sessionId: string; expiresAt: Date }> {
  const now = Date.now()
  const expiresAt = new Date(now + timeouts.absolute * 1000)
  const { id } = await db
    .insertInto('sessions')
    .values({
      kind: tokenHash ? 'browser' : 'token',
      tokenHash,
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
  return { sessionId: id, expiresAt }
}

/** Ends the session of a token, or of its predecessor. @returns whose it was, if there was one */
export async function deleteSessionByToken(
  db: Database,
  token: string,
): Promise<{ userId: string; displayName: string } | undefined> {
  if (!isSecretToken(token)) return undefined
  const hash = hashSecretToken(token)
  return await db
    .deleteFrom('sessions')
    .using('users')
    .whereRef('users.id', '=', 'sessions.userId')
    .where(({ eb, or }) => or([eb('tokenHash', '=', hash), eb('previousTokenHash', '=', hash)]))
    .returning(['users.id as userId', 'users.displayName'])
    .executeTakeFirst()
}

/** Ends all sessions of a user. @returns how many */
export async function revokeAllSessions(db: Database, userId: string): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('sessions').where('userId', '=', userId).executeTakeFirst()
  return Number(numDeletedRows)
}

/** The devices somebody is signed in on, most recently used first. */
export async function listSessions(db: Database, userId: string) {
  return await db
    .selectFrom('sessions')
    .select(['id', 'kind', 'provider', 'ipAddress', 'userAgent', 'createdAt', 'lastSeenAt', 'expiresAt'])
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

/** Deletes expired rows. Run from time to time, only to save space. */
export async function deleteExpiredSessions(db: Database): Promise<number> {
  const now = new Date()
  const { numDeletedRows } = await db
    .deleteFrom('sessions')
    .where(({ eb, fn }) => eb(fn<Date>('least', ['idleExpiresAt', 'expiresAt']), '<', now))
    .executeTakeFirst()
  return Number(numDeletedRows)
}
