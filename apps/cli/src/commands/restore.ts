import { loadConfig, OperatorError } from '@worldloom/config'
import { Command } from 'commander'
import { restoreBackup } from '../backups/backup.ts'
import { root } from '../openDatabase.ts'

export function restoreCommand(): Command {
  return new Command('restore')
    .description('Put a backup in the place of the embedded database and the images. Stop the server first.')
    .argument('<backup>', 'the directory of one backup')
    .option('--force', 'move aside what is there')
    .option('--json', 'print what was restored as JSON')
    .action(async (backup: string, options: { force?: true; json?: true }) => {
      const config = loadConfig(root)
      if (config.DATABASE_URL) {
        throw new OperatorError('Backups are restored into the embedded database. Unset DATABASE_URL to do so.')
      }
      const { manifest, aside } = await restoreBackup(config.DATA_DIR, backup, { force: options.force === true })
      if (options.json) console.log(JSON.stringify({ ...manifest, aside }))
      else {
        const { users = 0, worlds = 0, entities = 0 } = manifest.counts
        console.log(
          `Restored the backup of ${manifest.finishedAt}: ${users} users, ${worlds} worlds, ${entities} entries.`,
        )
        for (const each of aside) console.log(`What was there is in ${each}.`)
      }
    })
}
