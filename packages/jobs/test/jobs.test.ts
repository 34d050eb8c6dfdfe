import { createDatabase, inTransaction } from '@worldloom/db'
import { cloneTestDatabase } from '@worldloom/db/testing'
import { sql } from 'kysely'
import { PgBoss } from 'pg-boss'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import {
  defineJob,
  FailedForGoodError,
  handles,
  type JobDefinition,
  type JobHandler,
  Jobs,
  jobCounts,
  listJobs,
} from '../src/index.ts'

const database = await cloneTestDatabase()
afterAll(() => database.drop())

const input = z.strictObject({ text: z.string() })
const greet = defineJob({
  name: 'greet',
  input,
  retries: { most: 2, firstPause: 1, longestPause: 1 },
  timeLimit: 20,
  concurrency: 2,
})

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
  await sql`delete from pgboss.job`.execute(database.db)
})

/** A process of its own: its connections, and its queue. Woken as by the listener. */
async function startProcess(definitions: readonly JobDefinition[] = [greet as JobDefinition]) {
  const handle = createDatabase(database.url, { poolSize: 3 })
  const failures: unknown[] = []
  const wake: ((name: string) => void)[] = []
  const jobs = new Jobs({
    database: handle,
    definitions,
    listener: { subscribe: ({ changed }) => void wake.push(changed) },
    onError: (error) => failures.push(error),
  })
  await jobs.start()
  let isEnded = false
  const end = async () => {
    if (isEnded) return
    isEnded = true
    await jobs.close(10)
    await handle.close()
  }
  ends.push(end)
  const wakeUp = () => {
    for (const each of wake) each('greet')
  }
  return { jobs, failures, end, wakeUp }
}

const until = <Value>(value: () => Value | Promise<Value>) => vi.waitUntil(value, { timeout: 15_000, interval: 20 })
const stateOf = async (name = 'greet') =>
  (await listJobs(database.db, { limit: 50, name })).items.map(({ state }) => state)

describe('a job', () => {
  test('is done once, by whichever process gets to it, and says what it did', async () => {
    const done: string[] = []
    const handler: JobHandler<{ text: string }> = async ({ text }) => {
      done.push(text)
      return { letters: text.length }
    }
    const processes = await Promise.all([startProcess(), startProcess(), startProcess()])
    for (const { jobs } of processes) await jobs.work(new Map([handles(greet, handler)]))
    const texts = Array.from({ length: 40 }, (_, index) => `Hello ${index}`)
    const [first] = processes
    await Promise.all(texts.map((text) => first.jobs.enqueue(database.db, greet, { text })))
    for (const each of processes) each.wakeUp()
    await until(async () => (await stateOf()).filter((state) => state === 'done').length === 40)
    expect(done.toSorted()).toEqual(texts.toSorted())
    const { items } = await listJobs(database.db, { limit: 1 })
    expect(items[0]).toMatchObject({
      name: 'greet',
      attempts: 1,
      result: { letters: expect.any(Number) },
      failure: null,
    })
  })

  test('belongs to the transaction of what it follows from', async () => {
    const { jobs } = await startProcess()
    const lost = inTransaction(database.db, async (trx) => {
      await jobs.enqueue(trx, greet, { text: 'Never' })
      throw new Error('changed my mind')
    })
    await expect(lost).rejects.toThrow('changed my mind')
    expect(await stateOf()).toEqual([])
    await inTransaction(database.db, (trx) => jobs.enqueue(trx, greet, { text: 'Once' }))
    expect(await stateOf()).toEqual(['waiting'])
  })

  test('that fails is tried again after pauses, then kept with the reason, and can be tried once more', async () => {
    const { jobs, failures, wakeUp } = await startProcess()
    let isDown = true
    const numbers: number[] = []
    const handler: JobHandler<{ text: string }> = async (_, { number }) => {
      numbers.push(number)
      if (isDown) throw new Error('the lamp is out')
      return undefined
    }
    await jobs.work(new Map([handles(greet, handler)]))
    await jobs.enqueue(database.db, greet, { text: 'Hello' })
    wakeUp()
    await until(() => numbers.length === 1)
    await until(async () => (await stateOf())[0] === 'retrying')
    const waking = setInterval(wakeUp, 200)
    await until(async () => (await stateOf())[0] === 'failed')
    clearInterval(waking)
    expect(numbers).toEqual([1, 2, 3])
    const { items } = await listJobs(database.db, { limit: 1, state: 'failed' })
    expect(items[0]).toMatchObject({ attempts: 3, mostAttempts: 3, failure: 'the lamp is out', result: null })
    expect(failures).toHaveLength(3)
    const counted = async () => (await jobCounts(database.db)).items.find(({ name }) => name === 'greet')
    expect(await counted()).toMatchObject({ failed: 1, done: 0 })
    isDown = false
    expect(await jobs.retry('greet', items[0]?.id ?? '')).toBe(true)
    wakeUp()
    await until(async () => (await stateOf())[0] === 'done')
    expect(await counted()).toMatchObject({ failed: 0, done: 1, lastDoneAt: expect.any(Date) })
    expect(await jobs.retry('greet', items[0]?.id ?? '')).toBe(false)
  })

  test('that cannot succeed, or that this version cannot read, is not tried again', async () => {
    const { jobs, wakeUp } = await startProcess()
    let attempts = 0
    const handler: JobHandler<{ text: string }> = async () => {
      attempts++
      throw new FailedForGoodError('there is no such address')
    }
    await jobs.work(new Map([handles(greet, handler)]))
    await jobs.enqueue(database.db, greet, { text: 'Hello' })
    await jobs.enqueue(database.db, greet as JobDefinition<object> as JobDefinition<{ words: string }>, {
      words: 'Hello',
    })
    wakeUp()
    await until(async () => (await stateOf()).join() === 'failed,failed')
    expect(attempts).toBe(1)
    const { items } = await listJobs(database.db, { limit: 5 })
    expect(items.map(({ failure }) => failure).toSorted()).toEqual([
      'It was created with what this version cannot read.',
      'there is no such address',
    ])
    for (const { id } of items) expect(await jobs.discard('greet', id)).toBe(true)
    expect(await stateOf()).toEqual([])
    expect(await jobs.discard('greet', items[0]?.id ?? '')).toBe(false)
    expect(await jobs.retry('nothing', items[0]?.id ?? '')).toBe(false)
    expect(await jobs.discard('nothing', items[0]?.id ?? '')).toBe(false)
  })

  test('is finished before its process ends, and nothing new is begun', async () => {
    const { jobs, end, wakeUp } = await startProcess()
    const begun: string[] = []
    const finished: string[] = []
    const handler: JobHandler<{ text: string }> = async ({ text }) => {
      begun.push(text)
      await new Promise((resolve) => setTimeout(resolve, 800))
      finished.push(text)
      return undefined
    }
    await jobs.work(new Map([handles(greet, handler)]))
    for (const text of ['One', 'Two', 'Three']) await jobs.enqueue(database.db, greet, { text })
    wakeUp()
    await until(() => begun.length > 0)
    const ending = end()
    await ending
    expect(finished).toEqual(begun)
    expect((await stateOf()).toSorted()).toEqual(
      begun.length === 2 ? ['done', 'done', 'waiting'] : ['done', 'waiting', 'waiting'],
    )
  })

  test('that is due by itself has a schedule, and there is never more than one of it', async () => {
    const sweep = defineJob({ name: 'sweep', input: z.strictObject({}), schedule: '*/10 * * * *' })
    const { jobs } = await startProcess([greet as JobDefinition, sweep as JobDefinition])
    await jobs.work(new Map([handles(sweep, async () => undefined)]))
    for (let time = 0; time < 3; time++) await jobs.enqueue(database.db, sweep, {})
    expect(await stateOf('sweep')).toHaveLength(1)
    const { items } = await jobCounts(database.db)
    expect(items.find(({ name }) => name === 'sweep')).toMatchObject({ schedule: '*/10 * * * *' })
    expect(items.map(({ name }) => name)).toEqual(['greet', 'sweep'])
  })

  test('whose declaration has changed is treated as it is declared now', async () => {
    const patient = defineJob({ ...greet, retries: { ...greet.retries, most: 9 } })
    const { jobs } = await startProcess([patient as JobDefinition])
    await jobs.enqueue(database.db, patient, { text: 'Hello' })
    const { items } = await listJobs(database.db, { limit: 1 })
    expect(items[0]?.mostAttempts).toBe(10)
  })
})

test('jobs are listed a page at a time, the latest first, by state and name', async () => {
  const { jobs } = await startProcess()
  for (let count = 0; count < 5; count++) await jobs.enqueue(database.db, greet, { text: `Hello ${count}` })
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await listJobs(database.db, { limit: 2, state: 'waiting', ...(cursor && { cursor }) })
    seen.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  expect(new Set(seen).size).toBe(5)
  expect((await listJobs(database.db, { limit: 2, name: 'nothing' })).items).toEqual([])
  expect(JSON.stringify(await listJobs(database.db, { limit: 5 }))).not.toContain('Hello')
})

test('the tables are those that this version of pg-boss expects: else its `plans migrate` has to become a migration', async () => {
  const { pool, close } = createDatabase(database.url)
  const boss = new PgBoss({
    db: { executeSql: async (text, values) => await pool.query(text, values) },
    migrate: false,
  })
  await boss.start()
  try {
    expect(await boss.detectSchemaDrift()).toMatchObject({ ok: true })
  } finally {
    await boss.stop({ close: false })
    await close()
  }
})
