export interface PrincipalUser {
  readonly id: string
  readonly email: string | null
  readonly displayName: string
  readonly firstName: string | null
  readonly lastName: string | null
}

/** Somebody who signed in with a browser. */
export interface SessionPrincipal {
  readonly kind: 'session'
  readonly sessionId: string
  readonly user: PrincipalUser
  readonly roles: readonly string[]
  readonly permissions: ReadonlySet<string>
}

export interface AnonymousPrincipal {
  readonly kind: 'anonymous'
}

/** Who is calling. Resolved at most once for each HTTP request. */
export type Principal = AnonymousPrincipal | SessionPrincipal

export const anonymous: AnonymousPrincipal = { kind: 'anonymous' }
