import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { startPrimary, startReplica } from '@worldloom/db/testing'
import { afterAll, expect, test } from 'vitest'
import { createTestApiKey } from '../src/testing/index.ts'
import { startTestWorldloom } from './worldloom.ts'

const [one, names] = [await startPrimary(), new Set<string>()]
const two = await startReplica(one)
afterAll(async () => {
  await two.remove()
  await one.remove()
})

test('after a failover the new primary is found; writes meanwhile are answered with 503, and none happens twice', async () => {
  // What is acknowledged has to be at the replica.
  await one.run("alter system set synchronous_standby_names = '*'", 'select pg_reload_conf()')
  const { username, password } = new URL(one.url)
  const worldloom = await startTestWorldloom({
    DATABASE_URL: `postgres://${username}:${password}@127.0.0.1:${one.port},127.0.0.1:${two.port}/worldloom`,
    DATABASE_REPLICA_URLS: two.url,
    GUEST_READING: 'true',
  })
  const apiKey = await createTestApiKey(worldloom)
  const request = async (path: string, body: unknown, key: string) =>
    await fetch(`${worldloom.url}/api/v1${path}`, {
      method: 'POST',
      headers: { 'x-api-key': apiKey, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
    })
  const { id: worldId } = (await (await request('/worlds', { name: 'Moved' }, randomUUID())).json()) as { id: string } // as documented

  const statuses = new Set<number>()
  let isOver = false
  /** Writes until everything is acknowledged, as a careful program does. */
  const writers = Array.from({ length: 4 }, async (_, writer) => {
    for (let number = 0; !isOver || number === 0; number++) {
      const name = `Story ${writer} ${number}`
      const key = randomUUID()
      for (;;) {
        const response = await request('/stories', { worldId, name }, key)
        statuses.add(response.status)
        if (response.status === 201) break
        expect(response.headers.get('retry-after')).toBe('1')
        await delay(100)
      }
      names.add(name)
    }
  })
  await expect.poll(() => names.size).toBeGreaterThan(20)
  await one.kill()
  await expect.poll(() => statuses.has(503), { timeout: 30_000 }).toBe(true)
  await two.promote()
  const then = names.size
  await expect.poll(() => names.size, { timeout: 30_000 }).toBeGreaterThan(then + 20)
  isOver = true
  await Promise.all(writers)
  expect(statuses).toEqual(new Set([201, 503]))

  const rows = await two.run(`select name from entities where world_id = '${worldId}'`)
  expect(rows.map(({ name }) => name).sort()).toEqual([...names].sort())
  // The replica that has become the primary is no replica any more, and everything else goes on.
  expect(await (await fetch(`${worldloom.url}/readyz`)).json()).toEqual({
    status: 'ready',
    notifications: 'arrive',
    replicas: { serving: 0, leftOut: 1 },
  })
})
