import type { ErrorReason } from './errorReason.ts'
import type { WorldRole } from './worldRole.ts'

/** The base of all of ours: a sentence for people, a reason for programs. */
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
    super(
      { kind: 'badInput', fields },
      Object.entries(fields)
        .map(([field, faults]) => `${field}: ${faults.join(', ')}`)
        .join('. '),
    )
  }
}

export class BadCursorError extends WorldloomError {
  override readonly name = 'BadCursorError'

  constructor() {
    super({ kind: 'badCursor' }, 'That cursor does not belong to this list. Start again without one.')
  }
}

export class NotSignedInError extends WorldloomError {
  override readonly name = 'NotSignedInError'

  constructor() {
    super({ kind: 'notSignedIn' }, 'Sign in first.')
  }
}

export class CredentialNotAcceptedError extends WorldloomError {
  override readonly name = 'CredentialNotAcceptedError'

  constructor(given: string, accepted: readonly string[]) {
    super(
      { kind: 'credentialNotAccepted', accepted },
      `This can not be called with ${given}; it takes ${accepted.join(' or ')}.`,
    )
  }
}

export class NotPermittedError extends WorldloomError {
  override readonly name = 'NotPermittedError'

  constructor(permission: string) {
    super(
      { kind: 'notPermitted', permission },
      `You need the permission ${permission} for that. An administrator can give it to you.`,
    )
  }
}

/** Also for what the caller may not know exists: the two are the same answer. */
export class NotFoundError extends WorldloomError {
  override readonly name = 'NotFoundError'

  constructor(resource: string) {
    super({ kind: 'notFound', resource }, `There is no such ${resource}, or it is not shared with you.`)
  }
}

export class TakenError extends WorldloomError {
  override readonly name = 'TakenError'

  constructor(
    resource: string,
    field: string,
    sentence = `Another ${resource} of yours has that ${field}. Choose a different one.`,
  ) {
    super({ kind: 'taken', resource, field }, sentence)
  }
}

export class ChangedError extends WorldloomError {
  override readonly name = 'ChangedError'

  constructor(resource: string, current: unknown) {
    super(
      { kind: 'changed', resource, current },
      `This ${resource} was changed since you opened it. Compare the two and save again.`,
    )
  }
}

export class UnavailableError extends WorldloomError {
  override readonly name = 'UnavailableError'

  constructor(cause?: unknown) {
    super({ kind: 'unavailable' }, 'The database can not be reached just now. Try again in a moment.', cause)
  }
}

export class RoleTooLowError extends WorldloomError {
  override readonly name = 'RoleTooLowError'

  constructor(needed: WorldRole) {
    super(
      { kind: 'roleTooLow', needed },
      `Only ${needed === 'owner' ? 'the owner' : 'the owner and editors'} of this world may do that.`,
    )
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
    super({ kind: 'ambiguousCredential' }, 'Send one credential: either Authorization or X-API-Key, and only once.')
  }
}

export class RoleMissingError extends WorldloomError {
  override readonly name = 'RoleMissingError'

  constructor(role: string) {
    super({ kind: 'roleMissing', role }, `You need the role ${role} for that. An administrator can give it to you.`)
  }
}

export class ExceedsOwnError extends WorldloomError {
  override readonly name = 'ExceedsOwnError'

  constructor(permissions: readonly string[]) {
    super({ kind: 'exceedsOwn', permissions }, `That goes beyond what you may do yourself: ${permissions.join(', ')}.`)
  }
}

export class LastAdminError extends WorldloomError {
  override readonly name = 'LastAdminError'

  constructor() {
    super(
      { kind: 'lastAdmin' },
      'That would leave nobody who may administer. Make somebody else an administrator first.',
    )
  }
}

export class LastOwnerError extends WorldloomError {
  override readonly name = 'LastOwnerError'

  constructor() {
    super({ kind: 'lastOwner' }, 'That would leave the world without an owner. Make somebody else its owner first.')
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

  /** The same sentence whether the address or the password is wrong. */
  constructor(sentence = 'The e-mail address or the password is wrong.') {
    super({ kind: 'wrongPassword' }, sentence)
  }
}

export class SignInAgainError extends WorldloomError {
  override readonly name = 'SignInAgainError'

  constructor() {
    super(
      { kind: 'signInAgain' },
      'That is done only shortly after signing in. Sign out, sign in again, and try once more.',
    )
  }
}

export class RateLimitedError extends WorldloomError {
  override readonly name = 'RateLimitedError'
  readonly retryAfter: number
  readonly limit: { readonly name: string; readonly points: number; readonly seconds: number }

  /** @param retryAfter seconds */
  constructor(limit: RateLimitedError['limit'], retryAfter: number, sentence = tooManyAttempts(retryAfter)) {
    super({ kind: 'rateLimited', retryAfter }, sentence)
    this.limit = limit
    this.retryAfter = retryAfter
  }
}

function tooManyAttempts(retryAfter: number): string {
  return `Too many attempts. Try again in ${retryAfter < 90 ? `${retryAfter} seconds` : `${Math.ceil(retryAfter / 60)} minutes`}.`
}

export class NotConfiguredError extends WorldloomError {
  override readonly name = 'NotConfiguredError'

  constructor(what: string, settings: readonly string[]) {
    super(
      { kind: 'notConfigured', settings },
      `No ${what} is configured here. Whoever runs this Worldloom can set ${settings.join(' and ')}.`,
    )
  }
}
