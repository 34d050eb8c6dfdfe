import { operator, setPassword } from '@worldloom/auth'
import { OperatorError } from '@worldloom/config'
import { newPasswordField } from '@worldloom/schema'
import { Command } from 'commander'
import { z } from 'zod'
import { withDatabase } from '../openDatabase.ts'
import { type PasswordOptions, readPassword } from '../passwordInput.ts'
import { findPerson } from '../people.ts'

export function setPasswordCommand(): Command {
  return new Command('set-password')
    .description('Set a user’s password and sign them out everywhere.')
    .argument('<person>', 'e-mail address or id')
    .option('--password-stdin', 'read the password from standard input')
    .option('--password <password>', 'the password; visible to other users of this machine')
    .option('--json', 'print the user as JSON')
    .addHelpText('after', '\nWithout a password option, you are prompted for one.')
    .action(async (emailOrId: string, options: PasswordOptions & { readonly json?: true }) => {
      const password = await readPassword(options)
      if (password === undefined) throw new OperatorError('No password given. Use --password-stdin.')
      z.object({ password: newPasswordField }).parse({ password })
      const person = await withDatabase(async ({ db }) => {
        const { id, email, displayName } = await findPerson(db, emailOrId)
        if (!email) throw new OperatorError(`${displayName} has no address to sign in with.`)
        await setPassword(db, operator, { id, email, displayName }, password)
        return { id, email, displayName }
      })
      if (options.json) console.log(JSON.stringify({ id: person.id, email: person.email }))
      else console.log(`${person.displayName} <${person.email}> has a new password, and is signed out everywhere.`)
    })
}
