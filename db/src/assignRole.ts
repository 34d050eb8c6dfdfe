import type { Database } from './database.ts'

/** Gives a user a role by name, unless they have it already. */
export async function assignRole(db: Database, userId: string, role: string): Promise<void> {
  await db
    .insertInto('userRoles')
    .columns(['userId', 'roleId'])
    .expression((eb) =>
      eb
        .selectFrom('roles')
        .select([eb.val(userId).as('userId'), 'roles.id as roleId'])
        .where('name', '=', role),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
