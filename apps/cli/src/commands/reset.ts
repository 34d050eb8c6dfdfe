import { createInterface } from 'node:readline/promises'
import { hostsOf, OperatorError } from '@worldloom/config'
import { migrate } from '@worldloom/db'
import { Command } from 'commander'
import { sql } from 'kysely'
import { withDatabase } from '../openDatabase.ts'

export function resetCommand(): Command {
  return new Command('reset')
    .description('Delete everything in the database and create an empty one. The next start seeds it again.')
    .option('--yes', 'do not ask (required without a terminal)')
    .action(async (options: { yes?: true }) => {
      await withDatabase(async ({ db }, config) => {
        if (config.NODE_ENV === 'production')
          throw new OperatorError('A production database cannot be reset (NODE_ENV=production).')
        const where = config.DATABASE_URL ? `the database on ${hostsOf(config.DATABASE_URL)}` : config.DATA_DIR
        if (!options.yes && !(await confirm(`Delete everything in ${where}?`))) {
          console.log('Nothing was changed.')
          return
        }
        // pg-boss has one of its own.
        await sql`drop schema if exists pgboss cascade`.execute(db)
        await sql`drop schema public cascade`.execute(db)
        await sql`create schema public`.execute(db)
        await migrate(db)
        console.log('The database is new and empty.')
      })
    })
}

async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new OperatorError(`${question} There is no terminal to ask on; use --yes.`)
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} (yes/no) `)).trim())
  } finally {
    terminal.close()
  }
}
