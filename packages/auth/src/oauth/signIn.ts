import type { Database, DatabaseHandle } from '@worldloom/db'
import { generateCodeVerifier, generateState } from 'arctic'
import { type Actor, type Origin, recordEvent } from '../audit.ts'
import { takeOneTimeToken } from '../oneTimeTokens.ts'
import { safeRedirect } from '../redirect.ts'
import { awaitSecondFactor } from '../secondFactors/pending.ts'
import { hasSecondFactor } from '../secondFactors/secondFactors.ts'
import { createSecretToken, hashSecretToken, isSecretToken } from '../secretToken.ts'
import { createSession, deleteSessionByToken, type SessionTimeouts } from '../sessions.ts'
import { type Attempt, saveAttempt, takeAttempt } from './attempts.ts'
import { SignInError } from './errors.ts'
import type { Identity, IdentityProvider } from './provider.ts'
import { type AdmissionPolicy, linkAccount, provisionUser } from './provisioning.ts'

export interface SignInDependencies {
  readonly db: DatabaseHandle['db']
  readonly timeouts: SessionTimeouts
  readonly admission: AdmissionPolicy
}

/** All that a provider takes to answer, from the callback on. */
const deadlineMilliseconds = 9000

/** What the browser sends when it starts a sign-in. */
export interface SignInRequest {
  readonly redirect: string | undefined
  /** Made by `account.link`: the account is linked to whoever made it. */
  readonly linkToken: string | undefined
  /** The one it already has, so that sign-ins begun in two tabs both work. */
  readonly browserSecret: string | undefined
}

/**
 * Starts a sign-in: where to send the browser, and the secret it must bring back.
 *
 * @throws {SignInError} when the provider can't be reached, or the link token is no good
 */
export async function beginSignIn(
  deps: SignInDependencies,
  provider: IdentityProvider,
  request: SignInRequest,
): Promise<{ url: URL; browserSecret: string }> {
  const secrets = { state: generateState(), codeVerifier: generateCodeVerifier(), nonce: generateState() }
  const linkUserId = request.linkToken === undefined ? null : await takeLinkToken(deps.db, request.linkToken)
  const url = await provider.authorizationUrl(secrets)
  const { browserSecret: given } = request
  const browserSecret = given && isSecretToken(given) ? given : createSecretToken()
  await saveAttempt(deps.db, secrets.state, browserSecret, {
    provider: provider.id,
    codeVerifier: secrets.codeVerifier,
    nonce: secrets.nonce,
    redirect: safeRedirect(request.redirect),
    linkUserId,
  })
  return { url, browserSecret }
}

/** What the browser gets: a session, or, where a second factor is to follow, a token that says who has given the first. */
export type SignedIn = { readonly userId: string; readonly redirect: string } & (
  | { readonly token: string; readonly expiresAt: Date }
  | { readonly pendingToken: string }
)

/** The browser that comes back from a provider. */
export interface SignInReturn {
  readonly callback: URLSearchParams
  readonly browserSecret: string | undefined
  readonly origin: Origin
  /** The token of the browser's current session, which ends. */
  readonly previousToken: string | undefined
}

/**
 * Completes a sign-in: checks what the provider sent, finds or creates the user (or links the account to the one who is
 * signed in), and starts a session, unless a second factor is to follow.
 *
 * @throws {SignInError}
 */
export async function completeSignIn(
  deps: SignInDependencies,
  provider: IdentityProvider,
  returned: SignInReturn,
): Promise<SignedIn> {
  const { callback, browserSecret, origin, previousToken } = returned
  const state = callback.get('state')
  const attempt = await takeAttempt(deps.db, provider.id, state, browserSecret)
  const identity = await inTime(provider.identify(callback, { state: state ?? '', ...attempt }))
  return await deps.db.transaction().execute(async (trx) => {
    const user = await resolveUser(trx, deps, identity, attempt, previousToken)
    const { redirect } = attempt
    // Who links an account has signed in already.
    if (!attempt.linkUserId && (await hasSecondFactor(trx, user.id))) {
      return { userId: user.id, redirect, pendingToken: await awaitSecondFactor(trx, user.id, provider.id) }
    }
    if (previousToken) await deleteSessionByToken(trx, previousToken)
    const session = await createSession(trx, deps.timeouts, { userId: user.id, provider: provider.id, device: origin })
    const actor: Actor = { kind: 'session', userId: user.id, name: user.displayName, ...origin }
    await recordEvent(trx, actor, {
      action: attempt.linkUserId ? 'account.link' : 'signIn',
      subject: { kind: 'user', id: user.id, name: user.displayName },
      details: { provider: provider.id },
    })
    return { token: session.token, expiresAt: session.expiresAt, userId: user.id, redirect }
  })
}

async function resolveUser(
  db: Database,
  deps: SignInDependencies,
  identity: Identity,
  { linkUserId }: Attempt,
  sessionToken: string | undefined,
): Promise<{ id: string; displayName: string }> {
  if (!linkUserId) return await provisionUser(db, deps.admission, identity)
  const user = await userOfSession(db, sessionToken)
  if (user?.id !== linkUserId)
    throw new SignInError('link_expired', 'the browser is not signed in as who began to link')
  await linkAccount(db, deps.admission, identity, linkUserId)
  return user
}

async function userOfSession(db: Database, token: string | undefined) {
  if (!token || !isSecretToken(token)) return undefined
  return await db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.userId')
    .select(['users.id', 'users.displayName'])
    .where('tokenHash', '=', hashSecretToken(token))
    .where('users.isActive', '=', true)
    .where('idleExpiresAt', '>', new Date())
    .where('expiresAt', '>', new Date())
    .executeTakeFirst()
}

async function takeLinkToken(db: Database, token: string): Promise<string> {
  const taken = await takeOneTimeToken(db, ['accountLink'], token)
  if (!taken?.userId) throw new SignInError('link_expired', 'the link token is unknown, used or too old')
  return taken.userId
}

/** Rule 8: the user sees a page within ten seconds, whatever the provider does. */
async function inTime<Result>(work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const error = new SignInError('provider_unavailable', 'the provider took too long altogether')
    timer = setTimeout(() => reject(error), deadlineMilliseconds)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
