import { constants } from 'node:fs'
import { chmod, copyFile, mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { EmbeddedServerError } from './account.ts'
import { embeddedBinaries } from './binaries.ts'
import { type Cluster, findServer, lastWords, openCluster, serverUrl, startServer, stopServer } from './cluster.ts'
import { type RecoveryTarget, recoverFromLog } from './logArchive.ts'

/** What is not part of a base backup. @see https://www.postgresql.org/docs/current/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP-DATA */
const leftOut = new Set([
  ...['postmaster.pid', 'postmaster.opts', 'server.log', 'backup_label', 'tablespace_map', 'pg_internal.init'],
  ...['recovery.signal', 'standby.signal'],
])
/** Directories whose contents belong to the running server. */
const leftEmpty = new Set([
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_subtrans',
  'pg_stat_tmp',
])

export interface BackedUp {
  /** How many files, and bytes in them. */
  readonly files: number
  readonly bytes: number
  /** The file of the log that it begins with: it and what comes after are needed to recover from it. */
  readonly firstLog: string
}

/**
 * Writes a base backup of the embedded database while it runs and others write: its files, and the log that makes them consistent.
 * The server must be running.
 *
 * @param source the directory of the database
 * @param target a directory that is not there yet
 * @throws {EmbeddedServerError}
 * @see https://www.postgresql.org/docs/current/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP
 */
export async function backUpEmbedded(source: string, target: string): Promise<BackedUp> {
  const cluster = await openCluster(source, await embeddedBinaries())
  const running = await findServer(cluster)
  if (!running) throw new EmbeddedServerError(`No server runs on ${source}.`)
  const client = new pg.Client({ connectionString: serverUrl(cluster, running.port, 'postgres') })
  await client.connect()
  const counted = { files: 0, bytes: 0 }
  try {
    // The log from here on is kept for as long as this connection is open.
    await client.query(`select pg_create_physical_replication_slot($1, true, true)`, [
      `worldloom_backup_${process.pid}`,
    ])
    const { rows } = await client.query("select pg_walfile_name(pg_backup_start('worldloom', true)) as first")
    const unflushed: string[] = []
    await copyTree(cluster, source, target, counted, { isWanted: belongsToBackup, unflushed })
    const { rows: ended } = await client.query('select labelfile, spcmapfile from pg_backup_stop(false)')
    await writeOwned(cluster, path.join(target, 'backup_label'), ended[0].labelfile)
    unflushed.push(path.join(target, 'backup_label'))
    if (ended[0].spcmapfile.trim() !== '') {
      throw new EmbeddedServerError(`${source} has tablespaces, which a backup does not take along.`)
    }
    const first: string = rows[0].first
    for (const name of (await readdir(path.join(source, 'pg_wal'))).sort()) {
      if (!/^[0-9A-F]{24}$/.test(name) || name.slice(8) < first.slice(8)) continue
      await copyOwned(cluster, path.join(source, 'pg_wal', name), path.join(target, 'pg_wal', name), counted, unflushed)
    }
    await flushAll(unflushed)
    return { ...counted, firstLog: first }
  } finally {
    await client.end()
  }
}

/** @param relative the path from the data directory on */
function belongsToBackup(relative: string, isDirectory: boolean): boolean {
  const [top = ''] = relative.split(path.sep)
  const name = path.basename(relative)
  if (leftOut.has(name) || name.startsWith('pgsql_tmp')) return false
  // Slots are directories, and not taken along.
  return !leftEmpty.has(top) || relative === top || (isDirectory && top === 'pg_wal')
}

interface CopyOptions {
  /** @param relative the path from the directory on @default everything */
  readonly isWanted?: (relative: string, isDirectory: boolean) => boolean
  /** Where copies are kept that are to be flushed later; undefined if they need not last. Large ones are flushed at once. */
  readonly unflushed?: string[] | undefined
}

/** Copies a directory, or what of it is wanted. */
async function copyTree(
  cluster: Cluster,
  source: string,
  target: string,
  counted: { files: number; bytes: number },
  { isWanted = () => true, unflushed }: CopyOptions = {},
  relative = '',
): Promise<void> {
  await mkdir(path.join(target, relative), { mode: 0o700 })
  await cluster.account.own(path.join(target, relative))
  for (const entry of await readdir(path.join(source, relative), { withFileTypes: true })) {
    const inside = path.join(relative, entry.name)
    if (!isWanted(inside, entry.isDirectory())) continue
    if (entry.isDirectory()) await copyTree(cluster, source, target, counted, { isWanted, unflushed }, inside)
    else if (entry.isFile()) {
      await copyOwned(cluster, path.join(source, inside), path.join(target, inside), counted, unflushed)
    }
  }
}

async function copyOwned(
  cluster: Cluster,
  from: string,
  to: string,
  counted: { files: number; bytes: number },
  unflushed: string[] | undefined,
): Promise<void> {
  try {
    // Shares the blocks where the file system can.
    await copyFile(from, to, constants.COPYFILE_FICLONE)
  } catch (error) {
    // Tables are dropped and temporary files removed meanwhile; the log knows.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return
    throw error
  }
  await chmod(to, 0o600)
  await cluster.account.own(to)
  const { size } = await stat(to)
  counted.files++
  counted.bytes += size
  if (size >= largeFile) await (unflushed && flush(to))
  else unflushed?.push(to)
}

/** What is as large as this is flushed as soon as it is copied: what piles up to be written makes the commits of others wait for all of it. */
const largeFile = 1024 * 1024
/** How many small files are flushed at a time, which the file system does together. */
const flushedAtOnce = 16

/** A backup has to outlast a loss of power. */
async function flushAll(files: readonly string[]): Promise<void> {
  const left = [...files]
  const flushNext = async () => {
    for (let file = left.pop(); file !== undefined; file = left.pop()) await flush(file)
  }
  await Promise.all(Array.from({ length: flushedAtOnce }, flushNext))
}

async function flush(file: string): Promise<void> {
  const opened = await open(file, 'r+')
  try {
    await opened.datasync()
  } finally {
    await opened.close()
  }
}

async function writeOwned(cluster: Cluster, file: string, text: string): Promise<void> {
  await writeFile(file, text, { mode: 0o600 })
  await cluster.account.own(file)
}

/**
 * Starts a server on a copy of a backup, and ends it again: a backup that nobody has started a server on is none.
 *
 * @param ask asks the database what it is to be asked
 * @throws {EmbeddedServerError} if it does not start
 */
export async function tryEmbeddedBackup<Answer>(
  backup: string,
  ask: (url: string) => Promise<Answer>,
): Promise<Answer> {
  // Beside it, where there is as much room as there was for the backup.
  const scratch = await mkdtemp(`${backup}.trying-`)
  try {
    return await recoverInto(backup, path.join(scratch, 'postgres'), { fsync: 'off' }, undefined, ask)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/**
 * Puts a backup in the place of the embedded database, and recovers it.
 *
 * @param backup as {@link backUpEmbedded} wrote it
 * @param directory where the database belongs: not there, or moved away by whoever calls this
 * @param target up to when; @default when the backup was finished
 * @param check looks at what was recovered, and throws if it is not what it should be: then nothing is put in place
 * @throws {EmbeddedServerError} if it is no backup, or no server starts on it
 */
export async function restoreEmbedded(
  backup: string,
  directory: string,
  target: RecoveryTarget | undefined,
  check: (url: string) => Promise<void>,
): Promise<void> {
  const making = await mkdtemp(`${directory}.restoring-`)
  try {
    const copy = path.join(making, 'postgres')
    await recoverInto(backup, copy, {}, target, check)
    await rename(copy, directory)
  } finally {
    await rm(making, { recursive: true, force: true })
  }
}

/** For how many seconds a log may be recovered: a day. */
const recoveryTimeout = 86_400

/** Copies a backup, starts a server on the copy, which recovers it, asks it something, and ends it. */
async function recoverInto<Answer>(
  backup: string,
  copy: string,
  settings: Readonly<Record<string, string>>,
  target: RecoveryTarget | undefined,
  ask: (url: string) => Promise<Answer>,
): Promise<Answer> {
  const binaries = await embeddedBinaries()
  const version = await readFile(path.join(backup, 'PG_VERSION'), 'utf8').catch(() => undefined)
  // Opening a directory that is not there would make a new database.
  if (version === undefined)
    throw new EmbeddedServerError(`${backup} is not a PostgreSQL data directory: it has no PG_VERSION.`)
  const original = await openCluster(backup, binaries)
  await original.account.own(path.dirname(copy))
  await copyTree(original, backup, copy, { files: 0, bytes: 0 })
  const cluster = await openCluster(copy, binaries)
  const recovering = target && (await recoverFromLog(cluster, target))
  await startServer(cluster, { ...settings, ...recovering }, undefined, recovering && recoveryTimeout)
  try {
    const running = await findServer(cluster)
    if (!running) {
      throw new EmbeddedServerError(`No server starts on the backup in ${backup}. ${await lastWords(cluster)}`)
    }
    return await ask(serverUrl(cluster, running.port, 'worldloom'))
  } finally {
    await stopServer(cluster)
  }
}

/** Whether a server runs on the embedded database of a directory. */
export async function isEmbeddedRunning(directory: string): Promise<boolean> {
  const lock = await readFile(path.join(directory, 'postmaster.pid'), 'utf8').catch(() => undefined)
  if (lock === undefined) return false
  return (await findServer(await openCluster(directory, await embeddedBinaries()))) !== undefined
}
