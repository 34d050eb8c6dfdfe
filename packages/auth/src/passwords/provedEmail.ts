import { assignRole, type Database } from '@worldloom/db'
import { type Actor, recordEvent } from '../audit.ts'
import { isListed } from '../oauth/provisioning.ts'
import type { PasswordDependencies } from './signIn.ts'

/** Marks an address as proved, which can make its owner an administrator. */
export async function proveEmail(db: Database, deps: PasswordDependencies, actor: Actor, email: string): Promise<void> {
  const proved = await db
    .updateTable('users')
    .set({ emailVerified: true })
    .where('id', '=', actor.userId ?? '')
    .where('email', '=', email)
    .where('emailVerified', '=', false)
    .returning(['id', 'displayName'])
    .executeTakeFirst()
  if (!proved) return
  if (isListed(deps.admission.bootstrapAdminEmails, email)) await assignRole(db, proved.id, 'admin')
  await recordEvent(db, actor, {
    action: 'email.verify',
    subject: { kind: 'user', id: proved.id, name: proved.displayName },
  })
}

/** The user who has proved an address, of whom there is at most one. */
export async function findByProvedEmail(db: Database, email: string) {
  return await db
    .selectFrom('users')
    .select(['id', 'email', 'displayName', 'isActive'])
    .where(({ eb, fn }) => eb(fn('lower', ['email']), '=', email.toLowerCase()))
    .where('emailVerified', '=', true)
    .executeTakeFirst()
}
