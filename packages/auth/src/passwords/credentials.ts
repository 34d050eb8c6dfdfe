import type { Database } from '@worldloom/db'

/** The password credential for an address, if there is one. */
export async function findCredential(db: Database, email: string) {
  return await db
    .selectFrom('passwordCredentials')
    .innerJoin('users', 'users.id', 'passwordCredentials.userId')
    .select([
      'passwordCredentials.userId',
      'passwordCredentials.hash',
      'passwordCredentials.email',
      'users.emailVerified',
      'users.isActive',
      'users.displayName',
    ])
    // password_credentials_email_key
    .where(({ eb, fn }) => eb(fn('lower', ['passwordCredentials.email']), '=', email.toLowerCase()))
    .executeTakeFirst()
}

/** @throws a unique violation of password_credentials_email_key, which becomes a TakenError */
export async function saveCredential(db: Database, userId: string, email: string, hash: string): Promise<void> {
  await db
    .insertInto('passwordCredentials')
    .values({ userId, email, hash })
    .onConflict((conflict) => conflict.column('userId').doUpdateSet({ hash, updatedAt: new Date() }))
    .execute()
}

/**
 * The same for somebody who has proved the address: anybody else with that address unproved can no longer sign in with
 * it.
 */
export async function saveProvedCredential(db: Database, userId: string, email: string, hash: string): Promise<void> {
  await db
    .deleteFrom('passwordCredentials')
    .where(({ eb, fn }) => eb(fn('lower', ['email']), '=', email.toLowerCase()))
    .where('userId', '!=', userId)
    .execute()
  await saveCredential(db, userId, email, hash)
}
