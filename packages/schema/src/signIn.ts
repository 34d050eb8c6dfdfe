/** Why a sign-in failed: the `error` parameter of `/login-failed`, with the message that the page shows. */
export const signInFailures = {
  access_denied: 'You cancelled the sign-in, or the identity provider did not let you use this application.',
  expired: 'The sign-in took too long, was already used, or was started in another browser.',
  provider_unavailable: 'The identity provider did not answer.',
  provider_error: 'The identity provider reported an error.',
  invalid_identity: 'The identity provider sent something that could not be verified.',
  not_allowed: 'This Worldloom is open to certain organisations only, and your account does not belong to one of them.',
  link_first:
    'Somebody has an account with your e-mail address already, and this provider does not prove that it is yours. Sign in the way you did before, then link this account under Settings, Security.',
  already_linked: 'That account is linked to somebody else here. Sign in with it, or choose another.',
  link_expired: 'The account was not linked: that has to be done where you are signed in, within a few minutes.',
  too_many: 'There were too many attempts from where you are. Wait a few minutes, then try again.',
  deactivated: 'Your account has been deactivated. An administrator can activate it again.',
  unavailable: 'Worldloom could not reach its database.',
  unknown: 'Something went wrong while signing you in.',
} as const

export type SignInFailure = keyof typeof signInFailures

/** A way to sign in, as listed by `GET /auth/providers`. */
export interface SignInProvider {
  readonly id: string
  readonly label: string
}

/** What else the sign-in page offers: `GET /auth/password`. */
export interface PasswordOptions {
  readonly signIn: boolean
  readonly signUp: boolean
  /** How links that prove an address or reset a password are delivered. `logged` is for trying out Worldloom. */
  readonly mail: 'sent' | 'logged' | 'none'
}
