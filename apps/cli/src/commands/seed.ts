import { OperatorError } from '@worldloom/config'
import { migrate } from '@worldloom/db'
import { seedDemo } from '@worldloom/db/seed'
import { Command } from 'commander'
import { withDatabase } from '../openDatabase.ts'

export function seedCommand(): Command {
  return new Command('seed')
    .description('Puts in the demo people and their world, where there is nobody yet. Not in production.')
    .option('--json', 'print whether anything was put in as JSON')
    .action(async (options: { json?: true }) => {
      const seeded = await withDatabase(async ({ db }, config) => {
        // Rule 38: whoever could reach the local identity provider would be an administrator.
        if (config.NODE_ENV === 'production')
          throw new OperatorError('Demo people are not for production (NODE_ENV=production).')
        await migrate(db)
        return await seedDemo(db)
      })
      if (options.json) console.log(JSON.stringify({ seeded }))
      else
        console.log(
          seeded ? 'Seeded Ada, Mira, Theo and the Iron Coast.' : 'There are people already: nothing was changed.',
        )
    })
}
