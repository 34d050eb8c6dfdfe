import { sql } from 'kysely'
import { type Database, pipelineOf } from './database.ts'
import { databaseFault } from './errors.ts'

const attempts = 4

/** A transaction that is running. */
interface Running {
  /** Whether its connection takes a statement while another one runs. */
  readonly isPipelined: boolean
  /** The last statements, whose results nobody waits for before the commit. */
  readonly last: Promise<unknown>[]
  /** What to do after it is committed. */
  readonly followUps: ((db: Database) => void)[]
}

const running = new WeakMap<Database, Running>()

/**
 * Runs a function in a transaction, and again if PostgreSQL aborts it because of a deadlock. Inside a transaction, it
 * simply becomes part of that.
 */
export async function inTransaction<Result>(db: Database, run: (trx: Database) => Promise<Result>): Promise<Result> {
  if (db.isTransaction) return await run(db)
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptTransaction(db, run)
    } catch (error) {
      if (attempt === attempts || databaseFault(error)?.kind !== 'deadlock') throw error
    }
  }
}

async function attemptTransaction<Result>(db: Database, run: (trx: Database) => Promise<Result>): Promise<Result> {
  const last: Promise<unknown>[] = []
  const followUps: ((db: Database) => void)[] = []
  try {
    const result = await db.transaction().execute(async (trx) => {
      running.set(trx, { isPipelined: pipelineOf(db) !== undefined, last, followUps })
      return await run(trx)
    })
    // If one of them failed, the commit was a rollback.
    await Promise.all(last)
    for (const followUp of followUps) followUp(db)
    return result
  } catch (error) {
    // What came after a statement that failed failed because of it.
    await Promise.all(last)
    throw error
  }
}

/**
 * Runs a function and takes back what it wrote, to see whether it could be done.
 *
 * @throws what the function throws
 */
export async function tryOut<Result>(db: Database, run: (trx: Database) => Promise<Result>): Promise<Result> {
  return await inTransaction(db, async (trx) => {
    const { last, followUps } = runningOf(trx)
    const [lastBefore, followUpsBefore] = [last.length, followUps.length]
    await sql`savepoint tried_out`.execute(trx)
    try {
      const result = await run(trx)
      await Promise.all(last.slice(lastBefore))
      return result
    } finally {
      last.splice(lastBefore)
      followUps.splice(followUpsBefore)
      await sql`rollback to savepoint tried_out`.execute(trx)
    }
  })
}

/**
 * Runs a statement whose result nobody needs, at the end of a transaction: the commit is sent right after it, without
 * waiting for its result. If it fails, so does the transaction.
 *
 * @param trx a transaction of {@link inTransaction}
 */
export async function runLast(trx: Database, statement: () => Promise<unknown>): Promise<void> {
  const { isPipelined, last } = runningOf(trx)
  const result = statement()
  if (!isPipelined) {
    await result
    return
  }
  // It is looked at when the transaction ends.
  result.catch(() => undefined)
  last.push(result)
}

/**
 * Runs a function once a transaction is committed, and not at all if it is rolled back.
 *
 * @param trx a transaction of {@link inTransaction}
 * @param followUp receives the database outside the transaction, and must not throw
 */
export function afterCommit(trx: Database, followUp: (db: Database) => void): void {
  runningOf(trx).followUps.push(followUp)
}

function runningOf(trx: Database): Running {
  const found = running.get(trx)
  if (!found) throw new TypeError('not a transaction of inTransaction')
  return found
}
