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
      `This can’t be called with ${given}; use ${accepted.join(' or ')}.`,
    )
  }
}

export class NotPermittedError extends WorldloomError {
  override readonly name = 'NotPermittedError'

  constructor(permission: string) {
    super(
      { kind: 'notPermitted', permission },
      `You need the permission ${permission} to do that. An administrator can grant it.`,
    )
  }
}

/** Also for what the caller may not know exists: the two are the same answer. */
export class NotFoundError extends WorldloomError {
  override readonly name = 'NotFoundError'

  constructor(resource: string) {
    super({ kind: 'notFound', resource }, `No such ${resource}, or it isn’t shared with you.`)
  }
}

export class TakenError extends WorldloomError {
  override readonly name = 'TakenError'

  constructor(
    resource: string,
    field: string,
    sentence = `That ${field} is already used by another ${resource}. Choose a different one.`,
  ) {
    super({ kind: 'taken', resource, field }, sentence)
  }
}

export class ChangedError extends WorldloomError {
  override readonly name = 'ChangedError'

  constructor(resource: string, current: unknown) {
    super(
      { kind: 'changed', resource, current },
      `This ${resource} has changed since you opened it. Compare the two versions and save again.`,
    )
  }
}

export class UnavailableError extends WorldloomError {
  override readonly name = 'UnavailableError'

  constructor(cause?: unknown) {
    super({ kind: 'unavailable' }, 'The database is unavailable right now. Try again in a moment.', cause)
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
    super({ kind: 'roleMissing', role }, `You need the role ${role} to do that. An administrator can grant it.`)
  }
}

export class ExceedsOwnError extends WorldloomError {
  override readonly name = 'ExceedsOwnError'

  constructor(permissions: readonly string[]) {
    super(
      { kind: 'exceedsOwn', permissions },
      `You can’t grant permissions you don’t have yourself: ${permissions.join(', ')}.`,
    )
  }
}

export class LastAdminError extends WorldloomError {
  override readonly name = 'LastAdminError'

  constructor() {
    super(
      { kind: 'lastAdmin' },
      'There has to be at least one administrator. Make somebody else an administrator first.',
    )
  }
}

export class LastOwnerError extends WorldloomError {
  override readonly name = 'LastOwnerError'

  constructor() {
    super({ kind: 'lastOwner' }, 'A world has to have an owner. Make somebody else the owner first.')
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
    super({ kind: 'signInAgain' }, 'You can only do that shortly after signing in. Sign out, sign in again and retry.')
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
      `No ${what} is configured on this server. Its operator can set ${settings.join(' and ')}.`,
    )
  }
}
