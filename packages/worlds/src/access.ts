import { anyCredential, type KnownPrincipal } from '@worldloom/auth'
import { NotPermittedError, type PermissionName } from '@worldloom/schema'

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

/** For what takes more rights than its procedure says. @throws {NotPermittedError} */
export function requirePermission({ permissions }: KnownPrincipal, permission: PermissionName): void {
  if (!permissions.has(permission)) throw new NotPermittedError(permission)
}
