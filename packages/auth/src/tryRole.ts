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
  const { rows } = await sql<{ permission: string; personId: string; calls: number }>`
    with lost as (
      -- Who has the permission by this role alone.
      select user_roles.user_id, permission.name
      from user_roles join roles on roles.id = user_roles.role_id, unnest(${lost}::text[]) permission (name)
      where roles.name = ${name} and not exists (
        select from user_roles others
        join roles other_roles on other_roles.id = others.role_id and other_roles.name <> ${name}
        join role_permissions on role_permissions.role_id = others.role_id
        join permissions on permissions.id = role_permissions.permission_id
        where others.user_id = user_roles.user_id and permissions.name = permission.name
      )
    ), done as (
      select known.permission, audit_events.actor_id
      from audit_events
      join jsonb_to_recordset(${JSON.stringify(actions)}::jsonb) known (action text, permission text)
        on known.action = audit_events.action
      where at > now() - make_interval(days => ${days}) and outcome = 'success' and actor_id is not null
      union all
      select ${changePermission}, actor_id from changes
      where changed_at > now() - make_interval(days => ${days}) and actor_id in (select user_id from lost)
    )
    select lost.name as permission, lost.user_id as "personId", count(*)::int as calls
    from lost join done on done.permission = lost.name and done.actor_id = lost.user_id
    group by lost.name, lost.user_id`.execute(db)
  const items = lost.flatMap((permission) => {
    const of = rows.filter((row) => row.permission === permission)
    return of.length > 0 ? [{ permission, calls: sum(of), people: of.length }] : []
  })
  return { days, calls: sum(rows), people: new Set(rows.map(({ personId }) => personId)).size, items }
}

function sum(rows: readonly { readonly calls: number }[]): number {
  return rows.reduce((total, { calls }) => total + calls, 0)
}
