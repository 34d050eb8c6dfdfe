import {
  actorOf,
  awaitSecondFactor,
  changePassword,
  checkPassword,
  findSecondFactorWays,
  hasSecondFactor,
  type PasswordDependencies,
  recordEvent,
  requestPasswordReset,
  requestVerification,
  resetPassword,
  signUp,
  verifyEmail,
} from '@worldloom/auth'
import {
  emailVerifyInput,
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
import { chosenLanguage } from '../chosenLanguage.ts'
import { originOf } from '../clientAddress.ts'
import { requirePrincipal } from '../credentials.ts'
import { enterSession, type SessionEntrance } from '../enterSession.ts'
import { jsonBody } from '../jsonBody.ts'
import type { PendingCookie } from '../pendingCookie.ts'
import { limitsFor, type SignIn } from '../signInLimits.ts'

export interface PasswordRouteDependencies extends SessionEntrance {
  readonly config: AppConfig
  readonly signIn: SignIn
  readonly pending: PendingCookie
}

/** The sign-in page's options besides providers. */
export function passwordOptions(
  config: Pick<AppConfig, 'PASSWORD_SIGN_IN' | 'PASSWORD_SIGN_UP' | 'NODE_ENV'>,
  mailer: { readonly delivers: boolean },
): PasswordOptions {
  return {
    signIn: config.PASSWORD_SIGN_IN,
    signUp: config.PASSWORD_SIGN_UP,
    mail: mailer.delivers ? 'sent' : config.NODE_ENV === 'production' ? 'none' : 'logged',
  }
}

/** Signing in and up with a password, from a browser, under `/auth`. Programs use `POST /token`. */
export function passwordRoutes(deps: PasswordRouteDependencies) {
  const { config, signIn: passwords, authenticator, cookie, pending } = deps
  const { db } = passwords
  const options = passwordOptions(config, passwords.mailer)
  /** With mails in the language of whoever asks, and limits that they are told of. */
  const passwordsIn = (c: AppContext): PasswordDependencies => ({
    ...passwords,
    mailer: passwords.mailer.in(chosenLanguage(c)),
    rateLimits: limitsFor(c, passwords.rateLimits),
  })

  // On each route instead of '/password/*', which would keep Hono from matching all routes with one regular expression.
  const requireTurnedOn: MiddlewareHandler<AppEnvironment> = async (_c, next) => {
    if (!options.signIn) throw new HTTPException(404, { message: 'Signing in with a password is turned off here.' })
    await next()
  }

  const origin = (c: AppContext) => originOf(c)
  const requireSession = (c: AppContext) => requirePrincipal(authenticator, cookie, c, { credentials: ['session'] })

  const enter = (c: AppContext, userId: string) => enterSession(deps, c, userId, 'password')

  return new Hono<AppEnvironment>()
    .get('/password', (c) => c.json(options))
    .post('/password/sign-in', requireTurnedOn, async (c) => {
      const given = await jsonBody(c, passwordSignInInput)
      const { userId, displayName } = await checkPassword(passwordsIn(c), given, origin(c))
      if (await hasSecondFactor(db, userId)) {
        pending.write(c, await awaitSecondFactor(db, userId, 'password'))
        return c.json({ secondFactor: await findSecondFactorWays(db, userId) })
      }
      await enter(c, userId)
      await recordEvent(
        db,
        { kind: 'session', userId, name: displayName, ...origin(c) },
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
      const made = await signUp(passwordsIn(c), await jsonBody(c, passwordSignUpInput), origin(c))
      if (made) await enter(c, made.userId)
      // If the address must be proved first, a mail is sent, whoever has the address.
      return c.json({ signedIn: made !== undefined })
    })
    .post('/password/forgot', requireTurnedOn, async (c) => {
      const { email } = await jsonBody(c, passwordForgotInput)
      await requestPasswordReset(passwordsIn(c), email, origin(c))
      return c.body(null, 204)
    })
    .post('/password/reset', requireTurnedOn, async (c) => {
      await resetPassword(passwordsIn(c), await jsonBody(c, passwordResetInput), origin(c))
      return c.body(null, 204)
    })
    .post('/password/change', requireTurnedOn, async (c) => {
      const principal = await requireSession(c)
      const input = await jsonBody(c, passwordChangeInput)
      await changePassword(passwordsIn(c), actorOf(principal, origin(c)), principal, input)
      // Rule 11: every session has ended, including this one, which is replaced.
      await enter(c, principal.user.id)
      return c.body(null, 204)
    })
    .post('/email/send-verification', async (c) => {
      await requestVerification(passwordsIn(c), await requireSession(c))
      return c.body(null, 204)
    })
    .post('/email/verify', async (c) => {
      const { userId, isNew } = await verifyEmail(passwordsIn(c), await jsonBody(c, emailVerifyInput), origin(c))
      if (isNew) await enter(c, userId)
      return c.json({ signedIn: isNew })
    })
}
