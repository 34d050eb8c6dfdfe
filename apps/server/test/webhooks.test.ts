import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createDatabase } from '@worldloom/db'
import { cloneTestDatabase } from '@worldloom/db/testing'
import { Webhook } from 'standardwebhooks'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { person, refusal } from './access.ts'
import { atEnd } from './atEnd.ts'
import { startMailbox } from './mailbox.ts'
import { startTestWorldloom } from './worldloom.ts'

const database = await cloneTestDatabase()
afterAll(() => database.drop())
const mailbox = await startMailbox()
const settings = {
  DATABASE_URL: database.url,
  PASSWORD_SIGN_IN: 'true',
  SMTP_URL: mailbox.url,
  // A name, so that tests choose by it whether an address is allowed: localhost is, 127.0.0.1 is not.
  WEBHOOK_ALLOWED_HOSTS: 'localhost',
}
// Both deliver.
const worldloom = await startTestWorldloom(settings)
await startTestWorldloom(settings)
const { db, close } = createDatabase(database.url)
afterAll(close)
const owner = await person(worldloom, db, 'user')
const { client } = owner

interface Received {
  readonly headers: Record<string, string>
  readonly body: string
  readonly event: string
  readonly name: string
}

/** A receiver on loopback. */
async function receive(respond: (response: ServerResponse, count: number) => void = (response) => response.end('ok')) {
  const received: Received[] = []
  const server = createServer(async (request: IncomingMessage, response) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece as Buffer)
    const body = Buffer.concat(pieces).toString()
    const { type, data } = JSON.parse(body || '{"data":{}}')
    const headers = request.headers as Record<string, string>
    received.push({ headers, body, event: type, name: data.change?.subjectName })
    respond(response, received.length)
  })
  server.listen(0)
  await new Promise((resolve) => server.once('listening', resolve))
  atEnd(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo // it listens on TCP
  return { received, url: `http://localhost:${port}/hook`, port }
}

let count = 0
async function newWorld(): Promise<string> {
  count++
  return (await client.world.create.mutate({ name: `World ${count}` })).id
}

const until = (condition: () => boolean | Promise<boolean>) =>
  vi.waitUntil(condition, { timeout: 15_000, interval: 10 })
const stateOf = (id: string) => client.webhook.byId.query({ id })
const retryNow = (id: string) =>
  db.updateTable('webhooks').set({ nextAttemptAt: new Date() }).where('id', '=', id).execute()

describe('a webhook', () => {
  test('is sent the events that it chose, signed, in their order and each once', async () => {
    const { received, url } = await receive()
    const worldId = await newWorld()
    await client.thing.create.mutate({ worldId, name: 'Before' })
    const webhook = await client.webhook.create.mutate({ worldId, url, events: ['thing.*', 'persona.create'] })
    expect(webhook.secret).toMatch(/^whsec_[\w+/]{32}$/)
    const names = Array.from({ length: 20 }, (_, index) => `Thing ${index}`)
    for (const name of names) await client.thing.create.mutate({ worldId, name })
    const wren = await client.persona.create.mutate({ worldId, name: 'Wren' })
    await client.persona.update.mutate({ id: wren.id, version: 1, body: 'Not sent' })
    await client.thing.create.mutate({ worldId, name: 'Last' })
    await until(() => received.length === 22)
    expect(received.map(({ name }) => name)).toEqual([...names, 'Wren', 'Last'])
    const [first] = received
    const payload = new Webhook(webhook.secret).verify(first?.body ?? '', first?.headers ?? {})
    expect(payload).toMatchObject({
      type: 'thing.create',
      data: {
        worldId,
        change: { action: 'create', userName: expect.any(String) },
        entry: { kind: 'thing', name: 'Thing 0' },
      },
    })
    await until(async () => (await stateOf(webhook.id)).pending === 0)
    const { items } = await client.webhook.deliveries.query({ id: webhook.id, limit: 5 })
    expect(items[0]).toMatchObject({ event: 'thing.create', status: 200, response: 'ok' })
    expect(received).toHaveLength(22)
  })

  test('is tried again after pauses, with the same id, and nothing overtakes what failed', async () => {
    const { received, url } = await receive((response, nth) => {
      response.statusCode = nth <= 2 ? 500 : 204
      response.end(nth <= 2 ? 'down' : undefined)
    })
    const worldId = await newWorld()
    const { id } = await client.webhook.create.mutate({ worldId, url })
    for (const name of ['One', 'Two']) await client.thing.create.mutate({ worldId, name })
    await until(async () => (await stateOf(id)).failures === 1)
    const failing = await stateOf(id)
    expect(new Date(failing.nextAttemptAt).getTime()).toBeGreaterThan(Date.now() + 2000)
    await retryNow(id)
    await until(async () => (await stateOf(id)).failures === 2)
    expect(new Date((await stateOf(id)).nextAttemptAt).getTime()).toBeGreaterThan(Date.now() + 20_000)
    await retryNow(id)
    await until(() => received.length === 4)
    expect(received.map(({ name }) => name)).toEqual(['One', 'One', 'One', 'Two'])
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(2)
    await until(async () => (await stateOf(id)).failures === 0)
    const { items } = await client.webhook.deliveries.query({ id })
    expect(items.map(({ status }) => status)).toEqual([204, 204, 500, 500])

    const again = await client.webhook.resend.mutate({ id: items[0]?.id ?? '' })
    expect(again).toMatchObject({ status: 204, messageId: items[0]?.messageId })
    expect(received.at(-1)?.name).toBe('Two')
  })

  test('is switched off with a mail after a day of failures, and goes on where it was', async () => {
    let isDown = true
    const { received, url } = await receive((response) => {
      response.statusCode = isDown ? 503 : 200
      response.end()
    })
    const worldId = await newWorld()
    const { id } = await client.webhook.create.mutate({ worldId, url })
    await client.thing.create.mutate({ worldId, name: 'One' })
    await until(async () => (await stateOf(id)).failures === 1)
    await db
      .updateTable('webhooks')
      .set({ failingSince: new Date(Date.now() - 25 * 3600_000), nextAttemptAt: new Date() })
      .where('id', '=', id)
      .execute()
    await until(async () => !(await stateOf(id)).isActive)
    const off = await stateOf(id)
    expect(off).toMatchObject({ offBecause: 'failures', pending: 1 })
    await until(() => mailbox.mails.some(({ to, text }) => to === owner.email && text.includes('switched off')))
    isDown = false
    await client.webhook.update.mutate({ id, version: off.version, isActive: true })
    await until(() => received.length === 3)
    expect(received.at(-1)?.name).toBe('One')
  })

  test('whose receiver says that it is gone is switched off at once', async () => {
    const { url } = await receive((response) => {
      response.statusCode = 410
      response.end()
    })
    const worldId = await newWorld()
    const { id } = await client.webhook.create.mutate({ worldId, url })
    await client.thing.create.mutate({ worldId, name: 'One' })
    await until(async () => !(await stateOf(id)).isActive)
    expect(await stateOf(id)).toMatchObject({ offBecause: 'gone' })
  })

  test('is sent nothing that its owner may not read by then', async () => {
    const { received, url } = await receive()
    const worldId = await newWorld()
    const { id } = await client.webhook.create.mutate({ worldId, url })
    const theo = await person(worldloom, db, 'user')
    await db.insertInto('worldMembers').values({ worldId, userId: theo.id, role: 'editor' }).execute()
    await client.world.transfer.mutate({ id: worldId, userId: theo.id })
    await until(() => received.length === 3)
    await theo.client.member.remove.mutate({ worldId, userId: owner.id })
    await theo.client.thing.create.mutate({ worldId, name: 'Secret' })
    await until(async () => !(await theo.client.webhook.byId.query({ id })).isActive)
    expect(await theo.client.webhook.byId.query({ id })).toMatchObject({ offBecause: 'access' })
    expect(received.map(({ name }) => name)).not.toContain('Secret')
    // Whoever switches it on answers for it from then on.
    const { version } = await theo.client.webhook.byId.query({ id })
    await theo.client.webhook.update.mutate({ id, version, isActive: true })
    await until(() => received.some(({ name }) => name === 'Secret'))
  })

  test('can be tried out, given another secret, and deleted', async () => {
    const { received, url } = await receive()
    const worldId = await newWorld()
    const made = await client.webhook.create.mutate({ worldId, url, description: 'Builds' })
    expect(await client.webhook.ping.mutate({ id: made.id })).toMatchObject({ event: 'ping', status: 200 })
    const { secret } = await client.webhook.rotate.mutate({ id: made.id })
    await client.webhook.ping.mutate({ id: made.id })
    const [before, after] = received
    const verify = (key: string, message: Received | undefined) =>
      new Webhook(key).verify(message?.body ?? '', message?.headers ?? {})
    expect(() => verify(made.secret, before)).not.toThrow()
    expect(() => verify(secret, after)).not.toThrow()
    expect(() => verify(made.secret, after)).toThrow()
    const { items } = await client.webhook.list.query({ worldId })
    expect(items).toMatchObject([{ id: made.id, description: 'Builds', events: ['*'] }])
    expect(JSON.stringify(items)).not.toContain('whsec_')
    await client.webhook.delete.mutate({ id: made.id })
    expect(await refusal(client.webhook.byId.query({ id: made.id }))).toBe('notFound')
  })
})

describe('a receiver does no harm', () => {
  test('that redirects inwards: nobody follows', async () => {
    const inside = await receive()
    const { url } = await receive((response) => {
      response.writeHead(302, { location: inside.url }).end()
    })
    const worldId = await newWorld()
    const { id } = await client.webhook.create.mutate({ worldId, url })
    expect(await client.webhook.ping.mutate({ id })).toMatchObject({ status: 302 })
    expect(inside.received).toEqual([])
  })

  test('that replies with gigabytes: they are not read', async () => {
    let written = 0
    const { url } = await receive((response) => {
      const more = () => {
        while (!response.destroyed && written < 4 * 1024 ** 3 && response.write('x'.repeat(65_536))) written += 65_536
      }
      response.on('drain', more)
      response.on('error', () => undefined)
      more()
    })
    const worldId = await newWorld()
    const { id } = await client.webhook.create.mutate({ worldId, url })
    const delivery = await client.webhook.ping.mutate({ id })
    expect(delivery).toMatchObject({ status: 200, response: 'x'.repeat(2000) })
    expect(written).toBeLessThan(32 * 1024 * 1024)
  })

  test('that hangs: other webhooks and callers do not wait for it', async () => {
    const hanging = await receive(() => undefined)
    const { received, url } = await receive()
    const worldId = await newWorld()
    await client.webhook.create.mutate({ worldId, url: hanging.url })
    await client.webhook.create.mutate({ worldId, url })
    await client.thing.create.mutate({ worldId, name: 'One' })
    await until(() => received.length === 1 && hanging.received.length === 1)
    await client.thing.create.mutate({ worldId, name: 'Two' })
    await until(() => received.length === 2)
    expect(hanging.received).toHaveLength(1)
  })

  test('at a private address, by number, by name or in disguise: nothing is sent', async () => {
    const { received, port } = await receive()
    const worldId = await newWorld()
    for (const url of [
      `http://127.0.0.1:${port}/`,
      `http://[::1]:${port}/`,
      `http://[::ffff:127.0.0.1]:${port}/`,
      `http://0.0.0.0:${port}/`,
      `http://2130706433:${port}/`,
      `http://0x7f.1:${port}/`,
      `http://localhost.:${port}/`,
      'http://169.254.169.254/latest/meta-data/',
      'http://10.0.0.1/',
      'http://192.168.1.1/',
      'http://[fe80::1]/',
      'http://[fd00::1]/',
    ]) {
      const { id } = await client.webhook.create.mutate({ worldId, url })
      const { status, response } = await client.webhook.ping.mutate({ id })
      expect({ url, status, response }).toMatchObject({
        status: null,
        response: expect.stringMatching(/private|no such host/),
      })
      await client.webhook.delete.mutate({ id })
    }
    expect(received).toEqual([])
  })
})

describe('refused', () => {
  test('are addresses and events that cannot be, and more than ten', async () => {
    const worldId = await newWorld()
    const make = (input: Partial<{ url: string; events: string[] }>) =>
      refusal(client.webhook.create.mutate({ worldId, url: 'https://example.com/', ...input }))
    for (const url of [
      '',
      'x',
      'ftp://example.com',
      'javascript:alert(1)',
      'http://a:b@example.com/',
      'https://example.com/#x',
    ]) {
      expect(await make({ url }), url).toBe('badInput')
    }
    for (const events of [[], ['x'], ['persona'], ['persona.dance'], ['*.create'], ['persona.*; drop table']]) {
      expect(await make({ events }), events.join()).toBe('badInput')
    }
    for (let nth = 0; nth < 10; nth++) expect(await make({})).toBeUndefined()
    expect(await make({})).toBe('conflict')
  })

  test('is everybody but the owner of the world', async () => {
    const worldId = await newWorld()
    const { id } = await client.webhook.create.mutate({ worldId, url: 'https://example.com/' })
    await client.webhook.ping.mutate({ id })
    const [delivery] = (await client.webhook.deliveries.query({ id })).items
    const editor = await person(worldloom, db, 'user')
    await db.insertInto('worldMembers').values({ worldId, userId: editor.id, role: 'editor' }).execute()
    const stranger = await person(worldloom, db, 'user')
    for (const [who, kind] of [
      [editor, 'roleTooLow'],
      [stranger, 'notFound'],
    ] as const) {
      const { webhook } = who.client
      expect(await refusal(webhook.list.query({ worldId }))).toBe(kind)
      expect(await refusal(webhook.byId.query({ id }))).toBe(kind)
      expect(await refusal(webhook.create.mutate({ worldId, url: 'https://example.com/' }))).toBe(kind)
      expect(await refusal(webhook.update.mutate({ id, version: 1, isActive: false }))).toBe(kind)
      expect(await refusal(webhook.rotate.mutate({ id }))).toBe(kind)
      expect(await refusal(webhook.ping.mutate({ id }))).toBe(kind)
      expect(await refusal(webhook.deliveries.query({ id }))).toBe(kind)
      expect(await refusal(webhook.resend.mutate({ id: delivery?.id ?? '' }))).toBe(kind)
      expect(await refusal(webhook.delete.mutate({ id }))).toBe(kind)
    }
    expect(await refusal(client.webhook.update.mutate({ id, version: 7, isActive: false }))).toBe('changed')
  })
})
