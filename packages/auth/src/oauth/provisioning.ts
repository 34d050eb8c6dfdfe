import { assignRole, type Database } from '@worldloom/db'
import type { SeededRole } from '@worldloom/schema'
import { sql } from 'kysely'
import { SignInError } from './errors.ts'
import type { Identity } from './provider.ts'

/** Who may sign in, and in which role. */
export interface AdmissionPolicy {
  /** Lower case. Empty for everybody. */
  readonly allowedEmailDomains: readonly string[]
  /** Of the providers that have tenants. Empty for everybody. */
  readonly allowedTenants: readonly string[]
  /** Who becomes an administrator when they first prove their address. */
  readonly bootstrapAdminEmails: readonly string[]
}

const defaultRole: SeededRole = 'user'
const tenantProviders = ['google', 'entra']

/** @throws {SignInError} `not_allowed` */
export function checkAdmission(
  policy: AdmissionPolicy,
  identity: Pick<Identity, 'email' | 'emailVerified' | 'provider' | 'tenant'>,
): void {
  const { allowedEmailDomains, allowedTenants } = policy
  if (allowedEmailDomains.length > 0) {
    const domain = identity.emailVerified ? identity.email?.split('@').at(-1)?.toLowerCase() : undefined
    if (!domain || !allowedEmailDomains.includes(domain)) {
      throw new SignInError(
        'not_allowed',
        `the address is not proved, or not of an allowed domain (${domain ?? 'none'})`,
      )
    }
  }
  if (allowedTenants.length > 0 && tenantProviders.includes(identity.provider)) {
    if (!identity.tenant || !allowedTenants.includes(identity.tenant)) {
      throw new SignInError('not_allowed', `the tenant ${identity.tenant ?? 'none'} is not allowed`)
    }
  }
}

/**
 * Whether somebody who is known may still sign in.
 *
 * @throws {SignInError} `deactivated` or `not_allowed`
 */
export async function requireAdmission(
  db: Database,
  policy: AdmissionPolicy,
  userId: string,
  provider: string,
): Promise<void> {
  const { email, emailVerified, isActive } = await db
    .selectFrom('users')
    .select(['email', 'emailVerified', 'isActive'])
    .where('id', '=', userId)
    .executeTakeFirstOrThrow()
  if (!isActive) throw new SignInError('deactivated', `user ${userId} is deactivated`)
  checkAdmission(policy, { email: email ?? undefined, emailVerified, provider })
}

/**
 * Finds the user of an identity, or creates one with the default role at the first sign-in. An e-mail address that the
 * provider has verified joins the identity to the one user who proved the same address.
 *
 * @param db a transaction: simultaneous sign-ins of one identity create one user
 * @throws {SignInError} `deactivated`, `not_allowed`, or `link_first` where the address is of somebody who proved it
 */
export async function provisionUser(db: Database, policy: AdmissionPolicy, identity: Identity) {
  const { provider, subject } = identity
  checkAdmission(policy, identity)
  await lockIdentity(db, identity)
  const known = await findAccount(db, provider, subject)
  const user = known ?? (await userByAddress(db, identity)) ?? (await createUser(db, policy, identity))
  if (!user.isActive) throw new SignInError('deactivated', `user ${user.id} is deactivated`)
  await saveAccount(db, identity, user.id)
  return user
}

/**
 * Links an identity to somebody who is signed in.
 *
 * @param db a transaction
 * @throws {SignInError} `already_linked` where it is somebody else's
 */
export async function linkAccount(
  db: Database,
  policy: AdmissionPolicy,
  identity: Identity,
  userId: string,
): Promise<void> {
  checkAdmission({ ...policy, allowedEmailDomains: [] }, identity)
  await lockIdentity(db, identity)
  const known = await findAccount(db, identity.provider, identity.subject)
  if (known && known.id !== userId) {
    throw new SignInError('already_linked', `the account is linked to ${known.id}, not ${userId}`)
  }
  await saveAccount(db, identity, userId)
  if (identity.emailVerified && identity.email) await adoptEmail(db, userId, identity.email)
}

/** An address that the linked account proves becomes the user's, if they had none or had not proved theirs. */
async function adoptEmail(db: Database, userId: string, email: string): Promise<void> {
  await db
    .updateTable('users')
    .set({ email, emailVerified: true })
    .where('id', '=', userId)
    .where('emailVerified', '=', false)
    .where(({ eb, or, fn }) => or([eb('email', 'is', null), eb(fn('lower', ['email']), '=', email.toLowerCase())]))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('users as others')
            .select('others.id')
            .where(({ eb, fn }) => eb(fn('lower', ['others.email']), '=', email.toLowerCase()))
            .where('others.emailVerified', '=', true),
        ),
      ),
    )
    .execute()
}

/** Creates a user with the default role, or an administrator if their proved address is listed as one. */
export async function createUser(
  db: Database,
  policy: AdmissionPolicy,
  person: Pick<Identity, 'email' | 'emailVerified' | 'firstName' | 'lastName' | 'displayName'>,
) {
  const fullName = [person.firstName, person.lastName].filter(Boolean).join(' ')
  const user = await db
    .insertInto('users')
    .values({
      email: person.email ?? null,
      emailVerified: person.emailVerified,
      firstName: person.firstName ?? null,
      lastName: person.lastName ?? null,
      displayName: person.displayName || fullName || person.email?.split('@')[0] || 'Somebody',
    })
    .returning(['id', 'isActive', 'displayName'])
    .executeTakeFirstOrThrow()
  const isBootstrapAdmin = person.emailVerified && isListed(policy.bootstrapAdminEmails, person.email)
  await assignRole(db, user.id, isBootstrapAdmin ? 'admin' : defaultRole)
  return user
}

export function isListed(emails: readonly string[], email: string | undefined): boolean {
  return email !== undefined && emails.some((listed) => listed.toLowerCase() === email.toLowerCase())
}

async function lockIdentity(db: Database, { provider, subject, email }: Identity): Promise<void> {
  for (const locked of [`${provider}\n${subject}`, email?.toLowerCase()]) {
    if (locked) await sql`select pg_advisory_xact_lock(hashtextextended(${locked}, 0))`.execute(db)
  }
}

async function findAccount(db: Database, provider: string, subject: string) {
  return await db
    .selectFrom('oauthAccounts')
    .innerJoin('users', 'users.id', 'oauthAccounts.userId')
    .select(['users.id', 'users.isActive', 'users.displayName'])
    .where('provider', '=', provider)
    .where('subject', '=', subject)
    .executeTakeFirst()
}

async function userByAddress(db: Database, { email, emailVerified, provider }: Identity) {
  if (!email) return undefined
  const user = await db
    .selectFrom('users')
    .select(['id', 'isActive', 'displayName'])
    .where(({ eb, fn }) => eb(fn('lower', ['email']), '=', email.toLowerCase()))
    .where('emailVerified', '=', true)
    .executeTakeFirst()
  if (user && !emailVerified) {
    throw new SignInError('link_first', `${provider} does not prove the address of user ${user.id}`)
  }
  return user
}

async function saveAccount(db: Database, identity: Identity, userId: string): Promise<void> {
  const { provider, subject } = identity
  const account = {
    email: identity.email ?? null,
    emailVerified: identity.emailVerified,
    lastSignInAt: new Date(),
  }
  await db
    .insertInto('oauthAccounts')
    .values({ provider, subject, userId, ...account })
    .onConflict((conflict) => conflict.columns(['provider', 'subject']).doUpdateSet(account))
    .execute()
}
