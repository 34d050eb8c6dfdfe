import { text } from 'node:stream/consumers'
import { OperatorError } from '@worldloom/config'
import pc from 'picocolors'

export interface PasswordOptions {
  readonly password?: string
  readonly passwordStdin?: true
}

/**
 * The password: from standard input, a hidden prompt, or (with a warning) an argument.
 *
 * @returns undefined if there is none: no terminal to prompt on, or nothing typed
 * @throws {OperatorError} if two ways are used, or the repetition differs
 */
export async function readPassword({ password, passwordStdin }: PasswordOptions): Promise<string | undefined> {
  if (password !== undefined && passwordStdin) throw new OperatorError('Give --password or --password-stdin, not both.')
  if (passwordStdin) return (await text(process.stdin)).replace(/\r?\n$/, '')
  if (password !== undefined) {
    console.error(
      pc.yellow(
        'An argument can be read in the list of processes and in the history of the shell: prefer --password-stdin.',
      ),
    )
    return password
  }
  if (!process.stdin.isTTY) return undefined
  const { default: prompt } = await import('@inquirer/password')
  const typed = await prompt({ message: 'Password (empty for none)', mask: false }, { output: process.stderr })
  if (!typed) return undefined
  const again = await prompt({ message: 'Once more', mask: false }, { output: process.stderr })
  if (again !== typed) throw new OperatorError('The two passwords differ. Nothing was changed.')
  return typed
}
