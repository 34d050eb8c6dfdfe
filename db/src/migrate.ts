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
      files.map((file) => [
        file.slice(0, -'.sql'.length),
        {
          async up(db) {
            await sql.raw(await readFile(new URL(file, migrationsDirectory), 'utf8')).execute(db)
          },
        } satisfies Migration,
      ]),
    )
  }
}

export class MigrationError extends OperatorError {
  override readonly name = 'MigrationError'
}

const mostAttempts = 50

// Migrations are independent of table types, and Kysely's migrator requires `any`.
// biome-ignore lint/suspicious/noExplicitAny: see above
type AnyDatabase = Kysely<any>

/**
 * Brings the schema up to date, each migration in its own transaction, under Kysely's lock: servers that start at the
 * same time wait for each other.
 *
 * @returns the names of the migrations applied by this call
 * @throws {MigrationError} naming the migration that failed; those before it stay applied
 */
export async function migrate(db: AnyDatabase): Promise<string[]> {
  const migrator = new Migrator({ db, provider: new SqlFileProvider() })
  const applied: string[] = []
  for (let attempt = 1; ; attempt++) {
    const { error, results = [] } = await migrator.migrateUp()
    const failed = results.find((result) => result.status === 'Error')
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
    attempt = 1
    applied.push(...results.map((result) => result.migrationName))
  }
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
