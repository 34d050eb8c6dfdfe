import { createUserWithPassword, findRole, operator } from '@worldloom/auth'
import { emailField, newPasswordField } from '@worldloom/schema'
import { Command } from 'commander'
import { z } from 'zod'
import { withDatabase } from '../openDatabase.ts'
import { type PasswordOptions, readPassword } from '../passwordInput.ts'

interface Options extends PasswordOptions {
  readonly name: string
  readonly email: string
  readonly role: string
  readonly json?: true
}

export function createUserCommand(): Command {
  return new Command('create-user')
    .description('Create a user. The e-mail address counts as verified.')
    .requiredOption('--name <name>', 'full name')
    .requiredOption('--email <address>', 'e-mail address to sign in with')
    .option('--role <role>', 'role: admin, user, viewer, or one you created', 'user')
    .option('--password-stdin', 'read the password from standard input')
    .option('--password <password>', 'the password; visible to other users of this machine')
    .option('--json', 'print the account as JSON')
    .addHelpText(
      'after',
      '\nWithout a password option, you are prompted for one. A user without a password signs in with a provider that\nverifies the same address, or requests a link to set one.',
    )
    .action(async (options: Options) => {
      const { email } = z.object({ email: emailField }).parse(options)
      const password = await readPassword(options)
      if (password !== undefined) z.object({ password: newPasswordField }).parse({ password })
      const { id } = await withDatabase(({ db }) =>
        db.transaction().execute(async (trx) => {
          await findRole(trx, options.role)
          const [firstName, ...rest] = options.name.trim().split(/\s+/)
          return await createUserWithPassword(trx, operator, {
            email,
            displayName: options.name.trim(),
            role: options.role,
            ...(firstName && rest.length > 0 && { firstName, lastName: rest.join(' ') }),
            ...(password !== undefined && { password }),
          })
        }),
      )
      if (options.json)
        console.log(JSON.stringify({ id, email, role: options.role, hasPassword: password !== undefined }))
      else
        console.log(
          `${options.name} <${email}> is there, as ${options.role}${password ? '' : ', without a password'}: ${id}`,
        )
    })
}
