import { anyCredential } from '@worldloom/auth'
import type { PermissionName, WorldRole } from '@worldloom/schema'

/** The access required to read entries. */
export const readsEntities = { credentials: anyCredential, permission: 'entity:read', mayLag: true } as const
/** The access required to create entries. */
export const createsEntities = { credentials: anyCredential, permission: 'entity:create' } as const
/** The access required to change entries. */
export const updatesEntities = { credentials: anyCredential, permission: 'entity:update' } as const
/** The access required to move entries to the trash, and to delete what belongs to them. */
export const deletesEntities = { credentials: anyCredential, permission: 'entity:delete' } as const
/** The access required to propose changes to entries, for a person to confirm. */
export const proposesChanges = { credentials: anyCredential, permission: 'entity:propose' } as const
/** What was proposed is confirmed by people in the app, never by programs. */
export const confirmsChanges = { credentials: ['session'], permission: 'entity:read' } as const

/** What a role in a world is for, by permission; reading takes none. */
const worldRoles: Partial<Record<PermissionName, WorldRole>> = {
  'entity:create': 'editor',
  'entity:update': 'editor',
  'entity:delete': 'editor',
  'entity:propose': 'editor',
  'world:update': 'editor',
  'world:delete': 'owner',
  'member:read': 'viewer',
  'member:update': 'owner',
}

/** The role in a world that what a permission is for takes there, besides the permission; null where reading it is enough. */
export function worldRoleFor(permission: PermissionName): WorldRole | null {
  return worldRoles[permission] ?? null
}
