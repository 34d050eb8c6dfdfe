import { OperatorError } from '@worldloom/config'
import { migrate } from '@worldloom/db'
import { largeTotal, seedDemo, seedLarge } from '@worldloom/db/seed'
import { ImageStore, storeDrawing } from '@worldloom/images'
import { seedIronCoast } from '@worldloom/worlds'
import { Command, Option } from 'commander'
import { withDatabase } from '../openDatabase.ts'
import { showProgress } from '../progress.ts'

export function seedCommand(): Command {
  return new Command('seed')
    .description('Add the demo people and their world to an empty database. Not in production.')
    .addOption(
      new Option('--size <size>', 'large: also a world of a million entries, for benchmarks')
        .choices(['demo', 'large'])
        .default('demo'),
    )
    .option('--json', 'print whether anything was added as JSON')
    .action(async (options: { size: 'demo' | 'large'; json?: true }) => {
      const seeded = await withDatabase(async ({ db }, config) => {
        // Rule 38: anybody who can reach the local identity provider would be an administrator.
        if (config.NODE_ENV === 'production')
          throw new OperatorError('Demo people cannot be added in production (NODE_ENV=production).')
        await migrate(db)
        const images = new ImageStore(config)
        const demo = await seedDemo(db, (trx, ids) =>
          seedIronCoast(trx, ids, (svg, worldId) => storeDrawing(images, svg, worldId)),
        )
        return options.size === 'large' ? await withProgress(db) : demo
      })
      if (options.json) console.log(JSON.stringify({ seeded }))
      else
        console.log(
          seeded
            ? options.size === 'large'
              ? 'Seeded the Long Shelf, a world of a million entries.'
              : 'Seeded Ada, Mira, Theo and the Iron Coast.'
            : 'There are people already: nothing was changed.',
        )
    })
}

async function withProgress(db: Parameters<typeof seedLarge>[0]): Promise<boolean> {
  const progress = showProgress('Seeding', largeTotal)
  try {
    return (await seedLarge(db, progress.advance)) !== undefined
  } finally {
    progress.stop()
  }
}
