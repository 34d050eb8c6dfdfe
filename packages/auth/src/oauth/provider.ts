/** One way to sign in with somebody else's account. Each provider has a file of its own in `providers/`. */
export interface IdentityProvider {
  readonly id: string
  readonly label: string
  /**
   * Where to send the browser.
   *
   * @throws {SignInError} when the provider can't be reached
   */
  authorizationUrl(secrets: AttemptSecrets): Promise<URL>
  /**
   * Identifies who came back: exchanges the code and verifies every claim.
   *
   * @throws {SignInError}
   */
  identify(callback: URLSearchParams, secrets: AttemptSecrets): Promise<Identity>
}

/** The values of one sign-in attempt. */
export interface AttemptSecrets {
  readonly state: string
  /** PKCE (RFC 7636); it never leaves the server. */
  readonly codeVerifier: string
  readonly nonce: string
}

/** Our client registration with a provider. */
export interface ProviderClient {
  readonly clientId: string
  readonly clientSecret: string
  readonly redirectUri: string
}

/** Who a provider says somebody is. (`provider`, `subject`) is the identity; the rest may change. */
export interface Identity {
  readonly provider: string
  readonly subject: string
  readonly email: string | undefined
  /** Whether the provider proves that the address is theirs. */
  readonly emailVerified: boolean
  readonly firstName: string | undefined
  readonly lastName: string | undefined
  readonly displayName: string | undefined
  /** The organisation the account belongs to, where the provider has such: Google's `hd`, Entra's `tid`. */
  readonly tenant?: string | undefined
}
