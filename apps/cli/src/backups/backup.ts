import { access, cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { OperatorError } from '@worldloom/config'
import { createDatabase, type Database, pendingMigrations } from '@worldloom/db'
import {
  backUpEmbedded,
  isEmbeddedRunning,
  pruneLogArchive,
  restoreEmbedded,
  tryEmbeddedBackup,
} from '@worldloom/db/embedded'
import { sql } from 'kysely'
import { z } from 'zod'

/** What a backup says of itself. */
const manifestSchema = z.object({
  format: z.literal('worldloom-backup'),
  version: z.literal(1),
  startedAt: z.string(),
  finishedAt: z.string(),
  files: z.int(),
  bytes: z.int(),
  /** Rows of the most important tables, as a server that was started on the backup counted them. */
  counts: z.record(z.string(), z.int()),
  images: z.enum(['here', 'elsewhere']),
  /** The file of the database’s log that it begins with. */
  firstLog: z.string().optional(),
})
export type Manifest = z.output<typeof manifestSchema>

const counted = ['users', 'worlds', 'entities', 'changes'] as const

interface BackupOptions {
  /** DATA_DIR. */
  readonly dataDir: string
  /** Where backups are kept: each gets a directory of its own. */
  readonly into: string
  /** Whether images are in S3, which has to be backed up by itself. */
  readonly imagesElsewhere: boolean
}

/**
 * Writes a backup of the embedded database and the images, while people work, and tries it out.
 *
 * @returns where it is, and what it says of itself
 * @throws {OperatorError} if no server starts on it
 */
export async function makeBackup({
  dataDir,
  into,
  imagesElsewhere,
}: BackupOptions): Promise<{ directory: string; manifest: Manifest }> {
  const startedAt = new Date()
  const name = startedAt.toISOString().replace(/[:.]/g, '-')
  const directory = path.resolve(into, name)
  // A backup that was broken off must not look like one.
  const making = `${directory}.making`
  await mkdir(making, { recursive: true })
  try {
    const { files, bytes, firstLog } = await backUpEmbedded(
      path.resolve(dataDir, 'postgres'),
      path.join(making, 'postgres'),
    )
    // After the database: every image that it has is there by then.
    await copyIfThere(path.resolve(dataDir, 'images'), path.join(making, 'images'))
    // What keys of this installation are encrypted with, if APP_SECRET is not set.
    await copyIfThere(path.resolve(dataDir, 'app-secret'), path.join(making, 'app-secret'))
    const counts = await tryEmbeddedBackup(path.join(making, 'postgres'), countRows)
    const manifest: Manifest = {
      format: 'worldloom-backup',
      version: 1,
      startedAt: startedAt.toISOString(),
      finishedAt: new Date().toISOString(),
      files,
      bytes,
      counts,
      images: imagesElsewhere ? 'elsewhere' : 'here',
      firstLog,
    }
    await writeFile(path.join(making, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
    await rename(making, directory)
    await writeFile(lastBackupFile(dataDir), `${JSON.stringify({ directory, finishedAt: manifest.finishedAt })}\n`)
    return { directory, manifest }
  } catch (error) {
    await rm(making, { recursive: true, force: true })
    throw error
  }
}

async function countRows(url: string): Promise<Record<string, number>> {
  const database = createDatabase(url, { poolSize: 1, statementTimeout: 600 })
  try {
    const pending = await pendingMigrations(database.db)
    const counts: Record<string, number> = {}
    for (const table of counted) counts[table] = await countOf(database.db, table)
    if (pending.length > 0) counts.pendingMigrations = pending.length
    return counts
  } finally {
    await database.close()
  }
}

async function countOf(db: Database, table: (typeof counted)[number]): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::float8 as count from ${sql.table(table)}`.execute(db)
  return rows[0]?.count ?? 0
}

/**
 * Deletes all backups but the newest, and what of the archived log only these needed.
 *
 * @returns how many backups and how many files of the log
 */
export async function pruneBackups(
  from: string,
  { keep, logArchive }: { readonly keep: number; readonly logArchive: string | undefined },
): Promise<{ backups: number; logFiles: number }> {
  const found: { directory: string; manifest: Manifest }[] = []
  for (const name of (await readdir(from)).sort()) {
    const directory = path.join(from, name)
    // What is no backup is not ours to delete.
    const manifest = await readManifest(directory).catch(() => undefined)
    if (manifest) found.push({ directory, manifest })
  }
  const old = found.slice(0, -keep)
  for (const { directory } of old) await rm(directory, { recursive: true, force: true })
  const first = found.at(-keep)?.manifest.firstLog ?? found[0]?.manifest.firstLog
  const logFiles = logArchive && first ? await pruneLogArchive(logArchive, first) : 0
  return { backups: old.length, logFiles }
}

interface RestoreOptions {
  /** Moves what is there aside, instead of refusing. */
  readonly force: boolean
  /** Up to when; undefined for when the backup was finished. */
  readonly until?: Date | 'latest' | undefined
  /** Where the database’s log was archived. */
  readonly logArchive?: string | undefined
}

/**
 * Puts a backup in the place of the embedded database and the images.
 *
 * @returns where what was there is now
 * @throws {OperatorError} if there is something already, a server runs, or it is no backup
 */
export async function restoreBackup(
  dataDir: string,
  backup: string,
  { force, until, logArchive }: RestoreOptions,
): Promise<{ manifest: Manifest; counts: Record<string, number>; aside: string[] }> {
  const manifest = await readManifest(backup)
  if (until !== undefined && logArchive === undefined) {
    throw new OperatorError(
      'A moment can be restored only from an archived log. Say where it is, with LOG_ARCHIVE_DIR.',
    )
  }
  if (until instanceof Date && until < new Date(manifest.finishedAt)) {
    throw new OperatorError(
      `The backup was finished later, at ${manifest.finishedAt}. Choose one from before that moment.`,
    )
  }
  const database = path.resolve(dataDir, 'postgres')
  if (await isEmbeddedRunning(database)) {
    throw new OperatorError(`Worldloom runs on ${path.resolve(dataDir)}. Stop it first.`)
  }
  const parts = ['postgres', 'images', 'app-secret'].map((part) => ({
    from: path.join(backup, part),
    to: path.resolve(dataDir, part),
  }))
  const there: string[] = []
  for (const { to } of parts) if (await isThere(to)) there.push(to)
  if (there.length > 0 && !force) {
    throw new OperatorError(
      `There is data in ${path.resolve(dataDir)} already (${there.map((each) => path.basename(each)).join(', ')}). ` +
        'Use --force to move it aside and restore the backup in its place.',
    )
  }
  await mkdir(path.resolve(dataDir), { recursive: true })
  const suffix = `.before-${new Date().toISOString().replace(/[:.]/g, '-')}`
  const aside: string[] = []
  let counts: Record<string, number> = {}
  /** Where there is nothing, or nothing any more, that is not of the backup. */
  const free = new Set(parts.map(({ to }) => to).filter((to) => !there.includes(to)))
  try {
    for (const each of there) {
      await rename(each, `${each}${suffix}`)
      aside.push(`${each}${suffix}`)
      free.add(each)
    }
    for (const { from, to } of parts.slice(1)) await copyIfThere(from, to)
    const target = until !== undefined &&
      logArchive !== undefined && {
        until,
        archive: path.resolve(logArchive),
        // What the database that was there had not archived yet.
        unarchived: there.includes(database) ? path.join(`${database}${suffix}`, 'pg_wal') : undefined,
      }
    await restoreEmbedded(path.join(backup, 'postgres'), database, target || undefined, async (url) => {
      counts = await countRows(url)
      if (target) return
      const missing = Object.entries(manifest.counts).filter(([table, count]) => counts[table] !== count)
      if (missing.length === 0) return
      throw new OperatorError(
        `The backup is damaged: ${missing.map(([table, count]) => `it should have ${count} ${table}, and has ${counts[table] ?? 0}`).join('; ')}.`,
      )
    })
  } catch (error) {
    // As it was. What could not be moved aside is still there.
    for (const to of free) await rm(to, { recursive: true, force: true })
    for (const each of aside) await rename(each, each.slice(0, -suffix.length))
    if (until instanceof Date && error instanceof Error && error.message.includes('recovery ended before')) {
      throw new OperatorError(
        `The archived log ends before ${until.toISOString()}. Use --until latest for everything that it has.`,
        { cause: error },
      )
    }
    throw error
  }
  return { manifest, counts, aside }
}

async function readManifest(backup: string): Promise<Manifest> {
  const text = await readFile(path.join(backup, 'manifest.json'), 'utf8').catch(() => undefined)
  const manifest = manifestSchema.safeParse(text === undefined ? undefined : parsed(text))
  if (manifest.success) return manifest.data
  throw new OperatorError(
    `${path.resolve(backup)} is no backup of Worldloom: it has no manifest.json that can be read. Give the directory of one backup, not the one that holds all.`,
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // It is refused by its shape.
    return undefined
  }
}

/** When the last backup was made; undefined if there was none. */
export async function lastBackup(dataDir: string): Promise<{ directory: string; finishedAt: Date } | undefined> {
  const text = await readFile(lastBackupFile(dataDir), 'utf8').catch(() => undefined)
  const known = z
    .object({ directory: z.string(), finishedAt: z.coerce.date() })
    .safeParse(text === undefined ? undefined : parsed(text))
  return known.success ? known.data : undefined
}

const lastBackupFile = (dataDir: string) => path.resolve(dataDir, 'last-backup.json')

async function copyIfThere(from: string, to: string): Promise<void> {
  if (await isThere(from)) await cp(from, to, { recursive: true, preserveTimestamps: true })
}

async function isThere(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  )
}
