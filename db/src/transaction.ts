import type { Database } from './database.ts'
import { databaseFault } from './errors.ts'

const attempts = 4

/**
 * Runs a function in a transaction, and again if PostgreSQL aborts it because of a deadlock. Inside a transaction, it
 * simply becomes part of that.
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
