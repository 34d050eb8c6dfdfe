import { migrate } from '@worldloom/db'
import { Command } from 'commander'
import { withDatabase } from '../openDatabase.ts'

export function migrateCommand(): Command {
  return new Command('migrate')
    .description('Migrate the database to the current version. Safe while servers start: they wait for each other.')
    .option('--json', 'print what was applied as JSON')
    .action(async (options: { json?: true }) => {
      const applied = await withDatabase(({ db }) =>
        migrate(db, ({ migration, state, percent, seconds }) => {
          if (options.json || state === 'begun') return
          console.error(`${migration}: ${state}${percent === undefined ? '' : ` (${percent} %)`}, after ${seconds} s`)
        }),
      )
      if (options.json) console.log(JSON.stringify({ applied }))
      else console.log(applied.length > 0 ? `Applied ${applied.join(', ')}.` : 'The database is up to date.')
    })
}
