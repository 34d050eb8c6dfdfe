import type {
  Access,
  Deprecation,
  KnownPrincipal,
  Origin,
  Post,
  Principal,
  SealedText,
  SecondFactorDependencies,
} from '@worldloom/auth'
import type { Chat } from '@worldloom/chat'
import type { DatabaseHandle } from '@worldloom/db'
import type { Jobs } from '@worldloom/jobs'
import type { Language, PermissionName } from '@worldloom/schema'
import type { entityReader, LiveWorlds, StorePicture, WebhookSender, worldReader } from '@worldloom/worlds'

/** The context of every procedure, created once per HTTP request however many calls it holds. */
export interface Context {
  readonly db: DatabaseHandle['db']
  readonly requestId: string
  /** What sentences for people are written in; looked up where there are any. */
  readonly language: () => Language
  /** Where the request came from, for the audit log. */
  readonly origin: () => Origin
  /** The ways to sign in here: ids of providers, and `password`. */
  readonly signInMethods: readonly string[]
  /** Reads worlds by id, batched per request. */
  readonly worlds: ReturnType<typeof worldReader>
  /** Reads entries by id, likewise. */
  readonly entities: ReturnType<typeof entityReader>
  readonly mailer: Pick<Post, 'in'>
  /** The declared access of a procedure, by its path: `persona.create`. */
  readonly accessOf: (procedure: string) => Access | undefined
  readonly secondFactors: Pick<SecondFactorDependencies, 'sealed' | 'requiredFor'>
  /** Encrypts what is kept of apps. */
  readonly sealedClients: SealedText
  /** Worldloom's origin, for links. */
  readonly publicUrl: string
  /** Chosen by the caller, so that repeating a request creates nothing twice. */
  readonly idempotencyKey?: string | undefined
  /** Who is calling; looked up at the first use. */
  readonly principal: () => Promise<Principal>
  /** Looks the caller up again, for calls that last. @throws {InvalidCredentialError} */
  readonly recheck: () => Promise<Principal>
  /** Tells the caller that what they call is going to be gone. */
  readonly deprecated: (what: Deprecation) => void
  /**
   * Takes what a call costs of the caller's limit, and notes the permission that a key needed for it.
   *
   * @throws {RateLimitedError} if there is not as much left
   */
  readonly spend: (principal: KnownPrincipal, cost: number, permission: PermissionName | undefined) => void
  readonly chat: Chat
  readonly live: LiveWorlds
  readonly webhooks: WebhookSender
  readonly jobs: Pick<Jobs, 'retry' | 'discard'>
  /** For how many seconds what was deleted stays in the trash. */
  readonly trashRetention: number | 'never'
  /**
   * A replica that the caller may read from: one that has what they wrote, or know of. Resolves to undefined where there is none at
   * the moment, and is missing where there are none.
   */
  readonly replica?: (() => Promise<Replica | undefined>) | undefined
  /** Remembers that the caller has written something, so that they read it from then on, wherever they read. */
  readonly wrote?: (() => Promise<void>) | undefined
  /** For the pictures of templates. */
  readonly storePicture: StorePicture
}

/** What is read from a replica instead of the primary. */
export interface Replica extends Pick<Context, 'db' | 'worlds' | 'entities'> {
  /** Whether the primary may know better. */
  isAtFault(error: unknown): boolean
}
