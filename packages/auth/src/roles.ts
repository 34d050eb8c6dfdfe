import type { Database, DatabaseHandle } from '@worldloom/db'
import {
  ConflictError,
  ExceedsOwnError,
  NotFoundError,
  type permissionCreateInput,
  type roleCreateInput,
  type roleUpdateInput,
} from '@worldloom/schema'
import type { z } from 'zod'
import { type Actor, type AuditEvent, recordEvent } from './audit.ts'
import { names, rolePermissionNames } from './grants.ts'

/** Has every permission, including future ones, and can't be changed. */
const adminRole = 'admin'

/** The permissions of whoever grants or revokes: nobody can grant what they lack. */
export type Holdings = ReadonlySet<string>

/** @throws {ExceedsOwnError} */
export function refuseBeyond(holdings: Holdings, permissions: readonly string[]): void {
  const excess = permissions.filter((permission) => !holdings.has(permission))
  if (excess.length > 0) throw new ExceedsOwnError(excess.sort())
}

/** Every role with its permissions and the number of people who have it. */
export async function listRoles(db: Database) {
  const rows = await selectRoles(db).orderBy('isSeeded', 'desc').orderBy('roles.name').execute()
  return rows.map(toRole)
}

/** @throws {NotFoundError} */
export async function findRole(db: Database, name: string) {
  const row = await selectRoles(db)
    .where('roles.name', '=', name)
    .executeTakeFirstOrThrow(() => new NotFoundError('role'))
  return toRole(row)
}

export async function listPermissions(db: Database) {
  return await db.selectFrom('permissions').select(['name', 'description', 'isSeeded']).orderBy('name').execute()
}

/** @throws {ExceedsOwnError | NotFoundError}, or a unique violation of roles_name_key */
export async function createRole(
  db: DatabaseHandle['db'],
  actor: Actor,
  holdings: Holdings,
  { name, description, permissions }: z.output<typeof roleCreateInput>,
) {
  refuseBeyond(holdings, permissions)
  await db.transaction().execute(async (trx) => {
    const { id } = await trx.insertInto('roles').values({ name, description }).returning('id').executeTakeFirstOrThrow()
    for (const permission of new Set(permissions)) {
      const permissionId = await permissionIdOf(trx, permission)
      await trx.insertInto('rolePermissions').values({ roleId: id, permissionId }).execute()
    }
    await record(trx, actor, { action: 'role.create', details: { permissions } }, name)
  })
  return await findRole(db, name)
}

/** @throws {NotFoundError} */
export async function updateRole(
  db: DatabaseHandle['db'],
  actor: Actor,
  { name, description }: z.output<typeof roleUpdateInput>,
) {
  await db.transaction().execute(async (trx) => {
    await trx
      .updateTable('roles')
      .set({ description })
      .where('name', '=', name)
      .returning('id')
      .executeTakeFirstOrThrow(() => new NotFoundError('role'))
    await record(trx, actor, { action: 'role.update', details: { description } }, name)
  })
  return await findRole(db, name)
}

interface RolePermission {
  readonly role: string
  readonly permission: string
}

/** @throws {NotFoundError | ConflictError | ExceedsOwnError} */
export async function addPermission(
  db: DatabaseHandle['db'],
  actor: Actor,
  holdings: Holdings,
  granted: RolePermission,
) {
  return await changePermission(db, actor, holdings, granted, 'role.addPermission', async (trx, row) => {
    await trx
      .insertInto('rolePermissions')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  })
}

/** @throws {NotFoundError | ConflictError | ExceedsOwnError} */
export async function removePermission(
  db: DatabaseHandle['db'],
  actor: Actor,
  holdings: Holdings,
  taken: RolePermission,
) {
  return await changePermission(db, actor, holdings, taken, 'role.removePermission', async (trx, row) => {
    await trx
      .deleteFrom('rolePermissions')
      .where('roleId', '=', row.roleId)
      .where('permissionId', '=', row.permissionId)
      .execute()
  })
}

async function changePermission(
  db: DatabaseHandle['db'],
  actor: Actor,
  holdings: Holdings,
  { role, permission }: RolePermission,
  action: AuditEvent['action'],
  change: (db: Database, row: { roleId: string; permissionId: string }) => Promise<void>,
) {
  refuseBeyond(holdings, [permission])
  if (role === adminRole) throw new ConflictError('The admin role permits everything; that cannot be changed.')
  await db.transaction().execute(async (trx) => {
    const roleId = await roleIdOf(trx, role)
    const permissionId = await permissionIdOf(trx, permission)
    await change(trx, { roleId, permissionId })
    await record(trx, actor, { action, details: { permission } }, role)
  })
  return await findRole(db, role)
}

/** @throws {NotFoundError}, or {ConflictError} for a built-in role or one that people have */
export async function deleteRole(db: DatabaseHandle['db'], actor: Actor, name: string) {
  await db.transaction().execute(async (trx) => {
    // It can't be granted meanwhile, as that takes a lock on the same row.
    await trx.selectFrom('roles').select('id').where('name', '=', name).forUpdate().executeTakeFirst()
    const role = await findRole(trx, name)
    if (role.isSeeded) throw new ConflictError(`The role ${name} is built in and cannot be deleted.`)
    if (role.userCount > 0) {
      const people = role.userCount === 1 ? 'One person has' : `${role.userCount} people have`
      throw new ConflictError(`${people} the role ${name}. Take it from them first.`)
    }
    await trx.deleteFrom('roles').where('name', '=', name).execute()
    await record(trx, actor, { action: 'role.delete' }, name)
  })
  return { name }
}

/**
 * Creates a permission, for services that check it in access tokens. @throws a unique violation of permissions_name_key
 */
export async function createPermission(
  db: DatabaseHandle['db'],
  actor: Actor,
  { name, description }: z.output<typeof permissionCreateInput>,
) {
  return await db.transaction().execute(async (trx) => {
    const made = await trx
      .insertInto('permissions')
      .values({ name, description })
      .returning(['name', 'description', 'isSeeded'])
      .executeTakeFirstOrThrow()
    await recordEvent(trx, actor, { action: 'permission.create', subject: { kind: 'permission', id: name, name } })
    return made
  })
}

/** Deletes a permission, also from roles and keys. @throws {NotFoundError | ConflictError} */
export async function deletePermission(db: DatabaseHandle['db'], actor: Actor, name: string) {
  await db.transaction().execute(async (trx) => {
    const permission = await trx
      .selectFrom('permissions')
      .select('isSeeded')
      .where('name', '=', name)
      .executeTakeFirstOrThrow(() => new NotFoundError('permission'))
    if (permission.isSeeded) throw new ConflictError(`The permission ${name} is built in and cannot be deleted.`)
    await trx.deleteFrom('permissions').where('name', '=', name).execute()
    await recordEvent(trx, actor, { action: 'permission.delete', subject: { kind: 'permission', id: name, name } })
  })
  return { name }
}

async function record(
  db: Database,
  actor: Actor,
  event: Pick<AuditEvent, 'action' | 'details'>,
  role: string,
): Promise<void> {
  await recordEvent(db, actor, { ...event, subject: { kind: 'role', id: role, name: role } })
}

async function roleIdOf(db: Database, name: string): Promise<string> {
  const role = await db
    .selectFrom('roles')
    .select('id')
    .where('name', '=', name)
    .executeTakeFirstOrThrow(() => new NotFoundError('role'))
  return role.id
}

async function permissionIdOf(db: Database, name: string): Promise<string> {
  const permission = await db
    .selectFrom('permissions')
    .select('id')
    .where('name', '=', name)
    .executeTakeFirstOrThrow(() => new NotFoundError('permission'))
  return permission.id
}

function selectRoles(db: Database) {
  return db.selectFrom('roles').select((eb) => [
    'roles.name',
    'roles.description',
    'roles.isSeeded',
    'roles.createdAt',
    rolePermissionNames(eb),
    eb
      .selectFrom('userRoles')
      .whereRef('userRoles.roleId', '=', 'roles.id')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .as('userCount'),
  ])
}

function toRole(row: Awaited<ReturnType<ReturnType<typeof selectRoles>['executeTakeFirstOrThrow']>>) {
  return { ...row, permissions: names(row.permissions), userCount: Number(row.userCount ?? 0) }
}

/** The roles that have a permission. */
export async function findRolesWith(db: Database, permission: string): Promise<string[]> {
  const rows = await db
    .selectFrom('roles')
    .innerJoin('rolePermissions', 'rolePermissions.roleId', 'roles.id')
    .innerJoin('permissions', 'permissions.id', 'rolePermissions.permissionId')
    .where('permissions.name', '=', permission)
    .select('roles.name')
    .orderBy('roles.name')
    .execute()
  return names(rows)
}
