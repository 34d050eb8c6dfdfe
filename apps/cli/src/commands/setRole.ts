import { findRole, giveRole, operator, takeRole } from '@worldloom/auth'
import { Command } from 'commander'
import { withDatabase } from '../openDatabase.ts'
import { findPerson } from '../people.ts'

export function setRoleCommand(): Command {
  return new Command('set-role')
    .description('Give a user exactly these roles. Takes effect on their next request.')
    .argument('<person>', 'e-mail address or id')
    .argument('<roles...>', 'e.g. admin')
    .option('--json', 'print the user’s roles as JSON')
    .action(async (emailOrId: string, roles: string[], options: { json?: true }) => {
      const person = await withDatabase(async ({ db }) => {
        const found = await findPerson(db, emailOrId)
        for (const role of roles) await findRole(db, role)
        const before = await db
          .selectFrom('userRoles')
          .innerJoin('roles', 'roles.id', 'userRoles.roleId')
          .select('roles.name')
          .where('userId', '=', found.id)
          .execute()
        for (const role of roles) await giveRole(db, operator, undefined, { userId: found.id, role })
        for (const { name: role } of before) {
          if (!roles.includes(role)) await takeRole(db, operator, undefined, { userId: found.id, role })
        }
        return found
      })
      if (options.json) console.log(JSON.stringify({ id: person.id, roles }))
      else console.log(`${person.displayName} has the ${roles.length === 1 ? 'role' : 'roles'} ${roles.join(', ')}.`)
    })
}
