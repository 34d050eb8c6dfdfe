import { assignRole } from '../assignRole.ts'
import type { Database, DatabaseHandle } from '../database.ts'
import { inTransaction } from '../transaction.ts'
import { seedMovies } from './movies.ts'

/** The people of the local identity provider, created at the first start. */
export const demoPeople = [
  {
    subject: 'ada',
    email: 'ada@worldloom.example',
    firstName: 'Ada',
    lastName: 'Okafor',
    role: 'admin',
    description: 'Administrator: may do everything',
  },
  {
    subject: 'mira',
    email: 'mira@worldloom.example',
    firstName: 'Mira',
    lastName: 'Castellan',
    role: 'user',
    description: 'Author: builds worlds, owns the demo world',
  },
  {
    subject: 'theo',
    email: 'theo@worldloom.example',
    firstName: 'Theo',
    lastName: 'Lindqvist',
    role: 'viewer',
    description: 'Viewer: reads what is shared with him',
  },
] as const

/** The demo people, by subject. */
export type DemoUserIds = Readonly<Record<(typeof demoPeople)[number]['subject'], string>>

/**
 * Creates the demo people. Does nothing if there are users already.
 *
 * @param addWorld adds what they see first, in the same transaction
 */
export async function seedDemo(
  db: DatabaseHandle['db'],
  addWorld?: (trx: Database, ids: DemoUserIds) => Promise<unknown>,
): Promise<boolean> {
  return await inTransaction(db, async (trx) => {
    const somebody = await trx.selectFrom('users').select('id').limit(1).executeTakeFirst()
    if (somebody) return false
    const ids: Record<string, string> = {}
    for (const { subject, role, description: _, ...person } of demoPeople) {
      const { id } = await trx
        .insertInto('users')
        .values({ ...person, emailVerified: true, displayName: `${person.firstName} ${person.lastName}` })
        .returning('id')
        .executeTakeFirstOrThrow()
      await trx
        .insertInto('oauthAccounts')
        .values({ provider: 'local', subject, userId: id, email: person.email, emailVerified: true })
        .execute()
      await assignRole(trx, id, role)
      ids[subject] = id
    }
    await addWorld?.(trx, ids as DemoUserIds) // one for each of them
    await seedMovies(trx)
    return true
  })
}
