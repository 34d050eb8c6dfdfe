import type { PermissionName, SeededRole } from '@worldloom/schema'

/** How a caller can show who they are. */
export type Credential = 'session' | 'bearer' | 'apiKey'

/** Who may call a procedure. Every procedure is built from one of these; there is no other way to build one. */
export type Access = PublicAccess | PrincipalAccess

/** Anybody, also without signing in. */
export interface PublicAccess {
  readonly credentials: 'none'
}

/** A known caller. */
export interface PrincipalAccess {
  readonly credentials: readonly [Credential, ...Credential[]]
  /** What they must be permitted; left out, being signed in is enough. */
  readonly permission?: PermissionName
  /** A role they must have. For what is about people rather than about what they may do. */
  readonly role?: SeededRole
}

/** Any of the three ways of being known. */
export const anyCredential = ['session', 'bearer', 'apiKey'] as const satisfies PrincipalAccess['credentials']
