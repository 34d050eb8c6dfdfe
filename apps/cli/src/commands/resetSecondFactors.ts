import { operator, resetSecondFactors } from '@worldloom/auth'
import { Command } from 'commander'
import { withDatabase } from '../openDatabase.ts'
import { findPerson } from '../people.ts'

export function resetSecondFactorsCommand(): Command {
  return new Command('reset-second-factors')
    .description('Take passkeys, authenticator app and recovery codes away from somebody who has lost them.')
    .argument('<person>', 'e-mail address or id')
    .option('--json', 'print the user as JSON')
    .action(async (emailOrId: string, options: { readonly json?: true }) => {
      const person = await withDatabase(async ({ db }) => {
        const found = await findPerson(db, emailOrId)
        await resetSecondFactors(db, undefined, operator, undefined, found.id)
        return found
      })
      if (options.json) console.log(JSON.stringify({ id: person.id, email: person.email }))
      else console.log(`${person.displayName} has no second factors any more, and is signed out everywhere.`)
    })
}
