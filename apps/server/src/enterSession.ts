import { type Authenticator, createSession, deleteSessionByToken, type SignInDependencies } from '@worldloom/auth'
import type { AppContext } from './appTypes.ts'
import { originOf } from './clientAddress.ts'
import type { SessionCookie } from './sessionCookie.ts'

export interface SessionEntrance {
  readonly signIn: Pick<SignInDependencies, 'db' | 'timeouts'>
  readonly authenticator: Authenticator
  readonly cookie: SessionCookie
}

/** Signs a browser in. Replaces the session that it has. @param provider how: a provider's id, `password` or `passkey` */
export async function enterSession(
  { signIn, authenticator, cookie }: SessionEntrance,
  c: AppContext,
  userId: string,
  provider: string,
): Promise<void> {
  const previous = cookie.read(c)
  if (previous) {
    await deleteSessionByToken(signIn.db, previous)
    authenticator.forgetSession(previous)
  }
  const device = originOf(c)
  const session = await createSession(signIn.db, signIn.timeouts, { userId, provider, device })
  cookie.write(c, session.token, session.expiresAt)
}
