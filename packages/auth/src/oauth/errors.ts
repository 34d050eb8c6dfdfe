import type { SignInFailure } from '@worldloom/schema'

/** A sign-in that did not work: `failure` for the person, the message for the log. */
export class SignInError extends Error {
  override readonly name = 'SignInError'
  readonly failure: SignInFailure

  constructor(failure: SignInFailure, message: string, cause?: unknown) {
    super(message, { cause })
    this.failure = failure
  }
}
