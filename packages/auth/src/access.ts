import {
  CredentialNotAcceptedError,
  NotPermittedError,
  NotSignedInError,
  type PermissionName,
  RoleMissingError,
  type SeededRole,
} from '@worldloom/schema'
import type { KnownPrincipal, Principal } from './principal.ts'

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
  /** The permission required. Without one, being signed in is enough. */
  readonly permission?: PermissionName
  /** The role required, for procedures that concern people rather than permissions. */
  readonly role?: SeededRole
  /** What it takes of the caller's limit, for what takes much longer than reading an entry. @default 1 */
  readonly cost?: number
  /** Whether its queries may be answered by a replica of the database, which may be a second behind what others write. */
  readonly mayLag?: boolean
}

/** Any of the three ways of being known. */
export const anyCredential = ['session', 'bearer', 'apiKey'] as const satisfies PrincipalAccess['credentials']

/** The kinds of principal that the accepted credentials can stand for. */
export type PrincipalOf<Given extends PrincipalAccess> = Extract<
  KnownPrincipal,
  { readonly kind: Given['credentials'][number] }
>

const credentialNames: Record<Credential, string> = {
  session: 'a browser session',
  bearer: 'an access token',
  apiKey: 'an API key',
}

/**
 * Checks a principal against the access that a procedure or route declares.
 *
 * @throws {NotSignedInError | CredentialNotAcceptedError | NotPermittedError | RoleMissingError}
 */
export function checkAccess<const Given extends PrincipalAccess>(
  principal: Principal,
  access: Given,
): PrincipalOf<Given> {
  if (principal.kind === 'anonymous') throw new NotSignedInError()
  if (!access.credentials.includes(principal.kind)) {
    throw new CredentialNotAcceptedError(credentialNames[principal.kind], access.credentials)
  }
  if (access.permission && !principal.permissions.has(access.permission)) throw new NotPermittedError(access.permission)
  if (access.role && !principal.roles.includes(access.role)) throw new RoleMissingError(access.role)
  return principal as PrincipalOf<Given> // its kind was checked above
}
