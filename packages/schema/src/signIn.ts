/** Why a sign-in did not work: the `error` of `/login-failed`, each with the sentence the page shows. */
export const signInFailures = {
  access_denied: 'You cancelled the sign-in, or your account is not allowed to use this application.',
  expired: 'The sign-in took too long, was already used, or was started in another browser.',
  provider_unavailable: 'The identity provider did not answer.',
  provider_error: 'The identity provider reported an error.',
  invalid_identity: 'The identity provider sent something that could not be verified.',
  deactivated: 'Your account has been deactivated. An administrator can activate it again.',
  unavailable: 'Worldloom could not reach its database.',
  unknown: 'Something went wrong while signing you in.',
} as const

export type SignInFailure = keyof typeof signInFailures

/** A way to sign in, as `GET /auth/providers` lists it. */
export interface SignInProvider {
  readonly id: string
  readonly label: string
}
