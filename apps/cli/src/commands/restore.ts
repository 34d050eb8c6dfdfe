import { loadConfig, OperatorError } from '@worldloom/config'
import { Command, InvalidArgumentError } from 'commander'
import { z } from 'zod'
import { restoreBackup } from '../backups/backup.ts'
import { root } from '../openDatabase.ts'

export function restoreCommand(): Command {
  return new Command('restore')
    .description('Put a backup in the place of the embedded database and the images. Stop the server first.')
    .argument('<backup>', 'the directory of one backup')
    .option('--force', 'move aside what is there')
    .option(
      '--until <moment>',
      'restore everything that was committed up to a moment (2026-11-29T14:05:00Z, or latest), from the log archived in LOG_ARCHIVE_DIR',
      momentOf,
    )
    .option('--json', 'print what was restored as JSON')
    .action(async (backup: string, options: { force?: true; until?: Date | 'latest'; json?: true }) => {
      const config = loadConfig(root)
      if (config.DATABASE_URL) {
        throw new OperatorError('Backups are restored into the embedded database. Unset DATABASE_URL to do so.')
      }
      const { until } = options
      const { manifest, counts, aside } = await restoreBackup(config.DATA_DIR, backup, {
        force: options.force === true,
        until,
        logArchive: config.LOG_ARCHIVE_DIR,
      })
      if (options.json) console.log(JSON.stringify({ ...manifest, counts, aside }))
      else {
        const { users = 0, worlds = 0, entities = 0 } = counts
        const upTo =
          until === undefined ? '' : ` and the log up to ${until instanceof Date ? until.toISOString() : 'its end'}`
        console.log(
          `Restored the backup of ${manifest.finishedAt}${upTo}: ${users} users, ${worlds} worlds, ${entities} entries.`,
        )
        for (const each of aside) console.log(`What was there is in ${each}.`)
      }
    })
}

/** @throws {InvalidArgumentError} */
function momentOf(text: string): Date | 'latest' {
  if (text === 'latest') return text
  const { data } = z.iso.datetime({ offset: true }).safeParse(text)
  if (data === undefined) {
    throw new InvalidArgumentError(
      `--until takes a moment with its time zone, such as 2026-11-29T14:05:00Z, or latest.`,
    )
  }
  return new Date(data)
}
