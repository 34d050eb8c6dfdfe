import { ArcticFetchError, OAuth2RequestError, type OAuth2Tokens, UnexpectedResponseError } from 'arctic'
import { SignInError } from './errors.ts'
import { providerTimeoutMilliseconds } from './fetchJson.ts'

/** The code of a callback. @throws {SignInError} where the provider sent an error in its place */
export function codeOf(callback: URLSearchParams): string {
  const error = callback.get('error')
  if (error) {
    const failure = /^(access_denied|consent_required|interaction_required)$/.test(error)
      ? 'access_denied'
      : 'provider_error'
    throw new SignInError(failure, `the provider answered ${error}: ${callback.get('error_description') ?? ''}`)
  }
  const code = callback.get('code')
  if (!code) throw new SignInError('provider_error', 'the callback has neither code nor error')
  return code
}

/**
 * Exchanges a code for tokens with one of Arctic's clients.
 *
 * @throws {SignInError} `provider_unavailable` where there is no answer in time, `provider_error` where it is a refusal
 */
export async function exchange(request: () => Promise<OAuth2Tokens>): Promise<OAuth2Tokens> {
  let timer: NodeJS.Timeout | undefined
  // Arctic's requests take no abort signal, so a provider that hangs is abandoned instead.
  const timeout = new Promise<never>((_, reject) => {
    const error = new SignInError('provider_unavailable', 'the token endpoint did not answer in time')
    timer = setTimeout(() => reject(error), providerTimeoutMilliseconds)
  })
  try {
    return await Promise.race([request(), timeout])
  } catch (cause) {
    if (cause instanceof SignInError) throw cause
    if (cause instanceof ArcticFetchError) {
      throw new SignInError('provider_unavailable', 'the token endpoint cannot be reached', cause)
    }
    if (cause instanceof UnexpectedResponseError && cause.status >= 500) {
      throw new SignInError('provider_unavailable', `the token endpoint answered ${cause.status}`, cause)
    }
    const reason = cause instanceof OAuth2RequestError ? cause.code : cause instanceof Error ? cause.message : cause
    throw new SignInError('provider_error', `the token endpoint refused the code: ${reason}`, cause)
  } finally {
    clearTimeout(timer)
  }
}

export function accessTokenOf(tokens: OAuth2Tokens): string {
  return required('access_token', () => tokens.accessToken(), tokens)
}

export function idTokenOf(tokens: OAuth2Tokens): string {
  return required('id_token', () => tokens.idToken(), tokens)
}

function required(name: string, read: () => string, { data }: OAuth2Tokens): string {
  try {
    return read()
  } catch (cause) {
    // GitHub sends errors with status 200.
    const error = 'error' in data ? `: ${String(data.error)}` : ''
    throw new SignInError('provider_error', `the token endpoint sent no ${name}${error}`, cause)
  }
}
