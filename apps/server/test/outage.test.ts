import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { readError } from '@worldloom/client'
import { openEmbeddedServer } from '@worldloom/db/embedded'
import { afterAll, expect, test } from 'vitest'
import { startTestWorldloom } from './worldloom.ts'

const dataDir = await mkdtemp(path.join(os.tmpdir(), 'worldloom-outage-'))
let database = await openEmbeddedServer({ dataDir, as: 'own' })
const worldloom = await startTestWorldloom({ DATABASE_URL: database.url })
afterAll(async () => {
  await database.release()
  await rm(dataDir, { recursive: true, force: true })
})

test('the database stops and starts again under load: 503 meanwhile, then everything as before, in one process', async () => {
  const browser = await worldloom.signIn('mira')
  const { items } = await browser.client.world.list.query({})
  const id = items[0]?.id ?? ''
  const outcomes: string[] = []
  let loading = true
  const load = Array.from({ length: 8 }, async () => {
    while (loading) {
      try {
        await browser.client.world.byId.query({ id })
        outcomes.push('ok')
      } catch (error) {
        const { status, reason } = readError(error)
        outcomes.push(`${status} ${reason?.kind}`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    }
  })
  const since = async (from: number, outcome: string) =>
    await expect.poll(() => outcomes.slice(from).includes(outcome), { timeout: 15_000 }).toBe(true)
  await since(0, 'ok')

  const { port } = database
  await database.release()
  await since(outcomes.length, '503 unavailable')
  expect((await fetch(`${worldloom.url}/healthz`)).status).toBe(200)
  expect((await fetch(`${worldloom.url}/readyz`)).status).toBe(503)
  expect((await browser.open('/auth/sign-out', { method: 'POST' })).status).toBe(503)
  for (const path of ['/api/v1/worlds', '/trpc/world.list?input={}']) {
    const unavailable = await browser.open(path)
    expect([unavailable.status, unavailable.headers.get('retry-after')]).toEqual([503, '1'])
  }
  const refused = await worldloom.browser().open('/auth/local/login')
  expect(refused.headers.get('location')).toBe('/login-failed?error=unavailable')

  database = await openEmbeddedServer({ dataDir, as: 'own', port })
  await since(outcomes.length, 'ok')
  loading = false
  await Promise.all(load)
  expect(new Set(outcomes)).toEqual(new Set(['ok', '503 unavailable']))
  expect((await fetch(`${worldloom.url}/readyz`)).status).toBe(200)
  const { version } = await browser.client.world.byId.query({ id })
  expect((await browser.client.world.update.mutate({ id, version, description: 'after' })).description).toBe('after')
})
