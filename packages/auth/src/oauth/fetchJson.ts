import { SignInError } from './errors.ts'

export const providerTimeoutMilliseconds = 4000

/** @throws {SignInError} `provider_unavailable` without a good answer, `provider_error` where it is not JSON */
export async function fetchJson(address: string, headers: Record<string, string> = {}): Promise<unknown> {
  let response: Response
  try {
    response = await fetch(address, {
      headers: { accept: 'application/json', 'user-agent': 'Worldloom', ...headers },
      redirect: 'error',
      signal: AbortSignal.timeout(providerTimeoutMilliseconds),
    })
  } catch (cause) {
    throw new SignInError('provider_unavailable', `${withoutQuery(address)} cannot be reached`, cause)
  }
  if (!response.ok) {
    await response.body?.cancel()
    throw new SignInError('provider_unavailable', `${withoutQuery(address)} answered ${response.status}`)
  }
  try {
    return await response.json()
  } catch (cause) {
    throw new SignInError('provider_error', `${withoutQuery(address)} did not answer with JSON`, cause)
  }
}

/** A query can hold what must not be logged. */
function withoutQuery(address: string): string {
  return address.split('?', 1)[0] ?? ''
}
