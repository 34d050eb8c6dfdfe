import { explainToOperator } from '@worldloom/db'
import { Command, CommanderError } from 'commander'
import pc from 'picocolors'
import { migrateCommand } from './commands/migrate.ts'
import { resetCommand } from './commands/reset.ts'
import { seedCommand } from './commands/seed.ts'

/** The `worldloom` command. Exit codes: 0 done, 1 it failed, 2 it was called wrongly. */
const program = new Command('worldloom')
  .description('Operates a Worldloom: its database, for now.')
  .configureHelp({ showGlobalOptions: true })
  .addHelpText(
    'after',
    '\nEvery command uses the database of DATABASE_URL, or the embedded one in DATA_DIR, running or not.\nExit codes: 0 done, 1 it failed, 2 it was called wrongly.',
  )
  .exitOverride()

for (const command of [migrateCommand, seedCommand, resetCommand]) program.addCommand(command().exitOverride())

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
  else {
    console.error(`${pc.red('That failed.')} ${explainToOperator(error)}`)
    process.exitCode = 1
  }
}
