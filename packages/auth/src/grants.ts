import type { Database, DB } from '@worldloom/db'
import type { ExpressionBuilder } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { PrincipalUser } from './principal.ts'

/** The names of a user's roles. */
export function userRoleNames(eb: ExpressionBuilder<DB, 'users'>) {
  return jsonArrayFrom(
    eb
      .selectFrom('userRoles')
      .innerJoin('roles', 'roles.id', 'userRoles.roleId')
      .whereRef('userRoles.userId', '=', 'users.id')
      .select('roles.name')
      .orderBy('roles.name'),
  ).as('roles')
}

/** The names of the permissions of a role. */
export function rolePermissionNames(eb: ExpressionBuilder<DB, 'roles'>) {
  return jsonArrayFrom(
    eb
      .selectFrom('rolePermissions')
      .innerJoin('permissions', 'permissions.id', 'rolePermissions.permissionId')
      .whereRef('rolePermissions.roleId', '=', 'roles.id')
      .select('permissions.name')
      .orderBy('permissions.name'),
  ).as('permissions')
}

/** The names of the roles of an API key. */
export function apiKeyRoleNames(eb: ExpressionBuilder<DB, 'apiKeys'>) {
  return jsonArrayFrom(
    eb
      .selectFrom('apiKeyRoles')
      .innerJoin('roles', 'roles.id', 'apiKeyRoles.roleId')
      .whereRef('apiKeyRoles.apiKeyId', '=', 'apiKeys.id')
      .select('roles.name')
      .orderBy('roles.name'),
  ).as('keyRoles')
}

/** The names of the permissions that an API key was given individually. */
export function apiKeyPermissionNames(eb: ExpressionBuilder<DB, 'apiKeys'>) {
  return jsonArrayFrom(
    eb
      .selectFrom('apiKeyPermissions')
      .innerJoin('permissions', 'permissions.id', 'apiKeyPermissions.permissionId')
      .whereRef('apiKeyPermissions.apiKeyId', '=', 'apiKeys.id')
      .select('permissions.name')
      .orderBy('permissions.name'),
  ).as('keyPermissions')
}

/** Everything about a user that a principal needs, to be selected together with the credential. */
export function selectUserGrants(eb: ExpressionBuilder<DB, 'users'>) {
  return [
    'users.id as userId' as const,
    'users.email' as const,
    'users.emailVerified' as const,
    'users.displayName' as const,
    'users.firstName' as const,
    'users.lastName' as const,
    'users.version' as const,
    userRoleNames(eb),
    jsonArrayFrom(
      eb
        .selectFrom('userRoles')
        .innerJoin('rolePermissions', 'rolePermissions.roleId', 'userRoles.roleId')
        .innerJoin('permissions', 'permissions.id', 'rolePermissions.permissionId')
        .whereRef('userRoles.userId', '=', 'users.id')
        .select('permissions.name')
        .distinct(),
    ).as('permissions'),
  ] as const
}

interface UserGrantsRow extends Omit<PrincipalUser, 'id'> {
  readonly userId: string
  readonly roles: readonly { name: string }[]
  readonly permissions: readonly { name: string }[]
}

export function toGrants(row: UserGrantsRow) {
  const { userId, email, emailVerified, displayName, firstName, lastName, version } = row
  return {
    user: { id: userId, email, emailVerified, displayName, firstName, lastName, version },
    roles: names(row.roles),
    permissions: new Set(names(row.permissions)),
  }
}

export function names(rows: readonly { name: string }[]): string[] {
  return rows.map(({ name }) => name)
}

/** What a user may do at this moment. */
export async function findUserGrants(db: Database, userId: string) {
  const row = await db
    .selectFrom('users')
    .select((eb) => selectUserGrants(eb))
    .where('users.id', '=', userId)
    .executeTakeFirstOrThrow()
  return toGrants(row)
}
