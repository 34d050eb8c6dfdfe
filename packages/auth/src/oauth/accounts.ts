import type { Database, DatabaseHandle } from '@worldloom/db'
import { ConflictError, NotFoundError } from '@worldloom/schema'
import { type Actor, recordEvent } from '../audit.ts'
import { createOneTimeToken } from '../oneTimeTokens.ts'
import { safeRedirect } from '../redirect.ts'

/** How somebody can sign in. */
export async function listAccounts(db: Database, userId: string) {
  const [accounts, password] = await Promise.all([
    db
      .selectFrom('oauthAccounts')
      .select(['provider', 'subject', 'email', 'emailVerified', 'createdAt', 'lastSignInAt'])
      .where('userId', '=', userId)
      .orderBy('createdAt')
      .execute(),
    db.selectFrom('passwordCredentials').select(['email', 'updatedAt']).where('userId', '=', userId).executeTakeFirst(),
  ])
  return { accounts, password: password ?? null }
}

/** Where a browser goes to link an account. Valid for a few minutes, for the user who asked, once. */
export async function linkPath(db: Database, userId: string, provider: string, redirect?: string): Promise<string> {
  const link = await createOneTimeToken(db, 'accountLink', { userId })
  return `/auth/${encodeURIComponent(provider)}/login?${new URLSearchParams({ link, redirect: safeRedirect(redirect) })}`
}

/**
 * Removes a way to sign in, unless it is the last one.
 *
 * @param usable the ids of the providers that can be signed in with here, and `password`
 * @throws {NotFoundError | ConflictError}
 */
export async function unlinkAccount(
  db: DatabaseHandle['db'],
  actor: Actor,
  usable: readonly string[],
  { userId, provider, subject }: { userId: string; provider: string; subject: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    // Otherwise two concurrent removals could each leave the other's.
    await trx.selectFrom('users').select('id').where('id', '=', userId).forUpdate().executeTakeFirst()
    const { accounts } = await listAccounts(trx, userId)
    const isThis = (account: (typeof accounts)[number]) => account.provider === provider && account.subject === subject
    if (!accounts.some(isThis)) throw new NotFoundError('account')
    await trx
      .deleteFrom('oauthAccounts')
      .where('provider', '=', provider)
      .where('subject', '=', subject)
      .where('userId', '=', userId)
      .execute()
    await requireWayToSignIn(trx, userId, usable)
    await recordEvent(trx, actor, {
      action: 'account.unlink',
      subject: { kind: 'user', id: userId, name: actor.name },
      details: { provider },
    })
  })
}

/**
 * To be called after a way to sign in was taken away.
 *
 * @param usable as for {@link unlinkAccount}
 * @throws {ConflictError} if it was the last one
 */
export async function requireWayToSignIn(db: Database, userId: string, usable: readonly string[]): Promise<void> {
  const { accounts, password } = await listAccounts(db, userId)
  if (accounts.some(({ provider }) => usable.includes(provider))) return
  if (password && usable.includes('password')) return
  const passkey = await db.selectFrom('passkeys').select('id').where('userId', '=', userId).limit(1).executeTakeFirst()
  if (passkey) return
  throw new ConflictError('This is your last way to sign in. Link another account or set a password first.')
}
