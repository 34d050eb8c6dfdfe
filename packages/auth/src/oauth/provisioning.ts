import { assignRole, type Database } from '@worldloom/db'
import type { SeededRole } from '@worldloom/schema'
import { sql } from 'kysely'
import { SignInError } from './errors.ts'
import type { Identity } from './provider.ts'

const defaultRole: SeededRole = 'user'

/**
 * The user of an identity; made, with the default role, at the first sign-in. An e-mail address that the
 * provider has verified joins the identity to the one user who proved the same address.
 *
 * @param db a transaction: several sign-ins of one identity at the same instant make one user
 * @throws {SignInError} `deactivated`
 */
export async function provisionUser(db: Database, identity: Identity): Promise<string> {
  const { provider, subject } = identity
  const proved = identity.emailVerified ? identity.email : undefined
  for (const subjectOfLock of [`${provider}\n${subject}`, proved?.toLowerCase()]) {
    if (subjectOfLock) await sql`select pg_advisory_xact_lock(hashtextextended(${subjectOfLock}, 0))`.execute(db)
  }
  const known = await db
    .selectFrom('oauthAccounts')
    .innerJoin('users', 'users.id', 'oauthAccounts.userId')
    .select(['users.id', 'users.isActive'])
    .where('provider', '=', provider)
    .where('subject', '=', subject)
    .executeTakeFirst()
  const user = known ?? (await userByVerifiedEmail(db, proved)) ?? (await createUser(db, identity))
  if (!user.isActive) throw new SignInError('deactivated', `user ${user.id} is deactivated`)
  const account = {
    email: identity.email ?? null,
    emailVerified: identity.emailVerified,
    lastSignInAt: new Date(),
  }
  await db
    .insertInto('oauthAccounts')
    .values({ provider, subject, userId: user.id, ...account })
    .onConflict((conflict) => conflict.columns(['provider', 'subject']).doUpdateSet(account))
    .execute()
  return user.id
}

async function userByVerifiedEmail(db: Database, email: string | undefined) {
  if (!email) return undefined
  return await db
    .selectFrom('users')
    .select(['id', 'isActive'])
    .where(({ eb, fn }) => eb(fn('lower', ['email']), '=', email.toLowerCase()))
    .where('emailVerified', '=', true)
    .executeTakeFirst()
}

async function createUser(db: Database, identity: Identity) {
  const fullName = [identity.firstName, identity.lastName].filter(Boolean).join(' ')
  const user = await db
    .insertInto('users')
    .values({
      email: identity.email ?? null,
      emailVerified: identity.emailVerified,
      firstName: identity.firstName ?? null,
      lastName: identity.lastName ?? null,
      displayName: identity.displayName || fullName || identity.email?.split('@')[0] || 'Somebody',
    })
    .returning(['id', 'isActive'])
    .executeTakeFirstOrThrow()
  await assignRole(db, user.id, defaultRole)
  return user
}
