import {
  type Attempting,
  type Authenticator,
  actorOf,
  changePassword,
  checkPassword,
  createSession,
  deleteSessionByToken,
  type PasswordDependencies,
  recordEvent,
  requestPasswordReset,
  requestVerification,
  resetPassword,
  type SessionPrincipal,
  signUp,
  verifyEmail,
} from '@worldloom/auth'
import {
  CredentialNotAcceptedError,
  emailVerifyInput,
  NotSignedInError,
  type PasswordOptions,
  passwordChangeInput,
  passwordForgotInput,
  passwordResetInput,
  passwordSignInInput,
  passwordSignUpInput,
} from '@worldloom/schema'
import { Hono, type MiddlewareHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { AppConfig, AppContext, AppEnvironment } from '../appTypes.ts'
import { clientAddress } from '../clientAddress.ts'
import { resolvePrincipal } from '../credentials.ts'
import { jsonBody } from '../jsonBody.ts'
import type { SessionCookie } from '../sessionCookie.ts'

export interface PasswordRouteDependencies {
  readonly config: AppConfig
  readonly passwords: PasswordDependencies
  readonly authenticator: Authenticator
  readonly cookie: SessionCookie
}

/** Signing in and up with a password, from a browser, under `/auth`. Programs use `POST /token`. */
export function passwordRoutes({ config, passwords, authenticator, cookie }: PasswordRouteDependencies) {
  const { db, timeouts, mailer } = passwords
  const options: PasswordOptions = {
    signIn: config.PASSWORD_SIGN_IN,
    signUp: config.PASSWORD_SIGN_UP,
    mail: mailer.delivers ? 'sent' : config.NODE_ENV === 'production' ? 'none' : 'logged',
  }

  // On each route, not as one for '/password/*': that would keep Hono from matching all of its routes at once.
  const requireTurnedOn: MiddlewareHandler<AppEnvironment> = async (_c, next) => {
    if (!options.signIn) throw new HTTPException(404, { message: 'Signing in with a password is turned off here.' })
    await next()
  }

  const attempting = (c: AppContext): Attempting => ({
    requestId: c.get('requestId'),
    device: { ipAddress: clientAddress(c, config.TRUSTED_PROXIES), userAgent: c.req.header('user-agent') },
  })

  /** A new session in place of the one the browser had. */
  async function enter(c: AppContext, userId: string): Promise<void> {
    const previous = cookie.read(c)
    if (previous) {
      await deleteSessionByToken(db, previous)
      authenticator.forgetSession(previous)
    }
    const session = await createSession(db, timeouts, { userId, provider: 'password', device: attempting(c).device })
    cookie.write(c, session.token, session.expiresAt)
  }

  async function requireSession(c: AppContext): Promise<SessionPrincipal> {
    const principal = await resolvePrincipal(authenticator, cookie, c)
    if (principal.kind === 'anonymous') throw new NotSignedInError()
    if (principal.kind !== 'session') throw new CredentialNotAcceptedError('that', ['session'])
    return principal
  }

  return new Hono<AppEnvironment>()
    .get('/password', (c) => c.json(options))
    .post('/password/sign-in', requireTurnedOn, async (c) => {
      const given = await jsonBody(c, passwordSignInInput)
      const { userId, displayName } = await checkPassword(passwords, given, attempting(c))
      await enter(c, userId)
      const { device, requestId } = attempting(c)
      await recordEvent(
        db,
        { kind: 'session', userId, name: displayName, ipAddress: device.ipAddress, requestId },
        {
          action: 'signIn',
          subject: { kind: 'user', id: userId, name: displayName },
          details: { provider: 'password' },
        },
      )
      return c.body(null, 204)
    })
    .post('/password/sign-up', requireTurnedOn, async (c) => {
      if (!options.signUp) {
        throw new HTTPException(403, { message: 'Accounts are made by an administrator here.' })
      }
      const made = await signUp(passwords, await jsonBody(c, passwordSignUpInput), attempting(c))
      if (made) await enter(c, made.userId)
      // Where the address has to be proved first, there is a mail on its way, whoever has the address.
      return c.json({ signedIn: made !== undefined })
    })
    .post('/password/forgot', requireTurnedOn, async (c) => {
      const { email } = await jsonBody(c, passwordForgotInput)
      await requestPasswordReset(passwords, email, attempting(c))
      return c.body(null, 204)
    })
    .post('/password/reset', requireTurnedOn, async (c) => {
      await resetPassword(passwords, await jsonBody(c, passwordResetInput), attempting(c))
      return c.body(null, 204)
    })
    .post('/password/change', requireTurnedOn, async (c) => {
      const principal = await requireSession(c)
      const input = await jsonBody(c, passwordChangeInput)
      const { device, requestId } = attempting(c)
      const actor = actorOf(principal, { ipAddress: device.ipAddress, requestId })
      await changePassword(passwords, actor, principal, input)
      // Rule 11: every session has ended, this one too; a new one takes its place.
      await enter(c, principal.user.id)
      return c.body(null, 204)
    })
    .post('/email/send-verification', async (c) => {
      await requestVerification(passwords, await requireSession(c))
      return c.body(null, 204)
    })
    .post('/email/verify', async (c) => {
      const { userId, isNew } = await verifyEmail(passwords, await jsonBody(c, emailVerifyInput), attempting(c))
      if (isNew) await enter(c, userId)
      return c.json({ signedIn: isNew })
    })
}
