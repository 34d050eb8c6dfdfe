import type { DatabaseHandle } from '@worldloom/db'
import {
  ArcticFetchError,
  CodeChallengeMethod,
  generateCodeVerifier,
  generateState,
  OAuth2Client,
  OAuth2RequestError,
  type OAuth2Tokens,
} from 'arctic'
import { safeRedirect } from '../redirect.ts'
import { createSecretToken, isSecretToken } from '../secretToken.ts'
import { createSession, type Device, deleteSessionByToken, type SessionTimeouts } from '../sessions.ts'
import { saveAttempt, takeAttempt } from './attempts.ts'
import { type ProviderDiscovery, type ProviderMetadata, providerTimeoutMilliseconds } from './discovery.ts'
import { SignInError } from './errors.ts'
import { readIdentity, verifyIdToken } from './identity.ts'
import type { OidcProvider } from './provider.ts'
import { provisionUser } from './provisioning.ts'

export interface SignInDependencies {
  readonly db: DatabaseHandle['db']
  readonly discovery: ProviderDiscovery
  readonly timeouts: SessionTimeouts
  /** The origin whose `/auth/{provider}/callback` the provider returns to. */
  readonly publicUrl: string
}

/**
 * Begins a sign-in: where to send the browser, and the secret it has to bring back.
 *
 * @param browserSecret the one it already has, so that sign-ins begun in two tabs both work
 * @throws {SignInError} when the provider can't be reached
 */
export async function beginSignIn(
  deps: SignInDependencies,
  provider: OidcProvider,
  redirect: string | undefined,
  browserSecret: string | undefined,
): Promise<{ url: URL; browserSecret: string }> {
  const metadata = await deps.discovery.metadata(provider.issuer)
  const state = generateState()
  const codeVerifier = generateCodeVerifier()
  const nonce = generateState()
  const url = oauthClient(deps, provider).createAuthorizationURLWithPKCE(
    metadata.authorization_endpoint,
    state,
    CodeChallengeMethod.S256,
    codeVerifier,
    [...provider.scopes],
  )
  url.searchParams.set('nonce', nonce)
  const secret = browserSecret && isSecretToken(browserSecret) ? browserSecret : createSecretToken()
  const attempt = { provider: provider.id, codeVerifier, nonce, redirect: safeRedirect(redirect) }
  await saveAttempt(deps.db, state, secret, attempt)
  return { url, browserSecret: secret }
}

export interface SignedIn {
  readonly token: string
  readonly expiresAt: Date
  readonly userId: string
  readonly redirect: string
}

/**
 * Ends a sign-in: checks what the provider sent, finds or makes the user, and starts a session.
 *
 * @param previousToken the session the browser had; it ends
 * @throws {SignInError}
 */
export async function completeSignIn(
  deps: SignInDependencies,
  provider: OidcProvider,
  callback: URLSearchParams,
  browserSecret: string | undefined,
  device: Device,
  previousToken: string | undefined,
): Promise<SignedIn> {
  const attempt = await takeAttempt(deps.db, provider.id, callback.get('state'), browserSecret)
  const metadata = await deps.discovery.metadata(provider.issuer)
  checkCallback(provider, metadata, callback)
  const tokens = await exchangeCode(deps, provider, metadata, callback.get('code') ?? '', attempt.codeVerifier)
  const claims = await verifyIdToken(provider, metadata, tokens.idToken, attempt.nonce)
  const identity = await readIdentity(provider, metadata, claims, tokens.accessToken)
  return await deps.db.transaction().execute(async (trx) => {
    const userId = await provisionUser(trx, identity)
    if (previousToken) await deleteSessionByToken(trx, previousToken)
    const session = await createSession(trx, deps.timeouts, { userId, provider: provider.id, device })
    return { token: session.token, expiresAt: session.expiresAt, userId, redirect: attempt.redirect }
  })
}

function oauthClient(deps: SignInDependencies, provider: OidcProvider): OAuth2Client {
  const callback = `${deps.publicUrl}/auth/${provider.id}/callback`
  return new OAuth2Client(provider.clientId, provider.clientSecret, callback)
}

function checkCallback(provider: OidcProvider, metadata: ProviderMetadata, callback: URLSearchParams): void {
  // RFC 9207: against an answer of another provider smuggled in.
  const issuer = callback.get('iss')
  if (issuer === null && metadata.authorization_response_iss_parameter_supported) {
    throw new SignInError('invalid_identity', 'the callback has no "iss", which this provider always sends')
  }
  if (issuer !== null && issuer !== provider.issuer) {
    throw new SignInError('invalid_identity', `the callback is from ${issuer}, not ${provider.issuer}`)
  }
  const error = callback.get('error')
  if (error) {
    const failure = error === 'access_denied' ? 'access_denied' : 'provider_error'
    throw new SignInError(failure, `the provider answered ${error}: ${callback.get('error_description') ?? ''}`)
  }
  if (!callback.get('code')) throw new SignInError('provider_error', 'the callback has neither code nor error')
}

async function exchangeCode(
  deps: SignInDependencies,
  provider: OidcProvider,
  metadata: ProviderMetadata,
  code: string,
  codeVerifier: string,
): Promise<RequiredTokens> {
  let timer: NodeJS.Timeout | undefined
  // Arctic's requests take no signal, so that a provider that hangs is left behind instead.
  const timeout = new Promise<never>((_, reject) => {
    const error = new SignInError('provider_unavailable', `${metadata.token_endpoint} did not answer in time`)
    timer = setTimeout(() => reject(error), providerTimeoutMilliseconds)
  })
  try {
    const exchange = oauthClient(deps, provider).validateAuthorizationCode(metadata.token_endpoint, code, codeVerifier)
    return requireTokens(await Promise.race([exchange, timeout]))
  } catch (cause) {
    if (cause instanceof SignInError) throw cause
    if (cause instanceof ArcticFetchError) {
      throw new SignInError('provider_unavailable', `${metadata.token_endpoint} can not be reached`, cause)
    }
    const reason = cause instanceof OAuth2RequestError ? cause.code : cause instanceof Error ? cause.message : cause
    throw new SignInError('provider_error', `the token endpoint refused the code: ${reason}`, cause)
  } finally {
    clearTimeout(timer)
  }
}

interface RequiredTokens {
  readonly idToken: string
  readonly accessToken: string
}

function requireTokens(tokens: OAuth2Tokens): RequiredTokens {
  try {
    return { idToken: tokens.idToken(), accessToken: tokens.accessToken() }
  } catch (cause) {
    throw new SignInError('invalid_identity', 'the token endpoint did not send an ID token and an access token', cause)
  }
}
