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

/** Whether a user has a passkey. */
export function holdsPasskey(eb: ExpressionBuilder<DB, 'users'>) {
  return eb
    .exists(eb.selectFrom('passkeys').whereRef('passkeys.userId', '=', 'users.id').select('passkeys.id'))
    .$castTo<boolean>() // PostgreSQL has booleans
}

/** Whether a user has an authenticator app. */
export function holdsTotp(eb: ExpressionBuilder<DB, 'users'>) {
  return eb
    .exists(
      eb
        .selectFrom('totpSecrets')
        .whereRef('totpSecrets.userId', '=', 'users.id')
        .where('totpSecrets.confirmedAt', 'is not', null)
        .select('totpSecrets.userId'),
    )
    .$castTo<boolean>() // as above
}

/** Whether a user has a recovery code left. */
export function holdsRecoveryCode(eb: ExpressionBuilder<DB, 'users'>) {
  return eb
    .exists(
      eb
        .selectFrom('recoveryCodes')
        .whereRef('recoveryCodes.userId', '=', 'users.id')
        .where('recoveryCodes.usedAt', 'is', null)
        .select('recoveryCodes.userId'),
    )
    .$castTo<boolean>() // as above
}

/** Whether a user has a passkey or an authenticator app, so that they are asked for it. */
export function holdsSecondFactor(eb: ExpressionBuilder<DB, 'users'>) {
  return eb.or([holdsPasskey(eb), holdsTotp(eb)]).$castTo<boolean>() // as above
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
    holdsSecondFactor(eb).as('hasSecondFactor'),
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
  readonly hasSecondFactor: boolean
}

/** What is left to somebody who has yet to add the second factor that a role of theirs requires. */
const ownAccount = /^(profile|account|session):/

/** @param requiredFor the roles that require a second factor */
export function toGrants(row: UserGrantsRow, requiredFor: readonly string[] = []) {
  const { userId, email, emailVerified, displayName, firstName, lastName, version } = row
  const user = { id: userId, email, emailVerified, displayName, firstName, lastName, version }
  const [roles, permissions] = [names(row.roles), names(row.permissions)]
  if (row.hasSecondFactor || !roles.some((role) => requiredFor.includes(role))) {
    return { user, roles, permissions: new Set(permissions) }
  }
  return {
    user,
    roles: roles.filter((role) => !requiredFor.includes(role)),
    permissions: new Set(permissions.filter((permission) => ownAccount.test(permission))),
    needsSecondFactor: true,
  }
}

export function names(rows: readonly { name: string }[]): string[] {
  return rows.map(({ name }) => name)
}

/** What a user may do at this moment. @param requiredFor the roles that require a second factor */
export async function findUserGrants(db: Database, userId: string, requiredFor: readonly string[] = []) {
  const row = await db
    .selectFrom('users')
    .select((eb) => selectUserGrants(eb))
    .where('users.id', '=', userId)
    .executeTakeFirstOrThrow()
  return toGrants(row, requiredFor)
}
