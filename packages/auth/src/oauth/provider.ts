/** An OpenID Connect provider, known by its issuer; everything else is discovered. */
export interface OidcProvider {
  readonly id: string
  readonly label: string
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  readonly scopes: readonly string[]
}

/** Who a provider says somebody is. (`provider`, `subject`) is the identity; the rest may change. */
export interface Identity {
  readonly provider: string
  readonly subject: string
  readonly email: string | undefined
  readonly emailVerified: boolean
  readonly firstName: string | undefined
  readonly lastName: string | undefined
  readonly displayName: string | undefined
}
