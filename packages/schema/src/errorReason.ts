import type { HistoryItem } from './history.ts'
import type { WorldRole } from './worldRole.ts'

/**
 * Every failure that a caller can do something about. Each is thrown where it is found and turned into a tRPC error and
 * an HTTP status in one place. Clients receive `reason`, typed.
 */
export type ErrorReason =
  | { readonly kind: 'badInput'; readonly fields: Readonly<Record<string, string[]>> }
  | { readonly kind: 'badCursor' }
  /** The position is not in the change log (any more): everything has to be read anew. */
  | { readonly kind: 'syncAnew' }
  | { readonly kind: 'notSignedIn' }
  | { readonly kind: 'credentialNotAccepted'; readonly accepted: readonly string[] }
  | {
      readonly kind: 'notPermitted'
      readonly permission: string
      /** Whether the person lacks it, or only the key that they use. */
      readonly lackedBy: 'person' | 'credential'
      /** The roles that have it. */
      readonly roles: readonly string[]
    }
  /** `has`: the caller’s role in the world; null for who is not a member. */
  | { readonly kind: 'roleTooLow'; readonly needed: WorldRole; readonly has: WorldRole | null }
  | { readonly kind: 'notFound'; readonly resource: string }
  /** The value is already in use. */
  | { readonly kind: 'taken'; readonly resource: string; readonly field: string }
  /** It was changed after it was read; `current` is its present state. */
  | { readonly kind: 'changed'; readonly resource: string; readonly current: unknown }
  /** It can't be undone, as it was changed since: by these, latest first. */
  | { readonly kind: 'changedSince'; readonly changes: readonly HistoryItem[] }
  | { readonly kind: 'unavailable' }
  /** The credential is malformed, unknown, expired or revoked. */
  | { readonly kind: 'invalidCredential' }
  /** More than one credential was sent, or the same one twice. */
  | { readonly kind: 'ambiguousCredential' }
  /** The role that the caller lacks. */
  | { readonly kind: 'roleMissing'; readonly role: string }
  /** It would grant or revoke what the caller does not have. */
  | { readonly kind: 'exceedsOwn'; readonly permissions: readonly string[] }
  | { readonly kind: 'lastAdmin' }
  | { readonly kind: 'lastOwner' }
  /** It can't be done in the current state. The message says why, and what to do first. */
  | { readonly kind: 'conflict' }
  /** It needs settings that this installation does not have. */
  | { readonly kind: 'notConfigured'; readonly settings: readonly string[] }
  | { readonly kind: 'wrongPassword' }
  /** Allowed only shortly after signing in. */
  | { readonly kind: 'signInAgain' }
  | { readonly kind: 'rateLimited'; readonly retryAfter: number }

export type ErrorKind = ErrorReason['kind']
