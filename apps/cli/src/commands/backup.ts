import os from 'node:os'
import { loadConfig, OperatorError } from '@worldloom/config'
import { Command, InvalidArgumentError } from 'commander'
import { sql } from 'kysely'
import { makeBackup, pruneBackups } from '../backups/backup.ts'
import { root, withDatabase } from '../openDatabase.ts'

/** Of Unix’s niceness: a third of what others get. */
const backupPriority = 5

export function backupCommand(): Command {
  return new Command('backup')
    .description('Back up the embedded database and the images, while people work, and try the backup out.')
    .argument('<directory>', 'where backups are kept; each gets a directory of its own')
    .option(
      '--keep <number>',
      'delete all but the newest backups there, and the archived log that only these needed',
      wholeNumber,
    )
    .option('--json', 'print where it is and what is in it as JSON')
    .action(async (into: string, options: { keep?: number; json?: true }) => {
      const config = loadConfig(root)
      if (config.DATABASE_URL) {
        throw new OperatorError(await adviceFor())
      }
      // Others come first, also before the server that this process starts to try it out. Not so far that a busy machine never gets to it.
      os.setPriority(backupPriority)
      const imagesElsewhere = config.S3_BUCKET !== undefined
      const { directory, manifest } = await withDatabase(() =>
        makeBackup({ dataDir: config.DATA_DIR, into, imagesElsewhere }),
      )
      const { keep } = options
      const pruned = keep && (await pruneBackups(into, { keep, logArchive: config.LOG_ARCHIVE_DIR }))
      if (options.json) console.log(JSON.stringify({ directory, ...manifest, ...(pruned && { pruned }) }))
      else {
        const { users = 0, worlds = 0, entities = 0 } = manifest.counts
        const megabytes = Math.round(manifest.bytes / 1024 / 1024)
        console.log(
          `Wrote ${directory} (${megabytes} MB). A server was started on it: ${users} users, ${worlds} worlds, ${entities} entries.`,
        )
        if (pruned) console.log(`Deleted ${pruned.backups} older backups and ${pruned.logFiles} files of the log.`)
        if (imagesElsewhere) console.log('Images are in S3 and not in it: keep versions there.')
        if (!config.APP_SECRET)
          console.log('It holds the secret that keys are encrypted with. Keep it as safe as the database.')
      }
    })
}

/** @throws {InvalidArgumentError} */
function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('It has to be a number from 1 to 9999.')
  return Number(text)
}

/** What to use for a PostgreSQL of one's own, and whether anything of it can be seen there. */
async function adviceFor(): Promise<string> {
  const seen = await withDatabase(async ({ db }) => {
    const { rows } = await sql<{ archiving: string; last: Date | null; replicas: number }>`
      select current_setting('archive_mode') as archiving, last_archived_time as last,
        (select count(*)::int from pg_stat_replication) as replicas
      from pg_stat_archiver`.execute(db)
    return rows[0]
  })
  const archiving =
    seen?.archiving === 'off'
      ? 'It does not archive its log at the moment (archive_mode is off).'
      : `It archives its log, last at ${seen?.last?.toISOString() ?? 'no time yet'}.`
  return (
    'The database of DATABASE_URL is not ours to back up: use what its operator provides, or pgBackRest, or pg_basebackup with an archived log ' +
    `(https://www.postgresql.org/docs/current/continuous-archiving.html). ${archiving}` +
    (seen && seen.replicas > 0 ? ` It has ${seen.replicas} replicas, which are no backups.` : '')
  )
}
