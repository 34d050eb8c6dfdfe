import type { Database } from './database.ts'
import { databaseFault } from './errors.ts'

const attempts = 4

/** What to do after each running transaction is committed, by the transaction. */
const followUps = new WeakMap<Database, FollowUp[]>()

/** @param db outside the transaction, which is over */
type FollowUp = (db: Database) => void

/**
 * Runs a function in a transaction, and again if PostgreSQL aborts it because of a deadlock. Inside a transaction, it
 * simply becomes part of that.
 */
export async function inTransaction<Result>(db: Database, run: (trx: Database) => Promise<Result>): Promise<Result> {
  if (db.isTransaction) return await run(db)
  for (let attempt = 1; ; attempt++) {
    const after: FollowUp[] = []
    try {
      const result = await db.transaction().execute(async (trx) => {
        followUps.set(trx, after)
        return await run(trx)
      })
      for (const followUp of after) followUp(db)
      return result
    } catch (error) {
      if (attempt === attempts || databaseFault(error)?.kind !== 'deadlock') throw error
    }
  }
}

/**
 * Runs a function once a transaction is committed, and not at all if it is rolled back.
 *
 * @param trx a transaction of {@link inTransaction}
 * @param followUp must not throw
 */
export function afterCommit(trx: Database, followUp: FollowUp): void {
  const after = followUps.get(trx)
  if (!after) throw new TypeError('afterCommit needs a transaction of inTransaction')
  after.push(followUp)
}
