import type { Database } from './database.ts'
import { databaseFault } from './errors.ts'

const attempts = 4

/**
 * Runs something in a transaction; where two of them wait for each other PostgreSQL ends one, which is then run
 * again. Inside of a transaction it is simply a part of that.
 */
export async function inTransaction<Result>(db: Database, run: (trx: Database) => Promise<Result>): Promise<Result> {
  if (db.isTransaction) return await run(db)
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(run)
    } catch (error) {
      if (attempt === attempts || databaseFault(error)?.kind !== 'deadlock') throw error
    }
  }
}
