import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { createDatabase, type DatabaseHandle, preparedQuery } from '../src/index.ts'
import { cloneTestDatabase } from '../src/testing/index.ts'

const database = await cloneTestDatabase({ poolSize: 4 })
afterAll(() => database.drop())

const numbers = (length: number) => Array.from({ length }, (_, index) => index + 1)

/** Returns its parameter, 100 divided by it, and the connection it ran on. */
const hundredBy = preparedQuery((db, { divisor }: { divisor: number }) =>
  db
    .selectNoFrom([
      sql<number>`100 / ${divisor}::int`.as('quotient'),
      sql<number>`pg_backend_pid()`.as('backendPid'),
      sql<number>`${divisor}::int`.as('divisor'),
    ])
    .limit(1),
)

const slowly = preparedQuery((db, { seconds }: { seconds: number }) =>
  db.selectNoFrom([sql`pg_sleep(${seconds})`.as('slept'), sql<number>`pg_backend_pid()`.as('backendPid')]),
)

/** A new pool, so that connections left open by other tests do not count. */
async function withDatabase(poolSize: number, use: (handle: DatabaseHandle) => Promise<void>): Promise<void> {
  const handle = createDatabase(database.url, { poolSize, statementTimeout: 2 })
  await use(handle)
  expect(handle.pool.idleCount, 'every connection was given back').toBe(handle.pool.totalCount)
  await handle.close()
}

describe('prepared queries that are asked at the same time', () => {
  test('share a connection, and each gets its own answer', async () => {
    await withDatabase(4, async ({ db, pool }) => {
      const answers = await Promise.all(numbers(60).map((divisor) => hundredBy(db, { divisor })))
      expect(answers.map(([row]) => row?.divisor)).toEqual(numbers(60))
      expect(pool.totalCount).toBe(4) // 16 on each
      const few = await Promise.all(numbers(10).map((divisor) => hundredBy(db, { divisor })))
      expect(new Set(few.map(([row]) => row?.backendPid)).size).toBe(1)
    })
  })

  test('one that fails leaves the others alone', async () => {
    await withDatabase(1, async ({ db }) => {
      const answers = await Promise.allSettled([4, 0, 5, 0, 10].map((divisor) => hundredBy(db, { divisor })))
      expect(answers.map((answer) => (answer.status === 'fulfilled' ? answer.value[0]?.quotient : 'refused'))).toEqual([
        25,
        'refused',
        20,
        'refused',
        10,
      ])
      expect(answers[1]).toMatchObject({ reason: { code: '22012' } })
    })
  })

  test('one that takes too long is cancelled, and those behind it are answered', async () => {
    await withDatabase(1, async ({ db }) => {
      const slow = slowly(db, { seconds: 30 })
      const behind = hundredBy(db, { divisor: 4 })
      await expect(slow).rejects.toMatchObject({ code: '57014' })
      expect((await behind)[0]?.quotient).toBe(25)
    })
  })

  test('are refused when their connection is lost, and the next ones have another', async () => {
    await withDatabase(2, async ({ db, pool }) => {
      const [before] = await hundredBy(db, { divisor: 1 })
      const waiting = [slowly(db, { seconds: 1.5 }), hundredBy(db, { divisor: 2 }), hundredBy(db, { divisor: 4 })]
      const outcomes = Promise.allSettled(waiting)
      await expect
        .poll(
          async () =>
            (
              await sql`select 1 from pg_stat_activity where pid = ${before?.backendPid} and wait_event = 'PgSleep'`.execute(
                database.db,
              )
            ).rows.length,
        )
        .toBe(1)
      await sql`select pg_terminate_backend(${before?.backendPid})`.execute(database.db)
      expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
      const after = await Promise.all(numbers(5).map((divisor) => hundredBy(db, { divisor })))
      expect(after.map(([row]) => row?.divisor)).toEqual(numbers(5))
      expect(after[0]?.[0]?.backendPid).not.toBe(before?.backendPid)
      await expect.poll(() => pool.idleCount).toBe(pool.totalCount)
    })
  })

  test('do not keep a connection from who waits for one', async () => {
    await withDatabase(1, async ({ db }) => {
      let reading = true
      const read = async () => {
        while (reading) await slowly(db, { seconds: 0.005 })
      }
      const readers = numbers(4).map(read)
      const inTransaction = await db.transaction().execute(async (transaction) => {
        return await hundredBy(transaction, { divisor: 20 })
      })
      reading = false
      await Promise.all(readers)
      expect(inTransaction[0]?.quotient).toBe(5)
    })
  })

  test('see in a transaction what it has written, and others do not', async () => {
    const rolesNamed = preparedQuery((kysely, { name }: { name: string }) =>
      kysely.selectFrom('roles').select('name').where('name', '=', name),
    )
    await withDatabase(2, async ({ db }) => {
      await db
        .transaction()
        .execute(async (transaction) => {
          await transaction.insertInto('roles').values({ name: 'piper' }).execute()
          const [own, others] = await Promise.all([
            rolesNamed(transaction, { name: 'piper' }),
            rolesNamed(db, { name: 'piper' }),
          ])
          expect([own.length, others.length]).toEqual([1, 0])
          throw new Error('not to be kept')
        })
        .catch((error: Error) => expect(error.message).toBe('not to be kept'))
    })
  })

  test('say that the database cannot be reached when it cannot', async () => {
    const handle = createDatabase('postgres://nobody@127.0.0.1:1/none', { connectTimeout: 1 })
    const outcomes = await Promise.allSettled(numbers(40).map((divisor) => hundredBy(handle.db, { divisor })))
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true)
    expect(outcomes[0]).toMatchObject({ reason: { code: 'ECONNREFUSED' } })
    expect(handle.pool.totalCount).toBe(0)
    await handle.close()
  })
})
