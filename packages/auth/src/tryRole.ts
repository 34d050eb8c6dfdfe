import type { Database } from '@worldloom/db'
import type { AuditAction, PermissionName, RoleTrial } from '@worldloom/schema'
import { sql } from 'kysely'
import { findRole } from './roles.ts'

/** How many days back it is looked. */
const days = 30

/** The permission that an action in the audit log took; those that take none, and those of worlds, are not here. */
export const actionPermissions: Partial<Record<AuditAction, PermissionName>> = {
  'session.revoke': 'session:delete',
  'session.revokeOthers': 'session:delete',
  'account.link': 'account:update',
  'account.unlink': 'account:update',
  'secondFactor.add': 'account:update',
  'secondFactor.remove': 'account:update',
  'recoveryCodes.create': 'account:update',
  'profile.update': 'profile:update',
  'apiKey.create': 'apiKey:create',
  'apiKey.update': 'apiKey:update',
  'apiKey.rotate': 'apiKey:update',
  'apiKey.activate': 'apiKey:update',
  'apiKey.deactivate': 'apiKey:update',
  'apiKey.delete': 'apiKey:delete',
  'grant.create': 'grant:create',
  'grant.revoke': 'grant:delete',
  'oauthClient.create': 'oauthClient:create',
  'oauthClient.delete': 'oauthClient:delete',
  'user.create': 'user:create',
  'user.update': 'user:update',
  'user.activate': 'user:update',
  'user.deactivate': 'user:update',
  'user.assignRole': 'user:update',
  'user.removeRole': 'user:update',
  'user.delete': 'user:delete',
  'secondFactor.reset': 'user:update',
  'role.create': 'role:create',
  'role.update': 'role:update',
  'role.addPermission': 'role:update',
  'role.removePermission': 'role:update',
  'role.delete': 'role:delete',
  'permission.create': 'permission:create',
  'permission.delete': 'permission:delete',
  'member.invite': 'member:update',
  'member.revokeInvitation': 'member:update',
  'world.transfer': 'member:update',
  'shareLink.create': 'member:update',
  'shareLink.revoke': 'member:update',
  'job.retry': 'job:update',
  'job.discard': 'job:update',
  'webhook.retry': 'job:update',
  'changeSet.propose': 'entity:propose',
}

/** What a change in the log of a world took. */
const changePermission = sql<string>`
  case subject_kind
    when 'world' then case when action in ('delete', 'restore') then 'world:delete'
      when action in ('create', 'import') then 'world:create' else 'world:update' end
    when 'member' then 'member:update'
    else case when action in ('create', 'import') then 'entity:create'
      when action in ('delete', 'restore') then 'entity:delete' else 'entity:update' end
  end`

/**
 * What a change of a role would have refused in the last 30 days: what people did, by the audit log and the change logs, that took a
 * permission which they would have had no longer.
 *
 * @param permissions what the role would permit
 * @throws {NotFoundError}
 */
export async function tryRole(
  db: Database,
  { name, permissions }: { readonly name: string; readonly permissions: readonly string[] },
): Promise<RoleTrial> {
  const role = await findRole(db, name)
  const lost = role.permissions.filter((permission) => !permissions.includes(permission))
  if (lost.length === 0) return { days, calls: 0, people: 0, items: [] }
  const actions = Object.entries(actionPermissions).map(([action, permission]) => ({ action, permission }))
  // Aggregates alone, as joins of what is not counted yet can be planned for a few rows and meet millions.
  const { rows } = await sql<{ permission: string | null; calls: number; people: number }>`
    with people as (
      select user_roles.user_id from user_roles join roles on roles.id = user_roles.role_id where roles.name = ${name}
    ), done as (
      select ${changePermission} as permission, actor_id, calls
      from (
        select subject_kind, action, actor_id, count(*) as calls from changes
        where changed_at > now() - make_interval(days => ${days}) and actor_id is not null
        group by subject_kind, action, actor_id
      ) by_kind
      union all
      select known.permission, actor_id, count(*)
      from audit_events
      join jsonb_to_recordset(${JSON.stringify(actions)}::jsonb) known (action text, permission text)
        on known.action = audit_events.action
      where at > now() - make_interval(days => ${days}) and outcome = 'success' and actor_id is not null
      group by known.permission, actor_id
    ), kept as (
      -- What people are permitted by another role as well.
      select permissions.name as permission, others.user_id
      from people
      join user_roles others on others.user_id = people.user_id
      join roles on roles.id = others.role_id and roles.name <> ${name}
      join role_permissions on role_permissions.role_id = others.role_id
      join permissions on permissions.id = role_permissions.permission_id
    ), refused as (
      select permission, actor_id, sum(calls) as calls
      from (
        select permission, actor_id, calls, false as is_kept from done
        where actor_id in (select user_id from people)
        union all
        select permission, user_id, 0, true from kept
      ) each
      where permission = any(${lost}::text[])
      group by permission, actor_id
      having not bool_or(is_kept)
    )
    select permission, coalesce(sum(calls), 0)::int as calls, count(distinct actor_id)::int as people
    from refused group by grouping sets ((permission), ())`.execute(db)
  const items = lost.flatMap((permission) => {
    const row = rows.find((each) => each.permission === permission)
    return row ? [{ permission, calls: row.calls, people: row.people }] : []
  })
  const all = rows.find(({ permission }) => permission === null)
  return { days, calls: all?.calls ?? 0, people: all?.people ?? 0, items }
}
