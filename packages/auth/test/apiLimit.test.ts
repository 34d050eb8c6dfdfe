import { cloneTestDatabase } from '@worldloom/db/testing'
import { RateLimitedError } from '@worldloom/schema'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { ApiLimit } from '../src/apiLimit.ts'
import type { ApiKeyPrincipal, SessionPrincipal } from '../src/principal.ts'

const database = await cloneTestDatabase()
afterAll(() => database.drop())

const user = { email: null, emailVerified: false, displayName: 'Ada', firstName: null, lastName: null, version: 1 }
const grants = { roles: [], permissions: new Set<string>() }
const person = (id: string): SessionPrincipal => ({
  ...{ kind: 'session', sessionId: 'any', confirmedAt: 0, user: { ...user, id } },
  ...grants,
})
const key = (apiKeyId: string, owner: string): ApiKeyPrincipal => ({
  ...{ kind: 'apiKey', ownerPermissions: new Set<string>(), apiKeyId, user: { ...user, id: owner } },
  ...grants,
})

/** As a server process has it. */
function newLimit(points: number): ApiLimit {
  const limit = new ApiLimit(database.pool, points, (error) => {
    throw error
  })
  onTestFinished(() => limit.close())
  return limit
}

test('what was spent is gone for a minute, and what costs more than is left takes nothing', () => {
  const limit = newLimit(10)
  const ada = person('one')
  expect(limit.spend(ada, 4)).toMatchObject({ name: 'person', points: 10, seconds: 60, remaining: 6, reset: 60 })
  expect(() => limit.spend(ada, 7)).toThrow(RateLimitedError)
  expect(limit.spend(ada, 6)).toMatchObject({ remaining: 0 })
  expect(() => limit.spend(ada, 1)).toThrow(/60 seconds/)
  expect(limit.peek(ada)).toMatchObject({ remaining: 0 })
})

test('each key has a limit of its own, and so has its owner', () => {
  const limit = newLimit(2)
  for (const caller of [person('two'), key('first', 'two'), key('second', 'two'), person('three')]) {
    limit.spend(caller, 2)
    expect(() => limit.spend(caller, 1)).toThrow(RateLimitedError)
  }
})

test('processes share what was spent', async () => {
  const [one, other] = [newLimit(10), newLimit(10)]
  const ada = person('four')
  one.spend(ada, 6)
  other.spend(ada, 3)
  await one.share()
  await other.share()
  expect(other.peek(ada)).toMatchObject({ remaining: 1 })
  expect(() => other.spend(ada, 2)).toThrow(RateLimitedError)
  one.spend(ada, 1)
  await one.share()
  expect(() => one.spend(ada, 1)).toThrow(RateLimitedError)
})

test('who asks for little costs no statement', async () => {
  const limit = newLimit(1000)
  const ada = person('five')
  for (let call = 0; call < 99; call++) limit.spend(ada, 1)
  await limit.share()
  const { rows } = await database.pool.query("select from rate_limits where key like '%five'")
  expect(rows).toHaveLength(0)
  limit.spend(ada, 1)
  await limit.share()
  const after = await database.pool.query("select points from rate_limits where key like '%five'")
  expect(after.rows).toEqual([{ points: 100 }])
})

test('without a limit nothing is counted', () => {
  expect(newLimit(0).spend(person('six'), 1_000_000)).toBeUndefined()
})
