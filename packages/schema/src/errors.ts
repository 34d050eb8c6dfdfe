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
