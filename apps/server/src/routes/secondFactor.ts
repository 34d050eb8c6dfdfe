import {
  type Actor,
  actorOf,
  addressKey,
  checkPasskey,
  checkPassword,
  confirmSession,
  countedTry,
  findPendingSignIn,
  findSecondFactorWays,
  type Origin,
  type PendingSignIn,
  passkeyRequestOptions,
  recordEvent,
  requireAdmission,
  type SecondFactorDependencies,
  type SessionPrincipal,
  takePendingSignIn,
  takeSecondFactorCode,
} from '@worldloom/auth'
import {
  ConflictError,
  confirmPasswordInput,
  NotFoundError,
  passkeyShownInput,
  secondFactorCodeInput,
} from '@worldloom/schema'
import { Hono } from 'hono'
import type { AppConfig, AppContext, AppEnvironment } from '../appTypes.ts'
import { chosenLanguage } from '../chosenLanguage.ts'
import { originOf } from '../clientAddress.ts'
import { requirePrincipal } from '../credentials.ts'
import { enterSession, type SessionEntrance } from '../enterSession.ts'
import { jsonBody } from '../jsonBody.ts'
import type { PendingCookie } from '../pendingCookie.ts'
import { limitsFor, type SignIn } from '../signInLimits.ts'

export interface SecondFactorRouteDependencies extends SessionEntrance {
  readonly config: AppConfig
  readonly signIn: SignIn
  readonly secondFactors: Pick<SecondFactorDependencies, 'sealed' | 'requiredFor'>
  readonly pending: PendingCookie
}

/** Signing in with a passkey, giving a second factor, and confirming that it is still oneself, under `/auth`. */
export function secondFactorRoutes(deps: SecondFactorRouteDependencies): Hono<AppEnvironment> {
  const { config, signIn, secondFactors, authenticator, cookie, pending } = deps
  const { db, publicUrl } = signIn
  const origin = (c: AppContext): Origin => originOf(c)
  const factorsIn = (c: AppContext) => ({
    ...secondFactors,
    ...{ db, publicUrl, mailer: signIn.mailer.in(chosenLanguage(c)), rateLimits: limitsFor(c, signIn.rateLimits) },
  })
  const requireSession = (c: AppContext) => requirePrincipal(authenticator, cookie, c, { credentials: ['session'] })

  /** @throws {NotFoundError} if the browser has not given a first factor, or too long ago */
  async function requirePending(c: AppContext): Promise<PendingSignIn & { readonly token: string }> {
    const token = pending.read(c)
    const found = token && (await findPendingSignIn(db, token))
    if (!token || !found) throw new NotFoundError('sign-in that waits for a second factor')
    return { ...found, token }
  }

  async function enter(c: AppContext, user: PendingSignIn, secondFactor: string): Promise<Response> {
    await enterSession(deps, c, user.userId, user.provider)
    const { userId, displayName: name, provider } = user
    const actor: Actor = { kind: 'session', userId, name, ...origin(c) }
    const subject = { kind: 'user', id: userId, name }
    await recordEvent(db, actor, { action: 'signIn', subject, details: { provider, secondFactor } })
    return c.body(null, 204)
  }

  /** Signs in who has given both factors. @throws {NotFoundError} if another request has done so */
  async function complete(c: AppContext, waiting: PendingSignIn & { token: string }, secondFactor: string) {
    if (!(await takePendingSignIn(db, waiting.token))) throw new NotFoundError('sign-in that waits for a second factor')
    pending.clear(c)
    return await enter(c, waiting, secondFactor)
  }

  /** Checks a passkey that the browser shows. @param userId whose it has to be; undefined for anybody's */
  async function passkeyOf(c: AppContext, purpose: 'passkeySignIn' | 'passkeyConfirmation', userId?: string) {
    const { shown } = await jsonBody(c, passkeyShownInput)
    return await countedTry(factorsIn(c).rateLimits, { ipAddress: origin(c).ipAddress, userId }, () =>
      checkPasskey(db, publicUrl, purpose, shown, userId),
    )
  }

  async function confirmed(c: AppContext, principal: SessionPrincipal, by: string): Promise<Response> {
    await confirmSession(db, principal.sessionId)
    const token = cookie.read(c)
    if (token) authenticator.forgetSession(token)
    const { id, displayName: name } = principal.user
    await recordEvent(db, actorOf(principal, origin(c)), {
      action: 'session.confirm',
      subject: { kind: 'user', id, name },
      details: { by },
    })
    return c.body(null, 204)
  }

  return (
    new Hono<AppEnvironment>()
      .post('/passkey/options', async (c) => {
        // Anybody can ask for a challenge, and each is stored.
        await factorsIn(c).rateLimits.consume('providerAddress', addressKey(origin(c).ipAddress))
        return c.json(await passkeyRequestOptions(db, publicUrl, 'passkeySignIn'))
      })
      // A passkey is unlocked by whoever it belongs to, so that it is two factors in one.
      .post('/passkey', async (c) => {
        const { userId, displayName } = await passkeyOf(c, 'passkeySignIn')
        await requireAdmission(db, signIn.admission, userId, 'passkey')
        return await enter(c, { userId, displayName, provider: 'passkey' }, 'passkey')
      })

      .get('/second-factor', async (c) => {
        const { userId } = await requirePending(c)
        return c.json(await findSecondFactorWays(db, userId))
      })
      .post('/second-factor/code', async (c) => {
        const waiting = await requirePending(c)
        const { code } = await jsonBody(c, secondFactorCodeInput)
        await takeSecondFactorCode(factorsIn(c), waiting, { kind: 'anonymous', ...origin(c) }, code)
        return await complete(c, waiting, 'code')
      })
      .post('/second-factor/passkey/options', async (c) => {
        const { userId } = await requirePending(c)
        return c.json(await passkeyRequestOptions(db, publicUrl, 'passkeyConfirmation', userId))
      })
      .post('/second-factor/passkey', async (c) => {
        const waiting = await requirePending(c)
        await passkeyOf(c, 'passkeyConfirmation', waiting.userId)
        return await complete(c, waiting, 'passkey')
      })

      .post('/confirm/password', async (c) => {
        const principal = await requireSession(c)
        const { password } = await jsonBody(c, confirmPasswordInput)
        const credential = await db
          .selectFrom('passwordCredentials')
          .select('email')
          .where('userId', '=', principal.user.id)
          .executeTakeFirst()
        if (!credential || !config.PASSWORD_SIGN_IN) throw new ConflictError('You have no password here.')
        const passwords = { ...signIn, rateLimits: limitsFor(c, signIn.rateLimits) }
        await checkPassword(passwords, { email: credential.email, password }, origin(c))
        return await confirmed(c, principal, 'password')
      })
      .post('/confirm/code', async (c) => {
        const principal = await requireSession(c)
        const { code } = await jsonBody(c, secondFactorCodeInput)
        const { id: userId, displayName } = principal.user
        await takeSecondFactorCode(factorsIn(c), { userId, displayName }, actorOf(principal, origin(c)), code)
        return await confirmed(c, principal, 'code')
      })
      .post('/confirm/passkey/options', async (c) => {
        const { user } = await requireSession(c)
        return c.json(await passkeyRequestOptions(db, publicUrl, 'passkeyConfirmation', user.id))
      })
      .post('/confirm/passkey', async (c) => {
        const principal = await requireSession(c)
        await passkeyOf(c, 'passkeyConfirmation', principal.user.id)
        return await confirmed(c, principal, 'passkey')
      })
  )
}
