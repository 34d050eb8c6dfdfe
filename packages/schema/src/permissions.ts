import { z } from 'zod'
import { idField } from './ids.ts'
import { descriptionField } from './text.ts'

/** All permissions, as `<resource>:<action>`. A migration seeds the same names, and a test compares the two. */
export const permissionNames = [
  'profile:read',
  'profile:update',
  'session:read',
  'session:delete',
  'account:read',
  'account:update',
  'apiKey:read',
  'apiKey:create',
  'apiKey:update',
  'apiKey:delete',
  'grant:read',
  'grant:create',
  'grant:delete',
  'oauthClient:read',
  'oauthClient:create',
  'oauthClient:delete',
  'user:read',
  'user:create',
  'user:update',
  'user:delete',
  'role:read',
  'role:create',
  'role:update',
  'role:delete',
  'permission:read',
  'permission:create',
  'permission:delete',
  'audit:read',
  'world:read',
  'world:create',
  'world:update',
  'world:delete',
  'entity:read',
  'entity:create',
  'entity:update',
  'entity:delete',
  'entity:propose',
  'member:read',
  'member:update',
  'chat:use',
  'job:read',
  'job:update',
] as const

export type PermissionName = (typeof permissionNames)[number]

/**
 * Resources that let a caller gain permissions or lock others out. An API key needs a permission granted to it
 * individually, not through a role.
 */
const managingResources = new Set([
  'session',
  'account',
  'apiKey',
  'grant',
  'oauthClient',
  'user',
  'role',
  'permission',
  'audit',
  'member',
])

export function isManaging(permission: string): boolean {
  return managingResources.has(permission.split(':', 1)[0] ?? '')
}

/** The roles of a new installation. */
export const seededRoles = ['admin', 'user', 'viewer'] as const
export type SeededRole = (typeof seededRoles)[number]

/** The initial permissions of each. Migrations grant the same, and a test compares the two. */
export const seededGrants: Readonly<Record<SeededRole, readonly PermissionName[]>> = {
  admin: permissionNames,
  user: permissionNames.filter((name) =>
    /^(profile|session|account|apiKey|grant|world|entity|member|chat):/.test(name),
  ),
  viewer: permissionNames.filter((name) =>
    /^(profile|session|account|apiKey|grant):|^(world|entity|member):read$/.test(name),
  ),
}

/** The name of any permission, including those that an installation creates for its own services. */
export const permissionField = z
  .string({ error: 'Must be text' })
  .max(100, 'At most 100 characters')
  .regex(/^[a-z][A-Za-z]*:[a-z][A-Za-z]*$/, 'Must look like resource:action, in letters')

export const roleNameField = z
  .string({ error: 'Must be text' })
  .regex(/^[a-z][a-z0-9-]{0,63}$/, 'Must be lower-case letters, digits and dashes, beginning with a letter')

export const permissionCreateInput = z.strictObject({
  name: permissionField,
  description: descriptionField.default(''),
})
export const permissionDeleteInput = z.strictObject({ name: permissionField })

export const roleByNameInput = z.strictObject({ name: roleNameField })
export const roleCreateInput = z.strictObject({
  name: roleNameField,
  description: descriptionField.default(''),
  permissions: z.array(permissionField).max(500, 'At most 500').default([]),
})
export const roleUpdateInput = z.strictObject({ name: roleNameField, description: descriptionField })
export const rolePermissionInput = z.strictObject({ role: roleNameField, permission: permissionField })
export const userRoleInput = z.strictObject({ userId: idField, role: roleNameField })
