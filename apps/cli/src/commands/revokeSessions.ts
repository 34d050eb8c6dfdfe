import { operator, recordEvent, revokeAllSessions } from '@worldloom/auth'
import { OperatorError } from '@worldloom/config'
import { Command } from 'commander'
import { withDatabase } from '../openDatabase.ts'
import { findPerson } from '../people.ts'

export function revokeSessionsCommand(): Command {
  return new Command('revoke-sessions')
    .description('Sign a user out everywhere, in browsers and programs. API keys are kept.')
    .argument('[person]', 'e-mail address or id')
    .option('--everybody', 'sign everybody out')
    .option('--json', 'print the number of sessions as JSON')
    .action(async (emailOrId: string | undefined, options: { everybody?: true; json?: true }) => {
      if ((emailOrId === undefined) === (options.everybody === undefined)) {
        throw new OperatorError('Name a user, or use --everybody.')
      }
      const revoked = await withDatabase(({ db }) =>
        db.transaction().execute(async (trx) => {
          if (emailOrId === undefined) {
            const { numDeletedRows } = await trx.deleteFrom('sessions').executeTakeFirst()
            await recordEvent(trx, operator, { action: 'session.revoke', details: { revoked: Number(numDeletedRows) } })
            return Number(numDeletedRows)
          }
          const person = await findPerson(trx, emailOrId)
          const count = await revokeAllSessions(trx, person.id)
          await recordEvent(trx, operator, {
            action: 'session.revoke',
            subject: { kind: 'user', id: person.id, name: person.displayName },
            details: { revoked: count },
          })
          return count
        }),
      )
      if (options.json) console.log(JSON.stringify({ revoked }))
      else console.log(revoked === 1 ? 'One session ended.' : `${revoked} sessions ended.`)
    })
}
