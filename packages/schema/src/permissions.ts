/** What can be permitted: `<resource>:<action>`. A migration seeds the same names; a test compares them. */
export const permissionNames = [
  'profile:read',
  'profile:update',
  'session:read',
  'session:delete',
  'world:read',
  'world:create',
  'world:update',
  'world:delete',
] as const

export type PermissionName = (typeof permissionNames)[number]

/** The roles a new installation has. */
export const seededRoles = ['admin', 'user', 'viewer'] as const
export type SeededRole = (typeof seededRoles)[number]
