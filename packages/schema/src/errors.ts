import { errorMessages } from './errorMessages.ts'
import type { ErrorReason } from './errorReason.ts'
import type { HistoryItem } from './history.ts'
import type { WorldRole } from './worldRole.ts'

/** The base class of all our errors: a sentence for people, a reason for programs. */
export abstract class WorldloomError extends Error {
  readonly reason: ErrorReason

  constructor(reason: ErrorReason, sentence: string, cause?: unknown) {
    super(sentence, { cause })
    this.reason = reason
  }
}

export class BadInputError extends WorldloomError {
  override readonly name = 'BadInputError'

  constructor(fields: Readonly<Record<string, string[]>>) {
    super({ kind: 'badInput', fields }, errorMessages.badInput(fields))
  }
}

export class BadCursorError extends WorldloomError {
  override readonly name = 'BadCursorError'

  constructor() {
    super({ kind: 'badCursor' }, errorMessages.badCursor)
  }
}

/** A position that the change log does not have: older than it is kept, or of another database. */
export class SyncAnewError extends WorldloomError {
  override readonly name = 'SyncAnewError'

  constructor() {
    super({ kind: 'syncAnew' }, errorMessages.syncAnew)
  }
}

export class NotSignedInError extends WorldloomError {
  override readonly name = 'NotSignedInError'

  constructor() {
    super({ kind: 'notSignedIn' }, errorMessages.notSignedIn)
  }
}

export class CredentialNotAcceptedError extends WorldloomError {
  override readonly name = 'CredentialNotAcceptedError'

  constructor(given: string, accepted: readonly string[]) {
    super({ kind: 'credentialNotAccepted', accepted }, errorMessages.credentialNotAccepted(given, accepted))
  }
}

export class NotPermittedError extends WorldloomError {
  override readonly name = 'NotPermittedError'

  constructor(
    permission: string,
    { lackedBy, roles }: { readonly lackedBy: 'person' | 'credential'; readonly roles: readonly string[] } = {
      lackedBy: 'person',
      roles: [],
    },
  ) {
    super({ kind: 'notPermitted', permission, lackedBy, roles }, errorMessages.notPermitted(permission, lackedBy))
  }
}

/** Also for what the caller may not know exists, so that the two can't be told apart. */
export class NotFoundError extends WorldloomError {
  override readonly name = 'NotFoundError'

  constructor(resource: string) {
    super({ kind: 'notFound', resource }, errorMessages.notFound(resource))
  }
}

export class TakenError extends WorldloomError {
  override readonly name = 'TakenError'

  constructor(resource: string, field: string, sentence = errorMessages.taken(resource, field)) {
    super({ kind: 'taken', resource, field }, sentence)
  }
}

export class ChangedError extends WorldloomError {
  override readonly name = 'ChangedError'

  constructor(resource: string, current: unknown) {
    super({ kind: 'changed', resource, current }, errorMessages.changed(resource))
  }
}

export class ChangedSinceError extends WorldloomError {
  override readonly name = 'ChangedSinceError'

  constructor(name: string, changes: readonly HistoryItem[]) {
    super({ kind: 'changedSince', changes }, errorMessages.changedSince(name))
  }
}

export class UnavailableError extends WorldloomError {
  override readonly name = 'UnavailableError'

  constructor(cause?: unknown) {
    super({ kind: 'unavailable' }, errorMessages.unavailable, cause)
  }
}

export class RoleTooLowError extends WorldloomError {
  override readonly name = 'RoleTooLowError'

  constructor(needed: WorldRole, has: WorldRole | null) {
    super({ kind: 'roleTooLow', needed, has }, errorMessages.roleTooLow(needed))
  }
}

export class InvalidCredentialError extends WorldloomError {
  override readonly name = 'InvalidCredentialError'

  constructor(sentence: string) {
    super({ kind: 'invalidCredential' }, sentence)
  }
}

export class AmbiguousCredentialError extends WorldloomError {
  override readonly name = 'AmbiguousCredentialError'

  constructor() {
    super({ kind: 'ambiguousCredential' }, errorMessages.ambiguousCredential)
  }
}

export class RoleMissingError extends WorldloomError {
  override readonly name = 'RoleMissingError'

  constructor(role: string) {
    super({ kind: 'roleMissing', role }, errorMessages.roleMissing(role))
  }
}

export class ExceedsOwnError extends WorldloomError {
  override readonly name = 'ExceedsOwnError'

  constructor(permissions: readonly string[]) {
    super({ kind: 'exceedsOwn', permissions }, errorMessages.exceedsOwn(permissions))
  }
}

export class LastAdminError extends WorldloomError {
  override readonly name = 'LastAdminError'

  constructor() {
    super({ kind: 'lastAdmin' }, errorMessages.lastAdmin)
  }
}

export class LastOwnerError extends WorldloomError {
  override readonly name = 'LastOwnerError'

  constructor() {
    super({ kind: 'lastOwner' }, errorMessages.lastOwner)
  }
}

export class ConflictError extends WorldloomError {
  override readonly name: string = 'ConflictError'

  constructor(sentence: string, cause?: unknown) {
    super({ kind: 'conflict' }, sentence, cause)
  }
}

export class WrongPasswordError extends WorldloomError {
  override readonly name = 'WrongPasswordError'

  /** The same message whether the address or the password is wrong. */
  constructor(sentence: string = errorMessages.wrongPassword) {
    super({ kind: 'wrongPassword' }, sentence)
  }
}

export class SignInAgainError extends WorldloomError {
  override readonly name = 'SignInAgainError'

  constructor() {
    super({ kind: 'signInAgain' }, errorMessages.signInAgain)
  }
}

export class RateLimitedError extends WorldloomError {
  override readonly name = 'RateLimitedError'
  readonly retryAfter: number
  readonly limit: { readonly name: string; readonly points: number; readonly seconds: number }

  /** @param retryAfter seconds */
  constructor(limit: RateLimitedError['limit'], retryAfter: number, sentence = errorMessages.rateLimited(retryAfter)) {
    super({ kind: 'rateLimited', retryAfter }, sentence)
    this.limit = limit
    this.retryAfter = retryAfter
  }
}

export class NotConfiguredError extends WorldloomError {
  override readonly name = 'NotConfiguredError'

  constructor(what: string, settings: readonly string[]) {
    super({ kind: 'notConfigured', settings }, errorMessages.notConfigured(what, settings))
  }
}
