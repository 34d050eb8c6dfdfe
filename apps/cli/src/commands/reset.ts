import { createInterface } from 'node:readline/promises'
import { OperatorError } from '@worldloom/config'
import { migrate } from '@worldloom/db'
import { Command } from 'commander'
import { sql } from 'kysely'
import { withDatabase } from '../openDatabase.ts'

export function resetCommand(): Command {
  return new Command('reset')
    .description('Deletes everything in the database and makes an empty one. The next start seeds it again.')
    .option('--yes', 'do not ask; needed where there is no terminal')
    .action(async (options: { yes?: true }) => {
      await withDatabase(async ({ db }, config) => {
        if (config.NODE_ENV === 'production')
          throw new OperatorError('A production database is not reset (NODE_ENV=production).')
        const where = config.DATABASE_URL ? `the database on ${new URL(config.DATABASE_URL).host}` : config.DATA_DIR
        if (!options.yes && !(await confirm(`Delete everything in ${where}?`))) {
          console.log('Nothing was changed.')
          return
        }
        await sql`drop schema public cascade`.execute(db)
        await sql`create schema public`.execute(db)
        await migrate(db)
        console.log('The database is new and empty.')
      })
    })
}

async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new OperatorError(`${question} There is no terminal to answer on: say --yes.`)
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} (yes/no) `)).trim())
  } finally {
    terminal.close()
  }
}
