import type { Origin, Principal } from '@worldloom/auth'
import type { DatabaseHandle } from '@worldloom/db'

/** What each procedure is given, made once for an HTTP request however many calls it holds. */
export interface Context {
  readonly db: DatabaseHandle['db']
  readonly requestId: string
  /** Where the request comes from, for the audit log. */
  readonly origin: () => Origin
  /** The ways one can sign in here: ids of providers, and `password`. */
  readonly signInMethods: readonly string[]
  /** Who is calling; looked up at the first use. */
  readonly principal: () => Promise<Principal>
}
