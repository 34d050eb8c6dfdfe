import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Cluster } from './cluster.ts'

const archiveScript = 'worldloom-archive.sh'
const fetchScript = 'worldloom-fetch.sh'

/** After how many seconds what was written is archived, even if a file of the log is not full. */
const archiveTimeout = 60

/**
 * Has a server keep its log in a directory, so that a backup can be recovered up to any moment since.
 *
 * A file appears there under its name when all of it is there. One that is there already is only accepted if it is the same.
 *
 * @param archive an absolute path, made if it is missing
 * @returns the server's settings
 * @see https://www.postgresql.org/docs/current/continuous-archiving.html#BACKUP-ARCHIVING-WAL
 */
export async function archiveLog(cluster: Cluster, archive: string): Promise<Record<string, string>> {
  await mkdir(archive, { recursive: true, mode: 0o700 })
  await cluster.account.own(archive)
  await writeScript(
    cluster,
    archiveScript,
    `target=${quoted(archive)}/"$2".gz
if [ -e "$target" ]; then gzip -dc "$target" | cmp -s - "$1"; exit; fi
gzip -c "$1" > "$target.part" && mv "$target.part" "$target"`,
  )
  return {
    archive_mode: 'on',
    archive_command: `sh ${archiveScript} "%p" "%f"`,
    archive_timeout: String(archiveTimeout),
  }
}

export interface RecoveryTarget {
  /** The moment up to which what was committed is wanted; `latest` for everything there is. */
  readonly until: Date | 'latest'
  /** Where the log was archived. */
  readonly archive: string
  /** Where files of the log are that were not archived yet: the `pg_wal` of a database that was moved aside. */
  readonly unarchived?: string | undefined
}

/**
 * Has a server that is started on a copy of a backup recover it from the archived log, and then begin a log of its own.
 *
 * @returns the server's settings
 * @see https://www.postgresql.org/docs/current/continuous-archiving.html#BACKUP-PITR-RECOVERY
 */
export async function recoverFromLog(cluster: Cluster, target: RecoveryTarget): Promise<Record<string, string>> {
  const unarchived = target.unarchived
    ? `\nif [ -e ${quoted(target.unarchived)}/"$1" ]; then cp ${quoted(target.unarchived)}/"$1" "$2"; exit; fi`
    : ''
  await writeScript(
    cluster,
    fetchScript,
    `source=${quoted(target.archive)}/"$1".gz
if [ -e "$source" ]; then gzip -dc "$source" > "$2"; exit; fi${unarchived}
exit 1`,
  )
  const signal = path.join(cluster.directory, 'recovery.signal')
  await writeFile(signal, '', { mode: 0o600 })
  await cluster.account.own(signal)
  return {
    restore_command: `sh ${fetchScript} "%f" "%p"`,
    recovery_target_action: 'promote',
    // Nobody is let in before all of it is there: otherwise it could be stopped halfway.
    hot_standby: 'off',
    ...(target.until !== 'latest' && { recovery_target_time: target.until.toISOString().replace('Z', '+00') }),
  }
}

/**
 * Removes what no backup needs any more.
 *
 * @param first the file of the log that the oldest backup begins with
 * @returns how many files
 */
export async function pruneLogArchive(archive: string, first: string): Promise<number> {
  let count = 0
  for (const name of await readdir(archive)) {
    // Without the timeline, which changes when a backup is restored.
    if (!/^[0-9A-F]{24}\.gz$/.test(name) || name.slice(8, 24) >= first.slice(8)) continue
    await rm(path.join(archive, name))
    count++
  }
  return count
}

/** In the directory of the database, where PostgreSQL runs its commands: so that no path has to be quoted twice. */
async function writeScript(cluster: Cluster, name: string, text: string): Promise<void> {
  const file = path.join(cluster.directory, name)
  await writeFile(file, `${text}\n`, { mode: 0o600 })
  await cluster.account.own(file)
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
