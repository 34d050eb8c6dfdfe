import { cloneTestDatabase, startPoolerProxy } from '@worldloom/db/testing'
import { sql } from 'kysely'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { ChangeListener, type ListenerState, NotHeardError } from '../src/changeListener.ts'
import { PrincipalCache } from '../src/principalCache.ts'

const database = await cloneTestDatabase()
const pooler = await startPoolerProxy(database.url)
afterAll(async () => {
  await pooler.close()
  await database.drop()
})

/** A listener behind a pooler, with short times. */
async function listen() {
  const told: (true | string)[] = []
  const listener = new ChangeListener({
    databaseUrl: pooler.url,
    db: database.db,
    onListening: (listening, reason) => told.push(listening || (reason?.name ?? '')),
    proveEvery: 200,
    proveWithin: 500,
  })
  onTestFinished(() => listener.close())
  const cache = new PrincipalCache<{ readonly userId: string; readonly value: number }>(listener)
  let reads = 0
  const read = () => cache.get('key', async () => ({ userId: 'ada', value: ++reads }))
  await listener.start()
  return { listener, told, read }
}

const becomes = (listener: ChangeListener, state: ListenerState) => expect.poll(() => listener.state).toBe(state)

test('rule 22: where notifications do not arrive, nothing is cached, though LISTEN succeeds', async () => {
  pooler.passNotifications = false
  const { listener, told, read } = await listen()
  expect(listener).toMatchObject({ state: 'unheard', isListening: false })
  expect(told).toEqual([NotHeardError.name])
  expect((await read()).value).toBe(1)
  expect((await read()).value).toBe(2)
  // It is said once, and found out by itself when that changes.
  pooler.passNotifications = true
  await becomes(listener, 'heard')
  expect(told).toEqual([NotHeardError.name, true])
  expect((await read()).value).toBe(3)
  expect((await read()).value).toBe(3)
  await sql`select pg_notify('principal_changed', 'u:ada')`.execute(database.db)
  await expect.poll(async () => (await read()).value).toBe(4)
})

test('when notifications stop arriving, what is cached is forgotten', async () => {
  pooler.passNotifications = true
  const { listener, told, read } = await listen()
  await becomes(listener, 'heard')
  await read()
  expect((await read()).value).toBe(1)
  pooler.passNotifications = false
  await becomes(listener, 'unheard')
  expect(told).toEqual([true, NotHeardError.name])
  expect((await read()).value).toBe(2)
  expect((await read()).value).toBe(3)
})
