import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import type { PasskeyCreationOptions } from '@worldloom/schema'
import { failureOf, postJson } from '../../lib/failure.ts'
import * as words from './words.ts'

/** Whether this browser has passkeys. */
export function hasPasskeys(): boolean {
  return typeof window.PublicKeyCredential === 'function'
}

/**
 * Has the browser show a passkey.
 *
 * @param path the route that takes it; the one below it, `options`, says what is wanted
 * @throws as `postJson`, and whatever a browser throws if it is not shown
 */
export async function showPasskey(path: string): Promise<void> {
  const { startAuthentication } = await import('@simplewebauthn/browser')
  const optionsJSON = (await postJson(`${path}/options`)) as PublicKeyCredentialRequestOptionsJSON // as the server makes them
  await postJson(path, { shown: await startAuthentication({ optionsJSON }) })
}

/** Has the browser make a passkey. @throws whatever it throws if it does not */
export async function makePasskey(options: PasskeyCreationOptions) {
  const { startRegistration } = await import('@simplewebauthn/browser')
  // Made by the same library on the server; our type of it leaves out what nobody reads.
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON
  const { id, rawId, type, response } = await startRegistration({ optionsJSON })
  const { clientDataJSON, attestationObject, transports } = response
  return { id, rawId, type, response: { clientDataJSON, attestationObject, ...(transports && { transports }) } }
}

/** Why it did not work, for people: what browsers say is for developers. */
export function passkeyFailure(error: unknown): string {
  // The library puts what the browser threw into an error of its own.
  const thrown = error instanceof Error && error.cause instanceof DOMException ? error.cause : error
  if (!(thrown instanceof DOMException)) return failureOf(error).message
  return thrown.name === 'InvalidStateError' ? words.thisPasskeyIsKnown : words.thePasskeyWasNotUsed
}
