import type { Mailer, Origin, Principal } from '@worldloom/auth'
import type { Chat } from '@worldloom/chat'
import type { DatabaseHandle } from '@worldloom/db'
import type { entityReader, worldReader } from '@worldloom/worlds'

/** What each procedure is given, made once for an HTTP request however many calls it holds. */
export interface Context {
  readonly db: DatabaseHandle['db']
  readonly requestId: string
  /** Where the request comes from, for the audit log. */
  readonly origin: () => Origin
  /** The ways one can sign in here: ids of providers, and `password`. */
  readonly signInMethods: readonly string[]
  /** Reads worlds by id, all that one request asks for together. */
  readonly worlds: ReturnType<typeof worldReader>
  /** Reads what is in worlds in the same way. */
  readonly entities: ReturnType<typeof entityReader>
  readonly mailer: Pick<Mailer, 'delivers' | 'send'>
  /** Where Worldloom is, for links. */
  readonly publicUrl: string
  /** That the caller made up, so that sending the same again makes nothing twice. */
  readonly idempotencyKey?: string | undefined
  /** Who is calling; looked up at the first use. */
  readonly principal: () => Promise<Principal>
  /** Who it is by now: for what goes on after it began. @throws {InvalidCredentialError} */
  readonly recheck: () => Promise<Principal>
  readonly chat: Chat
}
