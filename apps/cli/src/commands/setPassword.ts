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
    .description('Sets somebody’s password for them, and signs them out everywhere.')
    .argument('<person>', 'their address or id')
    .option('--password-stdin', 'read the password from standard input')
    .option('--password <password>', 'the password itself; others on this machine may see it')
    .option('--json', 'print whose it is as JSON')
    .addHelpText('after', '\nWithout a password option the terminal is asked.')
    .action(async (emailOrId: string, options: PasswordOptions & { readonly json?: true }) => {
      const password = await readPassword(options)
      if (password === undefined) throw new OperatorError('There is no password: give one by --password-stdin.')
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
