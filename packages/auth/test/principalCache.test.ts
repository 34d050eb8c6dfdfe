import { cloneTestDatabase } from '@worldloom/db/testing'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { ChangeListener } from '../src/changeListener.ts'
import { PrincipalCache } from '../src/principalCache.ts'

interface Entry {
  readonly userId: string
  readonly value: number
}

const database = await cloneTestDatabase()
const changes: boolean[] = []
const listener = new ChangeListener({
  databaseUrl: database.url,
  db: database.db,
  onListening: (listening) => changes.push(listening),
})
const cache = new PrincipalCache<Entry>(listener)
await listener.start()
afterAll(async () => {
  await listener.close()
  await database.drop()
})

const notify = (payload: string) => sql`select pg_notify('principal_changed', ${payload})`.execute(database.db)

/** A reader that counts its calls, to see whether the cache was used. */
function reader(userId = 'ada') {
  let reads = 0
  return async (): Promise<Entry> => ({ userId, value: ++reads })
}

test('an answer is kept until its session, its user or everybody is said to have changed', async () => {
  for (const payload of ['s:key:session', 's::key', 'u:ada', '*']) {
    const read = reader()
    await cache.get('key', read)
    expect(await cache.get('key', read)).toMatchObject({ value: 1 })
    await notify('u:somebody-else')
    await notify('s:another:session')
    await notify('j')
    expect(await cache.get('key', read)).toMatchObject({ value: 1 })
    await notify(payload)
    await expect.poll(() => cache.peek('key')).toBeUndefined()
    expect(await cache.get('key', read)).toMatchObject({ value: 2 })
    cache.drop('key')
  }
})

test('an answer that was read before a change is not kept after it', async () => {
  await cache.get('racing', async () => {
    await notify('u:ada')
    await new Promise((resolve) => setTimeout(resolve, 50))
    return { userId: 'ada', value: 1 }
  })
  expect(cache.peek('racing')).toBeUndefined()
})

test('nothing is kept while the listener is lost, and it comes back by itself', async () => {
  const read = reader()
  await cache.get('kept', read)
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'worldloom listener' and datname = current_database()`.execute(database.db)
  await expect.poll(() => changes).toEqual([true, false, true])
  expect(cache.peek('kept')).toBeUndefined()
  await cache.get('kept', read)
  expect(cache.peek('kept')).toMatchObject({ value: 2 })
})
