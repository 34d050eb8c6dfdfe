import { type Database, type DatabaseHandle, inTransaction, thisMonth } from '@worldloom/db'
import { type apiKeyDropInput, isManaging, NotFoundError } from '@worldloom/schema'
import { sql } from 'kysely'
import type { z } from 'zod'
import { type Actor, recordEvent } from '../audit.ts'
import { letters } from '../mail/letters.ts'
import type { Post } from '../mail/mailer.ts'
import { hashApiKey, isApiKey } from './format.ts'
import { findApiKeyById } from './manage.ts'
import { usesThisMonth } from './usage.ts'

/** A permission that was not used for so many days could be dropped. */
const unusedDays = 30

/**
 * What a key was used for, from where, and how much this month.
 *
 * @throws {NotFoundError} also for somebody else's
 */
export async function findApiKeyUsage(db: Database, userId: string, id: string) {
  const key = await findApiKeyById(db, userId, id)
  const [permissions, addresses, month] = await Promise.all([
    sql<{ name: string; lastUsedAt: Date | null; isUnused: boolean }>`
      select granted.name, used.last_used_at as "lastUsedAt",
        api_keys.created_at < now() - make_interval(days => ${unusedDays})
          and coalesce(used.last_used_at, '-infinity') < now() - make_interval(days => ${unusedDays}) as "isUnused"
      from api_keys
      cross join lateral (${grantedPermissions(id)}) granted
      left join api_key_permission_use used on used.api_key_id = api_keys.id and used.permission = granted.name
      where api_keys.id = ${id} order by granted.name`.execute(db),
    db
      .selectFrom('apiKeyAddresses')
      .where('apiKeyId', '=', id)
      .select(['ipAddress', 'firstUsedAt', 'lastUsedAt', sql<number>`use_count::float8`.as('useCount')])
      .orderBy('lastUsedAt', 'desc')
      .limit(100)
      .execute(),
    sql<{ requests: number; tokens: number; cost: number }>`
      select ${usesThisMonth(sql.val(id))} as requests, coalesce(max(tokens), 0)::float8 as tokens, coalesce(max(cost_micros), 0)::float8 / 1e6 as cost
      from api_key_chat_usage
      where api_key_id = ${id} and month = ${thisMonth}`.execute(db),
  ])
  return {
    // Those of roles, without what roles do not give to keys.
    permissionUses: permissions.rows.filter(({ name }) => key.permissions.includes(name) || !isManaging(name)),
    addresses,
    month: month.rows[0] ?? { requests: 0, tokens: 0, cost: 0 },
  }
}

/** The names of what a key was given, singly or by roles. */
function grantedPermissions(id: string) {
  return sql`
    select permissions.name from permissions where permissions.id in (
      select permission_id from api_key_permissions where api_key_id = ${id}
      union
      select role_permissions.permission_id from api_key_roles
      join role_permissions on role_permissions.role_id = api_key_roles.role_id
      where api_key_roles.api_key_id = ${id}
    )`
}

/**
 * Takes permissions away from a key. A role that has one of them is replaced by its other permissions, so the key keeps those, but does not
 * get what the role is given later.
 *
 * @throws {NotFoundError} also for somebody else's
 */
export async function dropApiKeyPermissions(
  db: DatabaseHandle['db'],
  actor: Actor,
  userId: string,
  { id, permissions }: z.output<typeof apiKeyDropInput>,
) {
  await inTransaction(db, async (trx) => {
    const key = await trx
      .selectFrom('apiKeys')
      .where('id', '=', id)
      .where('userId', '=', userId)
      .where('clientId', 'is', null)
      .select(['id', 'name'])
      .forUpdate()
      .executeTakeFirstOrThrow(() => new NotFoundError('API key'))
    const roles = await trx
      .selectFrom('apiKeyRoles')
      .innerJoin('rolePermissions', 'rolePermissions.roleId', 'apiKeyRoles.roleId')
      .innerJoin('permissions', 'permissions.id', 'rolePermissions.permissionId')
      .where('apiKeyRoles.apiKeyId', '=', id)
      .select(['apiKeyRoles.roleId', 'permissions.id as permissionId', 'permissions.name'])
      .execute()
    const replaced = new Set(roles.filter(({ name }) => permissions.includes(name)).map(({ roleId }) => roleId))
    const kept = roles.filter(
      ({ roleId, name }) => replaced.has(roleId) && !permissions.includes(name) && !isManaging(name),
    )
    for (const roleId of replaced) {
      await trx.deleteFrom('apiKeyRoles').where('apiKeyId', '=', id).where('roleId', '=', roleId).execute()
    }
    for (const { permissionId } of kept) {
      await trx
        .insertInto('apiKeyPermissions')
        .values({ apiKeyId: id, permissionId })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }
    await sql`
      delete from api_key_permissions using permissions
      where api_key_id = ${id} and permission_id = permissions.id and permissions.name = any(${permissions}::text[])`.execute(
      trx,
    )
    await recordEvent(trx, actor, {
      action: 'apiKey.update',
      subject: { kind: 'apiKey', ...key },
      details: { dropped: permissions },
    })
  })
  return await findApiKeyById(db, userId, id)
}

/**
 * Switches a key off that others have, and tells its owner by mail. It stays off until it is given another secret. Of a secret that was
 * rotated, what is left of its time ends.
 *
 * @param where the address where it was found, if whoever reports it says so
 * @returns whether there is such a key
 */
export async function reportLeakedKey(
  db: Database,
  { mailer, publicUrl }: { readonly mailer: Pick<Post, 'send'>; readonly publicUrl: string },
  token: string,
  where: string | undefined,
): Promise<boolean> {
  if (!isApiKey(token)) return false
  const hash = hashApiKey(token)
  return await inTransaction(db, async (trx) => {
    const key = await trx
      .selectFrom('apiKeys')
      .innerJoin('users', 'users.id', 'apiKeys.userId')
      .where(({ eb, or }) => or([eb('keyHash', '=', hash), eb('previousKeyHash', '=', hash)]))
      .select(['apiKeys.id', 'apiKeys.name', 'apiKeys.keyHash', 'apiKeys.leakedAt', 'users.email'])
      .forUpdate('apiKeys')
      .executeTakeFirst()
    if (!key) return false
    const isCurrent = key.keyHash?.equals(hash) ?? false
    // Reported by several, it is said once.
    if (isCurrent && key.leakedAt) return true
    await trx
      .updateTable('apiKeys')
      .set(
        isCurrent
          ? { isActive: false, leakedAt: new Date(), updatedAt: new Date() }
          : { previousKeyHash: null, previousExpiresAt: null, updatedAt: new Date() },
      )
      .where('id', '=', key.id)
      .execute()
    const actor: Actor = { kind: 'anonymous' }
    await recordEvent(trx, actor, {
      action: 'apiKey.leak',
      subject: { kind: 'apiKey', id: key.id, name: key.name },
      details: { where },
    })
    if (key.email) {
      await mailer.send(trx, letters.apiKeyLeaked(key.email, key.name, where, `${publicUrl}/settings/api-keys`))
    }
    return true
  })
}
