import { readdir, readFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { OperatorError } from '@worldloom/config'
import { type Kysely, sql } from 'kysely'
import { type Migration, type MigrationProvider, Migrator } from 'kysely/migration'
import pg from 'pg'

const migrationsDirectory = new URL('../migrations/', import.meta.url)

/** Runs `migrations/*.sql` in order of name. They are forward-only. */
class SqlFileProvider implements MigrationProvider {
  async getMigrations(): Promise<Record<string, Migration>> {
    const files = (await readdir(migrationsDirectory)).filter((file) => file.endsWith('.sql')).sort()
    return Object.fromEntries(
      files.map((file) => {
        const name = file.slice(0, -'.sql'.length)
        return [name, { up: (db) => runMigration(db, name) } satisfies Migration]
      }),
    )
  }
}

/** Whether a migration builds indexes while others write, which PostgreSQL does outside transactions only. */
function isConcurrent(name: string): boolean {
  return name.endsWith('.concurrently')
}

/** Runs the file of a migration. Those that are not concurrent have to be in a transaction. */
export async function runMigration(db: AnyDatabase, name: string): Promise<void> {
  const text = await readFile(new URL(`${name}.sql`, migrationsDirectory), 'utf8')
  if (!isConcurrent(name)) {
    // Whoever waits for a lock on a table makes everybody else wait behind it.
    await sql`select set_config('lock_timeout', ${lockTimeout}, true)`.execute(db)
    await sql.raw(text).execute(db)
    return
  }
  // One that was broken off is there, of no use, and in the way.
  const names = [...text.matchAll(/^create (?:unique )?index concurrently if not exists (\w+)/gm)].map(
    ([, index]) => index,
  )
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_index join pg_class on pg_class.oid = indexrelid
    where not indisvalid and relname = any (${names}::text[])`.execute(db)
  for (const { name: broken } of rows) await sql`drop index concurrently ${sql.id(broken)}`.execute(db)
  for (const statement of text.split(/;$/m)) {
    if (statement.replace(/^\s*--.*$/gm, '').trim() !== '') await sql.raw(statement).execute(db)
  }
}

/** For how long a migration waits for a lock. */
const lockTimeout = '2s'
/** How often it is tried again, each time a second later. */
const mostLockAttempts = 60

export class MigrationError extends OperatorError {
  override readonly name = 'MigrationError'
}

const mostAttempts = 50

// Migrations are independent of table types, and Kysely's migrator requires `any`.
// biome-ignore lint/suspicious/noExplicitAny: see above
type AnyDatabase = Kysely<any>

/** How far migrating is. */
export interface MigrationProgress {
  readonly migration: string
  readonly state: 'begun' | 'waiting for a lock' | 'building an index' | 'applied'
  /** Of an index, from 0 to 100. */
  readonly percent?: number
  readonly seconds: number
}

/**
 * Brings the schema up to date, each migration in its own transaction, except those that build indexes while others write. Servers
 * that start at the same time wait for each other.
 *
 * @param db with at least two connections
 * @returns the names of the migrations applied by this call
 * @throws {MigrationError} naming the migration that failed; those before it stay applied
 */
export async function migrate(
  db: AnyDatabase,
  onProgress: (progress: MigrationProgress) => void = () => undefined,
): Promise<string[]> {
  for (;;) {
    // Of a transaction, so that it holds behind a transaction pooler as well. Each attempt is one of its own, and none waits: building
    // an index concurrently waits for every transaction that has a snapshot at that moment.
    const applied = await db.transaction().execute(async (lock) => {
      const { rows } = await sql<{ isOurs: boolean }>`
        select pg_try_advisory_xact_lock(${migrationLock}) as "isOurs"`.execute(lock)
      if (!rows[0]?.isOurs) return undefined
      // Of the extended protocol the last statement keeps its snapshot until the next one; this one has none.
      await sql`set local idle_in_transaction_session_timeout = 0`.execute(lock)
      return await migrateAlone(db, onProgress)
    })
    if (applied) return applied
    await setTimeout(100)
  }
}

/** Any number that nobody else locks. */
const migrationLock = 4_187_302_115

async function migrateAlone(db: AnyDatabase, onProgress: (progress: MigrationProgress) => void): Promise<string[]> {
  const migrator = new Migrator({ db, provider: new SqlFileProvider() })
  const applied: string[] = []
  if (await isOfNewerVersion(db)) return applied
  const begun = performance.now()
  let lockAttempts = 0
  for (let attempt = 1; ; attempt++) {
    const [migration] = await pendingMigrations(db)
    const tell = (state: MigrationProgress['state'], percent?: number) => {
      if (migration === undefined) return
      const seconds = Math.round((performance.now() - begun) / 100) / 10
      onProgress({ migration, state, seconds, ...(percent !== undefined && { percent }) })
    }
    if (lockAttempts === 0) tell('begun')
    const concurrent = migration !== undefined && isConcurrent(migration)
    const watching = concurrent ? watchIndexes(db, (percent) => tell('building an index', percent)) : undefined
    const { error, results = [] } = await migrator.migrateUp({ disableTransactions: concurrent })
    clearInterval(watching)
    const failed = results.find((result) => result.status === 'Error')
    if (error && isLocked(error) && lockAttempts < mostLockAttempts) {
      lockAttempts++
      tell('waiting for a lock')
      await setTimeout(1000)
      continue
    }
    if (error && failed) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new MigrationError(`The migration ${failed.migrationName} failed: ${reason}`, { cause: error })
    }
    if (error && isBeingMigrated(error) && attempt < mostAttempts) {
      await setTimeout(100)
      continue
    }
    if (error) throw error
    if (results.length === 0) return applied
    tell('applied')
    attempt = 1
    lockAttempts = 0
    applied.push(...results.map((result) => result.migrationName))
  }
}

/**
 * Whether a newer version has migrated the database, as while servers are replaced one by one: this one still works with it
 * (CONTRIBUTING.md, Migrations), and may be started again, where Kysely would take what it does not know for damage.
 *
 * @throws {MigrationError} if the database lacks migrations of this version as well: it is of another branch
 */
async function isOfNewerVersion(db: AnyDatabase): Promise<boolean> {
  const migrations = await new Migrator({ db, provider: new SqlFileProvider() }).getMigrations()
  const known = migrations.map(({ name }) => name)
  const { rows: found } = await sql<{ hasTable: boolean }>`
    select to_regclass('kysely_migration') is not null as "hasTable"`.execute(db)
  if (!found[0]?.hasTable) return false
  const { rows } = await sql<{ name: string }>`
    select name from kysely_migration where name <> all (${known}::text[]) order by name`.execute(db)
  const [unknown] = rows
  if (!unknown) return false
  const pending = migrations.filter(({ executedAt }) => !executedAt).map(({ name }) => name)
  if (pending.length === 0) return true
  throw new MigrationError(
    `The database has ${unknown.name}, which this version does not know, and lacks ${pending[0]}, which it needs. ` +
      'They are not two versions of the same line: use the one that the database is of.',
  )
}

/** Says every two seconds how far the index is that is being built. */
function watchIndexes(db: AnyDatabase, tell: (percent: number) => void): NodeJS.Timeout {
  return setInterval(async () => {
    try {
      const { rows } = await sql<{ percent: number | null }>`
        select (100 * blocks_done / nullif(blocks_total, 0))::int as percent from pg_stat_progress_create_index
        where datname = current_database()`.execute(db)
      if (rows[0]?.percent != null) tell(rows[0].percent)
    } catch {
      // It is only told.
    }
  }, 2000).unref()
}

/** lock_not_available: somebody else works with the table. */
function isLocked(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '55P03'
}

/**
 * Kysely looks at every column before it takes its lock, which fails if another server drops one at that moment:
 * undefined_column, undefined_table, or internal_error for what is gone from the catalogs.
 */
function isBeingMigrated(error: unknown): boolean {
  return error instanceof pg.DatabaseError && ['42703', '42P01', 'XX000'].includes(error.code ?? '')
}

/** The names of migrations that this code has and the database lacks. */
export async function pendingMigrations(db: AnyDatabase): Promise<string[]> {
  const migrations = await new Migrator({ db, provider: new SqlFileProvider() }).getMigrations()
  return migrations.filter((migration) => !migration.executedAt).map((migration) => migration.name)
}
