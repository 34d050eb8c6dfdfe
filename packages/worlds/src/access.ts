import { anyCredential } from '@worldloom/auth'

/** Who may read what is in worlds. */
export const readsEntities = { credentials: anyCredential, permission: 'entity:read' } as const
/** Who may add to a world. */
export const createsEntities = { credentials: anyCredential, permission: 'entity:create' } as const
/** Who may change what is in worlds. */
export const updatesEntities = { credentials: anyCredential, permission: 'entity:update' } as const
