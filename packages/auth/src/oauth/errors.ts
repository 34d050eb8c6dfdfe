import { ConflictError, type SignInFailure, signInFailures } from '@worldloom/schema'

/** A sign-in that failed: the message tells the person, `detail` the log. */
export class SignInError extends ConflictError {
  override readonly name = 'SignInError'
  readonly failure: SignInFailure
  readonly detail: string

  constructor(failure: SignInFailure, detail: string, cause?: unknown) {
    super(signInFailures[failure], cause)
    this.failure = failure
    this.detail = detail
  }
}
