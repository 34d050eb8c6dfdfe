import type { ErrorKind } from './errorReason.ts'
import type { WorldRole } from './worldRole.ts'

/**
 * The message of each error code, in one place. Details that depend on the case (why a request conflicts with the
 * current state, what is wrong with a credential) are given where the error is thrown.
 */
export const errorMessages = {
  badInput: (fields: Readonly<Record<string, string[]>>) =>
    Object.entries(fields)
      .map(([field, faults]) => `${field}: ${faults.join(', ')}`)
      .join('. '),
  badCursor: 'That cursor does not belong to this list. Start again without one.',
  syncAnew: 'The change log no longer has that position. Sync anew: start without one.',
  notSignedIn: 'Sign in first.',
  credentialNotAccepted: (given: string, accepted: readonly string[]) =>
    `This can’t be called with ${given}; use ${accepted.join(' or ')}.`,
  notPermitted: (permission: string, lackedBy: 'person' | 'credential') =>
    lackedBy === 'person'
      ? `You need the permission ${permission} to do that. An administrator can grant it.`
      : `This key or app lacks the permission ${permission}, which its owner has. Use one that has it.`,
  roleMissing: (role: string) => `You need the role ${role} to do that. An administrator can grant it.`,
  roleTooLow: (needed: WorldRole) =>
    `Only ${needed === 'owner' ? 'the owner' : 'the owner and editors'} of this world can do that.`,
  notFound: (resource: string) => `No such ${resource}, or it isn’t shared with you.`,
  taken: (resource: string, field: string) =>
    `That ${field} is already used by another ${resource}. Choose a different one.`,
  changed: (resource: string) =>
    `This ${resource} has changed since you opened it. Compare the two versions and save again.`,
  changedSince: (name: string) => `“${name}” has been changed again since. Nothing was undone.`,
  unavailable: 'The database is unavailable right now. Try again in a moment.',
  invalidCredential: undefined,
  ambiguousCredential: 'Send one credential: either Authorization or X-API-Key, and only once.',
  exceedsOwn: (permissions: readonly string[]) =>
    `You can’t grant permissions you don’t have yourself: ${permissions.join(', ')}.`,
  lastAdmin: 'There has to be at least one administrator. Make somebody else an administrator first.',
  lastOwner: 'A world has to have an owner. Make somebody else the owner first.',
  conflict: undefined,
  wrongPassword: 'The e-mail address or the password is wrong.',
  signInAgain: 'This takes having signed in within the last ten minutes. Confirm that it is you, or sign in again.',
  rateLimited: (seconds: number) =>
    `Too many attempts. Try again in ${seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`}.`,
  notConfigured: (what: string, settings: readonly string[]) =>
    `No ${what} is configured on this server. Its operator can set ${settings.join(' and ')}.`,
} as const satisfies Record<ErrorKind, unknown>
