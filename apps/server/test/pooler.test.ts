import { cloneTestDatabase, startPoolerProxy } from '@worldloom/db/testing'
import { afterAll, expect, test } from 'vitest'
import { refusal } from './access.ts'
import { startTestWorldloom } from './worldloom.ts'

const database = await cloneTestDatabase()
const pooler = await startPoolerProxy(database.url)
const settings = { DATABASE_URL: pooler.url, DATABASE_PREPARED_STATEMENTS: 'false' }
afterAll(async () => {
  await pooler.close()
  await database.drop()
})

test('rule 12: two servers behind a transaction pooler: what one revokes the other refuses at once', async () => {
  const [one, two] = [await startTestWorldloom(settings), await startTestWorldloom(settings)]
  const here = await one.signIn('mira')
  const there = two.browser()
  there.setCookie('worldloom_session', here.cookies.get('worldloom_session') ?? '')
  for (let time = 0; time < 3; time++) await there.client.me.get.query()
  await here.client.world.list.query({})
  await Promise.all(Array.from({ length: 20 }, () => here.client.me.get.query()))

  expect((await here.open('/auth/sign-out', { method: 'POST' })).status).toBeLessThan(400)
  expect(await refusal(there.client.me.get.query())).toBe('notSignedIn')

  // Both say why they are slower than they could be.
  for (const { url, log } of [one, two]) {
    const response = await fetch(`${url}/readyz`)
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({
      notifications: 'missing',
      detail: expect.stringContaining('DATABASE_DIRECT_URL'),
    })
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('database_notifications_heard 0')
    expect(log.join('')).toContain('see DATABASE_DIRECT_URL')
  }
  // Nothing that a server connection would have to remember for one client.
  expect(pooler.named).toEqual([])
  expect(pooler.mostInFlight).toBe(1)
})

test('with a direct connection beside the pooler, everything arrives', async () => {
  const { url } = await startTestWorldloom({ ...settings, DATABASE_DIRECT_URL: database.url })
  expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'ready', notifications: 'arrive' })
  expect(await (await fetch(`${url}/metrics`)).text()).toContain('database_notifications_heard 1')
})
