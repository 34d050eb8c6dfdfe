import { assignRole } from '../assignRole.ts'
import type { DatabaseHandle } from '../database.ts'
import { seedIronCoast } from './ironCoast.ts'
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

/** Creates the demo people and a world of Mira's that Theo may read. Does nothing if there are users already. */
export async function seedDemo(db: DatabaseHandle['db']): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
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
    await seedIronCoast(trx, ids.mira ?? '', ids.theo ?? '')
    await seedMovies(trx)
    return true
  })
}
