export interface PrincipalUser {
  readonly id: string
  readonly email: string | null
  readonly emailVerified: boolean
  readonly displayName: string
  readonly firstName: string | null
  readonly lastName: string | null
  readonly version: number
}

/** Who somebody is, and their current permissions. */
interface Grants {
  readonly user: PrincipalUser
  readonly roles: readonly string[]
  readonly permissions: ReadonlySet<string>
  /** Whether a role of theirs requires a second factor that they do not have: until then they may look after their account only. */
  readonly needsSecondFactor?: boolean
}

/** Somebody who signed in with a browser. */
export interface SessionPrincipal extends Grants {
  readonly kind: 'session'
  readonly sessionId: string
  /** When they last showed who they are: milliseconds since 1970. */
  readonly confirmedAt: number
}

/** Somebody with an access token, which ends with the session it came from. */
export interface BearerPrincipal extends Grants {
  readonly kind: 'bearer'
  readonly sessionId: string
  /** Of that session. */
  readonly confirmedAt: number
}

/** A program with a key, or an app that was given access, with those of its permissions that the owner still has. */
export interface ApiKeyPrincipal extends Grants {
  readonly kind: 'apiKey'
  /** Of the key; for an app, of what it was granted. */
  readonly apiKeyId: string
  /** The name of the app that acts for its owner, if it is one. */
  readonly app?: string
  /** What it may use of the chat in a month (UTC): tokens, and millionths of a US dollar. */
  readonly monthly?: { readonly tokens?: number | undefined; readonly costMicros?: number | undefined }
  /** All that its owner may do. */
  readonly ownerPermissions: ReadonlySet<string>
  /** The worlds it is limited to; undefined if it reaches all of its owner's. */
  readonly worldIds?: ReadonlySet<string> | undefined
}

export interface AnonymousPrincipal {
  readonly kind: 'anonymous'
}

export type KnownPrincipal = SessionPrincipal | BearerPrincipal | ApiKeyPrincipal

/** Who is calling. Resolved at most once for each HTTP request. */
export type Principal = AnonymousPrincipal | KnownPrincipal

export const anonymous: AnonymousPrincipal = { kind: 'anonymous' }
