import {
  CredentialNotAcceptedError,
  NotPermittedError,
  NotSignedInError,
  type PermissionName,
  RoleMissingError,
  type SeededRole,
  SignInAgainError,
  type WorldRole,
} from '@worldloom/schema'
import type { KnownPrincipal, Principal } from './principal.ts'

/** How a caller can show who they are. */
export type Credential = 'session' | 'bearer' | 'apiKey'

/** Who may call a procedure. Every procedure is built from one of these; there is no other way to build one. */
export type Access = PublicAccess | PrincipalAccess

/** Anybody, also without signing in. */
export interface PublicAccess extends Declared {
  readonly credentials: 'none'
}

interface Declared {
  /** That it is going to be gone, for those who call it. */
  readonly deprecated?: Deprecation
}

/** What callers are told of what is going to be gone, in types, the API document and headers of responses. */
export interface Deprecation {
  /** What to call instead, or how else to go on: “use user.byId”. */
  readonly use: string
  /** Since when: a day, YYYY-MM-DD. */
  readonly since: string
  /** From when on it may be gone: a day, YYYY-MM-DD. */
  readonly sunset: string
}

/** A known caller. */
export interface PrincipalAccess extends Declared {
  readonly credentials: readonly [Credential, ...Credential[]]
  /** The permission required. Without one, being signed in is enough. */
  readonly permission?: PermissionName
  /** The role required, for procedures that concern people rather than permissions. */
  readonly role?: SeededRole
  /** The role in a world that it takes there, where that is another than the permission is for (`worldRoleFor`). */
  readonly worldRole?: WorldRole
  /**
   * Whether it takes having shown lately who one is, for what would hurt most if somebody else sat at the browser. Keys are not asked,
   * as they have been given what they may do.
   */
  readonly fresh?: boolean
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

/** @throws {NotPermittedError} saying whether it is the person who lacks it, or only their key */
export function requirePermission(principal: KnownPrincipal, permission: PermissionName): void {
  if (principal.permissions.has(permission)) return
  const isTheirs = principal.kind === 'apiKey' && principal.ownerPermissions.has(permission)
  throw new NotPermittedError(permission, { lackedBy: isTheirs ? 'credential' : 'person', roles: [] })
}

/** For how many milliseconds somebody counts as having just shown who they are. */
const freshMilliseconds = 10 * 60_000

/** Whether somebody has signed in, or confirmed that it is them, within the last ten minutes. */
export function isFresh({ confirmedAt }: { readonly confirmedAt: number }): boolean {
  return Date.now() - confirmedAt < freshMilliseconds
}

const credentialNames: Record<Credential, string> = {
  session: 'a browser session',
  bearer: 'an access token',
  apiKey: 'an API key',
}

/**
 * Checks a principal against the access that a procedure or route declares.
 *
 * @throws {NotSignedInError | CredentialNotAcceptedError | NotPermittedError | RoleMissingError | SignInAgainError}
 */
export function checkAccess<const Given extends PrincipalAccess>(
  principal: Principal,
  access: Given,
): PrincipalOf<Given> {
  if (principal.kind === 'anonymous') throw new NotSignedInError()
  if (!access.credentials.includes(principal.kind)) {
    throw new CredentialNotAcceptedError(credentialNames[principal.kind], access.credentials)
  }
  if (access.permission) requirePermission(principal, access.permission)
  if (access.role && !principal.roles.includes(access.role)) throw new RoleMissingError(access.role)
  if (access.fresh && principal.kind !== 'apiKey' && !isFresh(principal)) throw new SignInAgainError()
  return principal as PrincipalOf<Given> // its kind was checked above
}
