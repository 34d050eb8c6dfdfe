import type { WorldRole } from './worldRole.ts'

/**
 * Everything that can go wrong in a way a caller can do something about. Each is thrown where it is found
 * and turned into a tRPC error and an HTTP status in one place; `reason` travels with it, typed, to clients.
 */
export type ErrorReason =
  | { readonly kind: 'badInput'; readonly fields: Readonly<Record<string, string[]>> }
  | { readonly kind: 'badCursor' }
  | { readonly kind: 'notSignedIn' }
  | { readonly kind: 'credentialNotAccepted'; readonly accepted: readonly string[] }
  | { readonly kind: 'notPermitted'; readonly permission: string }
  | { readonly kind: 'roleTooLow'; readonly needed: WorldRole }
  | { readonly kind: 'notFound'; readonly resource: string }
  /** Something else has that value already. */
  | { readonly kind: 'taken'; readonly resource: string; readonly field: string }
  /** It was changed since it was read; `current` is what it is now. */
  | { readonly kind: 'changed'; readonly resource: string; readonly current: unknown }
  | { readonly kind: 'unavailable' }
  /** The credential that was sent is malformed, unknown, expired or revoked. */
  | { readonly kind: 'invalidCredential' }
  /** More than one credential was sent, or one of them twice. */
  | { readonly kind: 'ambiguousCredential' }
  /** The role that the caller lacks. */
  | { readonly kind: 'roleMissing'; readonly role: string }
  /** It would give, or take, what the caller does not have. */
  | { readonly kind: 'exceedsOwn'; readonly permissions: readonly string[] }
  | { readonly kind: 'lastAdmin' }
  | { readonly kind: 'lastOwner' }
  /** It cannot be done as things are: the sentence says why, and what to do first. */
  | { readonly kind: 'conflict' }
  /** It needs settings that this installation does not have. */
  | { readonly kind: 'notConfigured'; readonly settings: readonly string[] }
  | { readonly kind: 'wrongPassword' }
  /** Done only shortly after signing in. */
  | { readonly kind: 'signInAgain' }
  | { readonly kind: 'rateLimited'; readonly retryAfter: number }

export type ErrorKind = ErrorReason['kind']
