import type { WorldRole } from './world.ts'

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
  /** It can not be done as things are: the sentence says why, and what to do first. */
  | { readonly kind: 'conflict' }
  | { readonly kind: 'wrongPassword' }
  /** Done only shortly after signing in. */
  | { readonly kind: 'signInAgain' }
  | { readonly kind: 'rateLimited'; readonly retryAfter: number }

export type ErrorKind = ErrorReason['kind']

/** The base of all of ours: a sentence for people, a reason for programs. */
export abstract class WorldloomError extends Error {
  abstract readonly reason: ErrorReason
}

export class BadInputError extends WorldloomError {
  override readonly name = 'BadInputError'
  readonly reason: ErrorReason

  constructor(fields: Readonly<Record<string, string[]>>) {
    super(
      Object.entries(fields)
        .map(([field, faults]) => `${field}: ${faults.join(', ')}`)
        .join('. '),
    )
    this.reason = { kind: 'badInput', fields }
  }
}

export class BadCursorError extends WorldloomError {
  override readonly name = 'BadCursorError'
  readonly reason: ErrorReason = { kind: 'badCursor' }

  constructor() {
    super('That cursor does not belong to this list. Start again without one.')
  }
}

export class NotSignedInError extends WorldloomError {
  override readonly name = 'NotSignedInError'
  readonly reason: ErrorReason = { kind: 'notSignedIn' }

  constructor() {
    super('Sign in first.')
  }
}

export class CredentialNotAcceptedError extends WorldloomError {
  override readonly name = 'CredentialNotAcceptedError'
  readonly reason: ErrorReason

  constructor(given: string, accepted: readonly string[]) {
    super(`This can not be called with ${given}; it takes ${accepted.join(' or ')}.`)
    this.reason = { kind: 'credentialNotAccepted', accepted }
  }
}

export class NotPermittedError extends WorldloomError {
  override readonly name = 'NotPermittedError'
  readonly reason: ErrorReason

  constructor(permission: string) {
    super(`You need the permission ${permission} for that. An administrator can give it to you.`)
    this.reason = { kind: 'notPermitted', permission }
  }
}

/** Also for what the caller may not know exists: the two are the same answer. */
export class NotFoundError extends WorldloomError {
  override readonly name = 'NotFoundError'
  readonly reason: ErrorReason

  constructor(resource: string) {
    super(`There is no such ${resource}, or it is not shared with you.`)
    this.reason = { kind: 'notFound', resource }
  }
}

export class TakenError extends WorldloomError {
  override readonly name = 'TakenError'
  readonly reason: ErrorReason

  constructor(resource: string, field: string) {
    super(`Another ${resource} of yours has that ${field}. Choose a different one.`)
    this.reason = { kind: 'taken', resource, field }
  }
}

export class ChangedError extends WorldloomError {
  override readonly name = 'ChangedError'
  readonly reason: ErrorReason

  constructor(resource: string, current: unknown) {
    super(`This ${resource} was changed since you opened it. Compare the two and save again.`)
    this.reason = { kind: 'changed', resource, current }
  }
}

export class UnavailableError extends WorldloomError {
  override readonly name = 'UnavailableError'
  readonly reason: ErrorReason = { kind: 'unavailable' }

  constructor(cause?: unknown) {
    super('The database can not be reached just now. Try again in a moment.', { cause })
  }
}

export class RoleTooLowError extends WorldloomError {
  override readonly name = 'RoleTooLowError'
  readonly reason: ErrorReason

  constructor(needed: WorldRole) {
    super(`Only ${needed === 'owner' ? 'the owner' : 'the owner and editors'} of this world may do that.`)
    this.reason = { kind: 'roleTooLow', needed }
  }
}

export class InvalidCredentialError extends WorldloomError {
  override readonly name = 'InvalidCredentialError'
  readonly reason: ErrorReason = { kind: 'invalidCredential' }

  constructor(sentence: string) {
    super(sentence)
  }
}

export class AmbiguousCredentialError extends WorldloomError {
  override readonly name = 'AmbiguousCredentialError'
  readonly reason: ErrorReason = { kind: 'ambiguousCredential' }

  constructor() {
    super('Send one credential: either Authorization or X-API-Key, and only once.')
  }
}

export class RoleMissingError extends WorldloomError {
  override readonly name = 'RoleMissingError'
  readonly reason: ErrorReason

  constructor(role: string) {
    super(`You need the role ${role} for that. An administrator can give it to you.`)
    this.reason = { kind: 'roleMissing', role }
  }
}

export class ExceedsOwnError extends WorldloomError {
  override readonly name = 'ExceedsOwnError'
  readonly reason: ErrorReason

  constructor(permissions: readonly string[]) {
    super(`That goes beyond what you may do yourself: ${permissions.join(', ')}.`)
    this.reason = { kind: 'exceedsOwn', permissions }
  }
}

export class LastAdminError extends WorldloomError {
  override readonly name = 'LastAdminError'
  readonly reason: ErrorReason = { kind: 'lastAdmin' }

  constructor() {
    super('That would leave nobody who may administer. Make somebody else an administrator first.')
  }
}

export class LastOwnerError extends WorldloomError {
  override readonly name = 'LastOwnerError'
  readonly reason: ErrorReason = { kind: 'lastOwner' }

  constructor() {
    super('That would leave the world without an owner. Make somebody else its owner first.')
  }
}

export class ConflictError extends WorldloomError {
  override readonly name = 'ConflictError'
  readonly reason: ErrorReason = { kind: 'conflict' }

  constructor(sentence: string) {
    super(sentence)
  }
}

export class WrongPasswordError extends WorldloomError {
  override readonly name = 'WrongPasswordError'
  readonly reason: ErrorReason = { kind: 'wrongPassword' }

  /** The same sentence whether the address or the password is wrong. */
  constructor(sentence = 'The e-mail address or the password is wrong.') {
    super(sentence)
  }
}

export class SignInAgainError extends WorldloomError {
  override readonly name = 'SignInAgainError'
  readonly reason: ErrorReason = { kind: 'signInAgain' }

  constructor() {
    super('That is done only shortly after signing in. Sign out, sign in again, and try once more.')
  }
}

export class RateLimitedError extends WorldloomError {
  override readonly name = 'RateLimitedError'
  readonly reason: ErrorReason
  readonly retryAfter: number
  readonly limit: { readonly name: string; readonly points: number; readonly seconds: number }

  /** @param retryAfter seconds */
  constructor(limit: RateLimitedError['limit'], retryAfter: number) {
    super(
      `Too many attempts. Try again in ${retryAfter < 90 ? `${retryAfter} seconds` : `${Math.ceil(retryAfter / 60)} minutes`}.`,
    )
    this.limit = limit
    this.retryAfter = retryAfter
    this.reason = { kind: 'rateLimited', retryAfter }
  }
}
