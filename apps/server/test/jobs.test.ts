import { createServer } from 'node:net'
import { parseConfig } from '@worldloom/config'
import { createDatabase } from '@worldloom/db'
import { cloneTestDatabase, freePort } from '@worldloom/db/testing'
import { sql } from 'kysely'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { createLogger } from '../src/logger.ts'
import { startBackgroundWorker } from '../src/start.ts'
import { person, refusal } from './access.ts'
import { atEnd } from './atEnd.ts'

import { linkToken, startMailbox } from './mailbox.ts'
import { startTestWorldloom, type TestWorldloom } from './worldloom.ts'

const database = await cloneTestDatabase()
afterAll(() => database.drop())
const { db, close } = createDatabase(database.url)
afterAll(close)
const secret = { APP_SECRET: 'a secret that is long enough for tests' }

const until = (condition: () => boolean | Promise<boolean>) =>
  vi.waitUntil(condition, { timeout: 20_000, interval: 20 })

async function forget(worldloom: TestWorldloom, email: string): Promise<void> {
  const { status } = await worldloom.browser().open('/auth/password/forgot', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email }),
  })
  expect(status).toBe(204)
}

describe('mail', () => {
  test('is kept until the server takes it, sealed, and an administrator can have it tried at once', async () => {
    const port = await freePort()
    const worldloom = await startTestWorldloom({
      DATABASE_URL: database.url,
      PASSWORD_SIGN_IN: 'true',
      SMTP_URL: `smtp://127.0.0.1:${port}`,
    })
    const admin = await person(worldloom, db, 'admin')
    const { email } = await person(worldloom, db, 'user')
    await forget(worldloom, email)
    const list = async () => (await admin.client.job.list.query({ name: 'mail' })).items
    await until(async () => (await list())[0]?.state === 'retrying')
    const [job] = await list()
    expect(job).toMatchObject({ attempts: 1, failure: expect.stringContaining('ECONNREFUSED') })
    const { rows } = await sql<{ row: string }>`select job::text as row from pgboss.job where name = 'mail'`.execute(db)
    for (const { row } of rows) for (const word of [email, 'reset-password', 'token']) expect(row).not.toContain(word)
    expect(worldloom.log.some((line) => line.includes('a job failed') && line.includes(job?.id ?? ''))).toBe(true)

    const mailbox = await startMailbox(port)
    await admin.client.job.retry.mutate({ name: 'mail', id: job?.id ?? '' })
    expect(linkToken(await mailbox.next(email))).toMatch(/^[\w-]{20,}$/)
    await until(async () => (await list())[0]?.state === 'done')
    expect(await refusal(admin.client.job.retry.mutate({ name: 'mail', id: job?.id ?? '' }))).toBe('notFound')
    expect(await refusal(admin.client.job.discard.mutate({ name: 'mail', id: job?.id ?? '' }))).toBe('notFound')
    const { items: events } = await admin.client.audit.list.query({ action: 'job.retry' })
    expect(events).toHaveLength(1)
    const metrics = await (await fetch(new URL('/metrics', worldloom.url))).text()
    expect(metrics).toMatch(/^jobs\{name="mail",state="failed"\} 0$/m)
    await worldloom.close()
  })

  test('that the server refuses for good is kept as failed, and can be given up', async () => {
    const refusing = await startRefusingMailServer()
    const worldloom = await startTestWorldloom({
      DATABASE_URL: database.url,
      PASSWORD_SIGN_IN: 'true',
      SMTP_URL: refusing.url,
    })
    const admin = await person(worldloom, db, 'admin')
    const { email } = await person(worldloom, db, 'user')
    await forget(worldloom, email)
    const failed = async () => (await admin.client.job.list.query({ name: 'mail', state: 'failed' })).items
    await until(async () => (await failed()).length === 1)
    const [job] = await failed()
    expect(job).toMatchObject({ attempts: 1, failure: expect.stringContaining('550') })
    expect(refusing.attempts).toBe(1)
    const id = job?.id ?? ''
    expect(await refusal(admin.client.job.discard.mutate({ name: 'sweep', id }))).toBe('notFound')
    await admin.client.job.discard.mutate({ name: 'mail', id })
    expect(await failed()).toEqual([])
    await worldloom.close()
  })

  test('and all else is done by a worker where servers do not: JOBS=apart', async () => {
    const mailbox = await startMailbox()
    const settings = { DATABASE_URL: database.url, PASSWORD_SIGN_IN: 'true', SMTP_URL: mailbox.url, JOBS: 'apart' }
    const worldloom = await startTestWorldloom(settings)
    const { email } = await person(worldloom, db, 'user')
    const admin = await person(worldloom, db, 'admin')
    await forget(worldloom, email)
    const waiting = async () => (await admin.client.job.list.query({ name: 'mail', state: 'waiting' })).items.length
    await until(async () => (await waiting()) === 1)
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect([mailbox.mails, await waiting()]).toEqual([[], 1])

    const lines: string[] = []
    const logger = createLogger({
      level: 'info',
      format: 'json',
      destination: { write: (line) => void lines.push(line) },
    })
    const port = await freePort()
    const config = parseConfig({ ...settings, ...secret, WORKER_PORT: String(port) }, worldloom.dataDir)
    const worker = await startBackgroundWorker({ config, logger })
    expect(linkToken(await mailbox.next(email))).toMatch(/^[\w-]{20,}$/)
    // Told of what comes, it does not wait until it looks the next time.
    await forget(worldloom, email)
    await mailbox.next(email)

    const [health, readiness, metrics] = await Promise.all(
      ['healthz', 'readyz', 'metrics'].map((name) => fetch(`http://127.0.0.1:${port}/${name}`)),
    )
    expect(await health?.json()).toEqual({ status: 'alive' })
    expect(await readiness?.json()).toEqual({ status: 'ready', notifications: 'arrive' })
    const text = (await metrics?.text()) ?? ''
    expect(text).toMatch(/^jobs\{name="mail",state="waiting"\} 0$/m)
    expect(text).toMatch(/^process_cpu_seconds_total [\d.]+$/m)
    expect(text).not.toContain('change_streams')
    await expect(startBackgroundWorker({ config, logger })).rejects.toThrow(/Set WORKER_PORT to a free one/)
    await worker.close()
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow()
    await worldloom.close()
  })
})

test('the owner of an API key is told 14, 3 and 1 days before it expires, once each', async () => {
  const mailbox = await startMailbox()
  const worldloom = await startTestWorldloom({
    DATABASE_URL: database.url,
    PASSWORD_SIGN_IN: 'true',
    SMTP_URL: mailbox.url,
  })
  const { client, email } = await person(worldloom, db, 'user')
  const { id } = await client.apiKey.create.mutate({
    name: 'Robot',
    roles: ['user'],
    expiresAt: inDays(30).toISOString(),
  })
  // One that is to live for a week is not mentioned before its last days.
  const short = await client.apiKey.create.mutate({
    name: 'Short',
    roles: ['user'],
    expiresAt: inDays(7).toISOString(),
  })
  const look = async () => {
    await sql`insert into pgboss.job (name, data, policy) values ('expiring-keys', '{}', 'stately')`.execute(db)
    await sql`select pg_notify('jobs', 'expiring-keys')`.execute(db)
    await until(async () => {
      const { rows } = await sql`select from pgboss.job where name = 'expiring-keys' and state <> 'completed'`.execute(
        db,
      )
      return rows.length === 0
    })
  }
  const movedTo = async (keyId: string, days: number) => {
    const moved = { createdAt: inDays(days - 30), expiresAt: inDays(days) }
    await db.updateTable('apiKeys').set(moved).where('id', '=', keyId).execute()
  }
  await look()
  expect(mailbox.mails).toEqual([])
  for (const days of [13, 2.5, 0.5]) {
    await movedTo(id, days)
    await look()
    await look()
    const mail = await mailbox.next(email)
    expect(mail.text).toContain('Robot')
    expect(mail.text).toContain('/settings/api-keys')
    expect(mailbox.mails).toEqual([])
  }
  expect(short.id).not.toBe(id)
  await worldloom.close()
})

test('a webhook that fails is shown to administrators, without its world, and tried at once if they wish', async () => {
  const port = await freePort()
  const worldloom = await startTestWorldloom({
    DATABASE_URL: database.url,
    PASSWORD_SIGN_IN: 'true',
    WEBHOOK_ALLOWED_HOSTS: 'localhost',
  })
  const owner = await person(worldloom, db, 'user')
  const admin = await person(worldloom, db, 'admin')
  const { id: worldId } = await owner.client.world.create.mutate({ name: 'A secret place' })
  const { id } = await owner.client.webhook.create.mutate({ worldId, url: `http://localhost:${port}/hook` })
  await owner.client.thing.create.mutate({ worldId, name: 'Lamp' })
  const failing = async () => (await admin.client.job.failingWebhooks.query()).items
  await until(async () => (await failing()).length === 1)
  const [webhook] = await failing()
  expect(webhook).toMatchObject({ id, host: `localhost:${port}`, failures: 1 })
  expect(JSON.stringify(webhook)).not.toContain('secret')
  const server = createServer((socket) => socket.end('HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n'))
  await new Promise<void>((resolve) => server.listen(port, resolve))
  atEnd(() => server.close())
  await admin.client.job.retryWebhook.mutate({ id })
  await until(async () => (await failing()).length === 0)
  expect(await refusal(admin.client.job.retryWebhook.mutate({ id }))).toBe('notFound')
  await worldloom.close()
})

function inDays(days: number): Date {
  return new Date(Date.now() + days * 86_400_000)
}

/** An SMTP server that knows nobody. */
async function startRefusingMailServer() {
  const refusing = { url: '', attempts: 0 }
  const server = createServer((socket) => {
    socket.write('220 here\r\n')
    socket.on('data', (data) => {
      const isRecipient = /^RCPT/i.test(data.toString())
      if (isRecipient) refusing.attempts++
      socket.write(isRecipient ? '550 5.1.1 no such person\r\n' : '250 ok\r\n')
    })
    socket.on('error', () => undefined)
  })
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  atEnd(() => server.close())
  refusing.url = `smtp://127.0.0.1:${port}`
  return refusing
}
