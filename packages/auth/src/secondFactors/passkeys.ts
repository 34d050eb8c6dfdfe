import { decodeBase64urlIgnorePadding } from '@oslojs/encoding'
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { Database } from '@worldloom/db'
import {
  BadInputError,
  ConflictError,
  type PasskeyCreationOptions,
  type passkeyCreated,
  type passkeyShown,
} from '@worldloom/schema'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { createOneTimeToken, type TokenPurpose, takeOneTimeToken } from '../oneTimeTokens.ts'

/** Whether browsers allow passkeys at an address: a name, and HTTPS or this machine. */
export function allowsPasskeys(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl)
  if (ipaddr.isValid(hostname.replace(/^\[|\]$/g, ''))) return false
  return protocol === 'https:' || hostname === 'localhost' || hostname.endsWith('.localhost')
}

/** What a browser needs to make a passkey. @throws {ConflictError} where browsers allow none */
export async function passkeyCreationOptions(
  db: Database,
  publicUrl: string,
  { userId, sessionId, name, displayName }: PasskeyOwner,
): Promise<PasskeyCreationOptions> {
  requirePasskeys(publicUrl)
  const known = await db
    .selectFrom('passkeys')
    .select(['credentialId', 'transports'])
    .where('userId', '=', userId)
    .execute()
  return await generateRegistrationOptions({
    rpName: 'Worldloom',
    rpID: new URL(publicUrl).hostname,
    userID: new TextEncoder().encode(userId),
    userName: name,
    userDisplayName: displayName,
    challenge: await newChallenge(db, 'passkeyCreation', userId, sessionId),
    excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    // Found without a name, and unlocked by whoever it belongs to, so that it is enough alone.
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
}

interface PasskeyOwner {
  readonly userId: string
  readonly sessionId: string
  readonly name: string
  readonly displayName: string
}

/**
 * Keeps a passkey that a browser has made.
 *
 * @throws {BadInputError} if it was made elsewhere, for another session, too late, or twice
 * @see https://www.w3.org/TR/webauthn-3/#sctn-registering-a-new-credential
 */
export async function savePasskey(
  db: Database,
  publicUrl: string,
  { userId, sessionId }: Pick<PasskeyOwner, 'userId' | 'sessionId'>,
  created: z.output<typeof passkeyCreated>,
  name: string,
): Promise<void> {
  const challenge = await takeChallenge(db, 'passkeyCreation', created.response.clientDataJSON)
  if (challenge?.userId !== userId || challenge.sessionId !== sessionId) throw refused()
  const { registrationInfo } = await verifyRegistrationResponse({
    response: created as RegistrationResponseJSON, // checked by its schema; the library looks at the rest
    expectedChallenge: challenge.text,
    expectedOrigin: new URL(publicUrl).origin,
    expectedRPID: new URL(publicUrl).hostname,
    requireUserVerification: true,
  }).catch(refuse)
  if (!registrationInfo) throw refused()
  const { credential, credentialBackedUp } = registrationInfo
  const saved = await db
    .insertInto('passkeys')
    .values({
      userId,
      credentialId: credential.id,
      publicKey: Buffer.from(credential.publicKey),
      counter: String(credential.counter),
      transports: created.response.transports ?? [],
      name,
      isBackedUp: credentialBackedUp,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!saved) throw new BadInputError({ created: ['This passkey is known already'] })
}

type Showing = Extract<TokenPurpose, 'passkeySignIn' | 'passkeyConfirmation'>

/**
 * What a browser needs to show a passkey.
 *
 * @param userId whose; undefined to sign in with any
 */
export async function passkeyRequestOptions(db: Database, publicUrl: string, purpose: Showing, userId?: string) {
  requirePasskeys(publicUrl)
  const known = userId
    ? await db.selectFrom('passkeys').select(['credentialId', 'transports']).where('userId', '=', userId).execute()
    : []
  return await generateAuthenticationOptions({
    rpID: new URL(publicUrl).hostname,
    challenge: await newChallenge(db, purpose, userId),
    allowCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    userVerification: 'required',
  })
}

/**
 * Checks a passkey that a browser shows.
 *
 * @param userId whose it has to be; undefined for anybody's
 * @returns whose it is
 * @throws {BadInputError} if it is unknown, of another site or person, or was copied (its counter went back)
 * @see https://www.w3.org/TR/webauthn-3/#sctn-verifying-assertion
 */
export async function checkPasskey(
  db: Database,
  publicUrl: string,
  purpose: Showing,
  shown: z.output<typeof passkeyShown>,
  userId?: string,
): Promise<{ userId: string; displayName: string }> {
  const challenge = await takeChallenge(db, purpose, shown.response.clientDataJSON)
  const passkey = await db
    .selectFrom('passkeys')
    .innerJoin('users', 'users.id', 'passkeys.userId')
    .select(['passkeys.id', 'passkeys.userId', 'publicKey', 'counter', 'users.displayName'])
    .where('credentialId', '=', shown.id)
    .executeTakeFirst()
  if (!challenge || !passkey || challenge.userId !== (userId ?? null)) throw refused()
  if (userId !== undefined && passkey.userId !== userId) throw refused()
  const { userHandle } = shown.response
  const claimed = userHandle ? new TextDecoder().decode(decodeBase64urlIgnorePadding(userHandle)) : undefined
  if (claimed !== undefined && claimed !== passkey.userId) throw refused()
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response: shown as AuthenticationResponseJSON, // checked by its schema; the library looks at the rest
    expectedChallenge: challenge.text,
    expectedOrigin: new URL(publicUrl).origin,
    expectedRPID: new URL(publicUrl).hostname,
    requireUserVerification: true,
    credential: {
      id: shown.id,
      publicKey: new Uint8Array(passkey.publicKey),
      counter: Number(passkey.counter),
    },
  }).catch(refuse)
  if (!verified) throw refused()
  const used = await db
    .updateTable('passkeys')
    .set({ counter: String(authenticationInfo.newCounter), lastUsedAt: new Date() })
    .where('id', '=', passkey.id)
    // Not if it was used at the same time.
    .where('counter', '=', passkey.counter)
    .returning('id')
    .executeTakeFirst()
  if (!used) throw refused()
  return { userId: passkey.userId, displayName: passkey.displayName }
}

function requirePasskeys(publicUrl: string): void {
  if (!allowsPasskeys(publicUrl)) {
    throw new ConflictError('Browsers allow passkeys over HTTPS only, at a name. This address (PUBLIC_URL) is none.')
  }
}

/** A token that is used once, as the challenge that the authenticator signs. */
async function newChallenge(db: Database, purpose: TokenPurpose, userId?: string, sessionId?: string) {
  const token = await createOneTimeToken(db, purpose, {
    ...(userId && { userId }),
    ...(sessionId && { payload: { sessionId } }),
  })
  return decodeBase64urlIgnorePadding(token) as Uint8Array<ArrayBuffer> // it makes an array of its own
}

const clientData = z.object({ challenge: z.string() })
const challengePayload = z.object({ sessionId: z.string() }).nullable()

/** Consumes the challenge that was signed. */
async function takeChallenge(db: Database, purpose: TokenPurpose, clientDataJSON: string) {
  const text = readChallenge(clientDataJSON)
  const taken = text === undefined ? undefined : await takeOneTimeToken(db, [purpose], text)
  if (!taken || text === undefined) return undefined
  return { text, userId: taken.userId, sessionId: challengePayload.parse(taken.payload)?.sessionId }
}

function readChallenge(clientDataJSON: string): string | undefined {
  try {
    return clientData.parse(JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString())).challenge
  } catch {
    // Whatever it is, it is not what a browser sends; the caller refuses it.
    return undefined
  }
}

function refused(cause?: unknown): BadInputError {
  const error = new BadInputError({ passkey: ['Is not one that can be used here. Try again, or use another way'] })
  error.cause = cause
  return error
}

function refuse(cause: unknown): never {
  throw refused(cause)
}
