/** Somebody who can sign in without a password. */
export interface Person {
  /** The `sub` claim. */
  readonly subject: string
  readonly email: string
  readonly firstName: string
  readonly lastName: string
  /** What they are there to demonstrate. */
  readonly description: string
}
