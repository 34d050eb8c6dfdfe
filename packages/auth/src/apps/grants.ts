import { type Database, inTransaction } from '@worldloom/db'
import { type AppGrant, NotFoundError } from '@worldloom/schema'
import { sql } from 'kysely'
import { limitToWorlds, selectReachedWorlds } from '../apiKeys/worlds.ts'
import { type Actor, recordEvent } from '../audit.ts'
import { apiKeyPermissionNames, names } from '../grants.ts'
import type { SessionPrincipal } from '../principal.ts'

/** So many grants of one person are kept: the ones that were used least lately go. */
const maxGrants = 100

export interface NewGrant {
  readonly client: { readonly id: string; readonly name: string }
  /** By which the authorization server knows it. */
  readonly grantId: string
  readonly permissions: readonly string[]
  readonly worldIds: readonly string[] | undefined
  readonly expiresAt: Date | null
}

/**
 * Lets an app do something in somebody's name: a key without a secret, which the app's tokens stand for. It never permits more than its
 * owner is permitted at that moment.
 *
 * @throws {BadInputError} for worlds that they are no member of
 */
export async function createGrant(
  db: Database,
  actor: Actor,
  { user }: Pick<SessionPrincipal, 'user'>,
  { client, grantId, permissions, worldIds, expiresAt }: NewGrant,
): Promise<{ id: string }> {
  return await inTransaction(db, async (trx) => {
    const worlds = worldIds && (await limitToWorlds(trx, { user }, worldIds))
    const { id } = await trx
      .insertInto('apiKeys')
      .values({
        userId: user.id,
        // Keys of one person have names of their own, and the same app can be given access several times.
        name: `${client.name.slice(0, 200)} (${grantId.slice(0, 6)})`,
        prefix: '',
        clientId: client.id,
        clientName: client.name,
        grantId,
        expiresAt,
        isLimitedToWorlds: worlds !== undefined,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await trx
      .insertInto('apiKeyPermissions')
      .columns(['apiKeyId', 'permissionId'])
      .expression((eb) =>
        eb
          .selectFrom('permissions')
          .select([sql<string>`${id}::uuid`.as('apiKeyId'), 'permissions.id'])
          .where('name', '=', sql<string>`any(${[...permissions]}::text[])`),
      )
      .execute()
    if (worlds) {
      const rows = worlds.map((worldId) => ({ apiKeyId: id, worldId }))
      await trx.insertInto('apiKeyWorlds').values(rows).execute()
    }
    await sql`
      delete from api_keys where id in (
        select id from api_keys where user_id = ${user.id} and client_id is not null
        order by coalesce(last_used_at, created_at) desc offset ${maxGrants}
      )`.execute(trx)
    await recordEvent(trx, actor, {
      action: 'grant.create',
      subject: { kind: 'grant', id, name: client.name },
      details: { clientId: client.id, permissions, worldIds: worlds, expiresAt: expiresAt?.toISOString() ?? null },
    })
    return { id }
  })
}

/** The apps that somebody has given access, the latest first. */
export async function listGrants(db: Database, userId: string): Promise<AppGrant[]> {
  const rows = await db
    .selectFrom('apiKeys')
    .where('apiKeys.userId', '=', userId)
    .where('apiKeys.clientId', 'is not', null)
    .where(({ eb, or }) => or([eb('apiKeys.expiresAt', 'is', null), eb('apiKeys.expiresAt', '>', new Date())]))
    .select(['apiKeys.id', 'clientId', 'clientName', 'expiresAt', 'lastUsedAt', 'createdAt', 'isLimitedToWorlds'])
    .select(sql<number>`api_keys.use_count::float8`.as('useCount'))
    .select((eb) => [apiKeyPermissionNames(eb), selectReachedWorlds(eb)])
    .orderBy('apiKeys.createdAt', 'desc')
    .execute()
  return rows.map(({ clientId, clientName, keyPermissions, keyWorlds, isLimitedToWorlds, ...grant }) => ({
    ...grant,
    client: { id: clientId ?? '', name: clientName ?? '' },
    permissions: names(keyPermissions),
    worlds: isLimitedToWorlds ? keyWorlds : null,
  }))
}

/** Takes access from an app; its tokens end at once. @throws {NotFoundError} also for somebody else's */
export async function revokeGrant(db: Database, actor: Actor, userId: string, id: string): Promise<{ id: string }> {
  const [ended] = await endGrants(db, actor, 'grant.revoke', { userId, id })
  if (!ended) throw new NotFoundError('grant')
  return { id }
}

/** Ends a grant of which a code or a refresh token was used twice (RFC 9700 §4.14.2), or which its app has given back. */
export async function endGrant(db: Database, grantId: string, reason: 'grant.reuse' | 'grant.revoke'): Promise<void> {
  await endGrants(db, { kind: 'anonymous' }, reason, { grantId })
}

async function endGrants(
  db: Database,
  actor: Actor,
  action: 'grant.revoke' | 'grant.reuse',
  which: { readonly userId: string; readonly id: string } | { readonly grantId: string },
): Promise<{ id: string }[]> {
  return await inTransaction(db, async (trx) => {
    let ending = trx.deleteFrom('apiKeys').where('clientId', 'is not', null)
    if ('grantId' in which) ending = ending.where('grantId', '=', which.grantId)
    else ending = ending.where('id', '=', which.id).where('userId', '=', which.userId)
    const ended = await ending.returning(['id', 'clientId', 'clientName']).execute()
    for (const { id, clientId, clientName } of ended) {
      await recordEvent(trx, actor, {
        action,
        outcome: action === 'grant.reuse' ? 'failure' : 'success',
        subject: { kind: 'grant', id, name: clientName ?? '' },
        details: { clientId },
      })
    }
    return ended
  })
}

/** Deletes what the authorization server no longer needs, and grants of which no token is left. */
export async function deleteExpiredGrants(db: Database): Promise<void> {
  await db.deleteFrom('oauthRecords').where('expiresAt', '<', new Date()).execute()
  await sql`
    delete from api_keys where client_id is not null and created_at < now() - interval '1 hour' and not exists (
      select from oauth_records
      where api_key_id = api_keys.id and consumed_at is null
        and kind in ('AccessToken', 'RefreshToken', 'AuthorizationCode', 'DeviceCode')
    )`.execute(db)
}
