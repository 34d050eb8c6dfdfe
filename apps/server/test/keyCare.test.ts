import { generateKeyPairSync, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readError } from '@worldloom/client'
import { createDatabase } from '@worldloom/db'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { says, startModelEndpoint } from '../src/testing/index.ts'
import { person, withKey } from './access.ts'
import { atEnd } from './atEnd.ts'
import { startMailbox } from './mailbox.ts'
import { startTestWorldloom } from './worldloom.ts'

const mailbox = await startMailbox()
const endpoint = await startModelEndpoint()
atEnd(() => endpoint.close())
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })

/** Where the keys of whoever reports leaked keys are, as at GitHub. */
const reporter = createServer((_request, response) => {
  const key = publicKey.export({ type: 'spki', format: 'pem' })
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ public_keys: [{ key_identifier: 'known', key, is_current: true }] }))
}).listen(0, '127.0.0.1')
await once(reporter, 'listening')
atEnd(async () => void reporter.close())

const worldloom = await startTestWorldloom({
  SMTP_URL: mailbox.url,
  TRUSTED_PROXIES: '1',
  SECRET_SCANNING_KEYS_URL: `http://127.0.0.1:${(reporter.address() as AddressInfo).port}/`,
  OPENAI_MODEL: 'test-model',
  OPENAI_BASE_URL: endpoint.url,
  CHAT_ANSWER_TOKENS: '500',
  CHAT_PRICES: 'test-model=1000/10000',
})
const second = await startTestWorldloom({ DATABASE_URL: worldloom.database.url })
const { db, close } = createDatabase(worldloom.database.url)
atEnd(close)

const get = (key: string, from = '203.0.113.9', path = '/api/v1/worlds', server = worldloom) =>
  fetch(`${server.url}${path}`, { headers: { 'x-api-key': key, 'x-forwarded-for': from } })
const month = new Date().toISOString().slice(0, 8)

describe('where a key may be used from', () => {
  test('is checked at each request, and a change holds on the next', async () => {
    const mira = await person(worldloom, db, 'user')
    const made = await mira.client.apiKey.create.mutate({
      ...{ name: 'At the office', permissions: ['world:read'] },
      allowedAddresses: ['203.0.113.0/24', '2001:db8::/32', '198.51.100.7'],
    })
    expect(made.allowedAddresses).toEqual(['203.0.113.0/24', '2001:db8::/32', '198.51.100.7'])
    for (const from of ['203.0.113.9', '198.51.100.7', '2001:db8:1::1', '::ffff:203.0.113.1']) {
      expect((await get(made.key, from)).status, from).toBe(200)
    }
    for (const from of ['203.0.114.9', '198.51.100.8', '2001:db9::1', 'nonsense']) {
      const refused = await get(made.key, from)
      expect(refused.status, from).toBe(401)
      expect(await refused.json()).toMatchObject({ detail: 'This API key may not be used from this address.' })
    }
    // What a caller says itself is not believed: one proxy is trusted, and this is before it.
    expect((await get(made.key, '203.0.113.9, 192.0.2.1')).status).toBe(401)
    await mira.client.apiKey.update.mutate({ id: made.id, allowedAddresses: ['192.0.2.0/24'] })
    await expect.poll(async () => (await get(made.key)).status).toBe(401)
    await mira.client.apiKey.update.mutate({ id: made.id, allowedAddresses: null })
    await expect.poll(async () => (await get(made.key)).status).toBe(200)
    for (const wrong of ['203.0.113.0/33', 'example.com', '::/129', '']) {
      const update = mira.client.apiKey.update.mutate({ id: made.id, allowedAddresses: [wrong] })
      expect(readError(await update.catch((error: unknown) => error)).reason?.kind).toBe('badInput')
    }
  })
})

describe('what a key was used for', () => {
  test('from where, and which permissions it has not used for 30 days, which can be dropped', async () => {
    const mira = await person(worldloom, db, 'user')
    const { id, key } = await mira.client.apiKey.create.mutate({
      ...{ name: 'Much', roles: ['user'], permissions: ['apiKey:read'] },
    })
    for (const from of ['203.0.113.1', '203.0.113.2', '203.0.113.2']) await get(key, from)
    await get(key, '203.0.113.2', '/api/v1/api-keys')
    await expect
      .poll(async () => (await mira.client.apiKey.usage.query({ id })).addresses.map(({ useCount }) => useCount))
      .toEqual([3, 1])
    const fresh = await mira.client.apiKey.usage.query({ id })
    expect(fresh.addresses.map(({ ipAddress }) => ipAddress)).toEqual(['203.0.113.2', '203.0.113.1'])
    expect(fresh.month).toEqual({ requests: 4, tokens: 0, cost: 0 })
    const used = (names: typeof fresh.permissionUses) => names.filter((each) => each.lastUsedAt).map(({ name }) => name)
    expect(used(fresh.permissionUses)).toEqual(['apiKey:read', 'world:read'])
    // Those that roles do not give to keys are not its.
    expect(fresh.permissionUses.map(({ name }) => name)).not.toContain('apiKey:create')
    // It is new, so nobody can say what it does not need.
    expect(fresh.permissionUses.filter(({ isUnused }) => isUnused)).toEqual([])

    const before = new Date(Date.now() - 40 * 86_400_000)
    await db.updateTable('apiKeys').set({ createdAt: before }).where('id', '=', id).execute()
    const old = await mira.client.apiKey.usage.query({ id })
    const unused = old.permissionUses.filter(({ isUnused }) => isUnused).map(({ name }) => name)
    expect(unused).toContain('entity:delete')
    expect(unused).not.toContain('world:read')
    const stranger = await person(worldloom, db, 'user')
    for (const call of [
      () => stranger.client.apiKey.usage.query({ id }),
      () => stranger.client.apiKey.dropPermissions.mutate({ id, permissions: unused }),
    ]) {
      await expect(call()).rejects.toMatchObject({ data: { httpStatus: 404 } })
    }
    const less = await mira.client.apiKey.dropPermissions.mutate({ id, permissions: unused })
    expect(less.roles).toEqual([])
    expect(less.permissions).toEqual(['apiKey:read', 'world:read'])
    await expect.poll(async () => (await get(key, '203.0.113.1', '/api/v1/movies')).status).toBe(200)
    expect((await get(key)).status).toBe(200)
    await expect(withKey(worldloom, key).world.create.mutate({ name: 'No' })).rejects.toMatchObject({
      data: { reason: { kind: 'notPermitted', permission: 'world:create', lackedBy: 'credential' } },
    })
  })
})

describe('budgets of a month', () => {
  test('requests: refused with when it goes on, on every server', async () => {
    const mira = await person(worldloom, db, 'user')
    const { id, key } = await mira.client.apiKey.create.mutate({
      ...{ name: 'Ten', permissions: ['world:read'], monthlyRequests: 10 },
    })
    const statuses = []
    for (let time = 0; time < 12; time++) statuses.push((await get(key)).status)
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429, 429])
    const refused = await get(key)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(refused.headers.get('ratelimit-policy')).toContain('"apiKeyMonth";q=10')
    await expect.poll(async () => (await mira.client.apiKey.usage.query({ id })).month.requests).toBe(10)
    expect((await get(key, '203.0.113.9', '/api/v1/worlds', second)).status).toBe(429)
    // The person themselves goes on.
    expect((await mira.browser.open('/api/v1/worlds')).status).toBe(200)
    await mira.client.apiKey.update.mutate({ id, monthlyRequests: 20 })
    await expect.poll(async () => (await get(key)).status).toBe(200)
  })

  test('tokens and money of the chat', async () => {
    endpoint.answer(says('Hello.'))
    const mira = await person(worldloom, db, 'user')
    const made = async (name: string, budget: { monthlyTokens?: number; monthlyCost?: number }) =>
      await mira.client.apiKey.create.mutate({ name, permissions: ['chat:use'], ...budget })
    const ask = async (key: string) => {
      const client = withKey(worldloom, key)
      const { id: conversationId } = await client.conversation.create.mutate({})
      return await client.chat.ask.mutate({ conversationId, text: 'Hm?' })
    }
    const tokens = await made('Tokens', { monthlyTokens: 100 })
    expect(await ask(tokens.key)).toMatchObject({ inputTokens: 100, outputTokens: 10 })
    expect(readError(await ask(tokens.key).catch((error: unknown) => error)).message).toBe(
      'This API key has used up its 100 tokens of this month.',
    )
    const { month: used } = await mira.client.apiKey.usage.query({ id: tokens.id })
    expect(used.tokens).toBeGreaterThanOrEqual(110)
    expect(used.cost).toBeGreaterThanOrEqual(0.2)
    const [counted] = await db
      .selectFrom('apiKeyChatUsage')
      .select(sql<string>`to_char(month, 'YYYY-MM-')`.as('month'))
      .execute()
    expect(counted?.month).toBe(month)

    const money = await made('Money', { monthlyCost: 5 })
    expect(await ask(money.key)).toMatchObject({ cost: 0.2 })
    await mira.client.apiKey.update.mutate({ id: money.id, monthlyCost: 0.3 })
    await expect
      .poll(async () => readError(await ask(money.key).catch((error: unknown) => error)).message)
      .toBe('This answer could cost more than is left of what this API key in a month may cost.')
    // The other key, and the person, go on.
    expect((await ask((await made('Free', {})).key)).status).toBe('complete')
    // A conversation that is deleted gives nothing back.
    await db.deleteFrom('conversations').execute()
    await expect(ask(tokens.key)).rejects.toThrow('has used up')
  })
})

describe('a report of leaked keys', () => {
  const report = async (reports: unknown, options: { body?: string; id?: string; signature?: string } = {}) => {
    const body = options.body ?? JSON.stringify(reports)
    const signature = options.signature ?? sign('sha256', Buffer.from(body), privateKey).toString('base64')
    return await fetch(`${worldloom.url}/secret-scanning`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'github-public-key-identifier': options.id ?? 'known',
        'github-public-key-signature': signature,
      },
      body,
    })
  }
  const url = 'https://github.com/somebody/something/blob/main/.env'

  test('switches a key off at once and mails its owner; it works again with another secret', async () => {
    const mira = await person(worldloom, db, 'user')
    const { id, key } = await mira.client.apiKey.create.mutate({ name: 'Leaked', permissions: ['world:read'] })
    expect((await get(key)).status).toBe(200)
    const unknown = `${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}`
    const response = await report([
      { token: key, type: 'worldloom_api_key', url, source: 'content' },
      { token: unknown, type: 'worldloom_api_key', url, source: 'content' },
    ])
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual([
      { token_raw: key, token_type: 'worldloom_api_key', label: 'true_positive' },
      { token_raw: unknown, token_type: 'worldloom_api_key', label: 'false_positive' },
    ])
    await expect.poll(async () => (await get(key)).status).toBe(401)
    const mail = await mailbox.next(mira.email)
    expect(mail.text).toContain('Leaked')
    expect(mail.text).toContain(url)
    expect(mail.text).not.toContain(key)
    const { leakedAt, isActive } = await mira.client.apiKey.byId.query({ id })
    expect([leakedAt !== null, isActive]).toEqual([true, false])
    await expect(mira.client.apiKey.activate.mutate({ id })).rejects.toThrow('Others have this key')
    // Reported once more, nobody is told again.
    await report([{ token: key, type: 'worldloom_api_key', url: '' }])
    expect(mailbox.mails.filter(({ to }) => to === mira.email)).toEqual([])
    const rotated = await mira.client.apiKey.rotate.mutate({ id, overlapHours: 24 })
    expect(rotated).toMatchObject({ isActive: true, leakedAt: null, previousExpiresAt: null })
    expect((await get(rotated.key)).status).toBe(200)
    expect((await get(key)).status).toBe(401)
    expect(worldloom.log.join('')).not.toContain(key)
  })

  test('of a secret that was rotated ends what is left of its time, and nothing else', async () => {
    const mira = await person(worldloom, db, 'user')
    const { id, key } = await mira.client.apiKey.create.mutate({ name: 'Rotated', permissions: ['world:read'] })
    const rotated = await mira.client.apiKey.rotate.mutate({ id, overlapHours: 24 })
    expect((await get(key)).status).toBe(200)
    await report([{ token: key, type: 'worldloom_api_key', url }])
    await expect.poll(async () => (await get(key)).status).toBe(401)
    expect((await get(rotated.key)).status).toBe(200)
    expect((await mailbox.next(mira.email)).text).toContain('Rotated')
  })

  test('without a valid signature is refused', async () => {
    const mira = await person(worldloom, db, 'user')
    const { key } = await mira.client.apiKey.create.mutate({ name: 'Safe', permissions: ['world:read'] })
    const reports = [{ token: key, type: 'worldloom_api_key', url }]
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
    const body = JSON.stringify(reports)
    const forged = sign('sha256', Buffer.from(body), other).toString('base64')
    const ofAnother = sign('sha256', Buffer.from('[]'), privateKey).toString('base64')
    for (const options of [{ signature: forged }, { signature: ofAnother }, { signature: 'x' }, { id: 'unknown' }]) {
      expect((await report(reports, options)).status).toBe(401)
    }
    const unsigned = await fetch(`${worldloom.url}/secret-scanning`, { method: 'POST', body })
    expect(unsigned.status).toBe(401)
    expect((await get(key)).status).toBe(200)
  })

  test('that is no report is refused with a sentence, and nobody answers where none are taken', async () => {
    for (const body of ['', 'x', '{}', '[{"token":1}]']) expect((await report(undefined, { body })).status).toBe(400)
    expect((await fetch(`${second.url}/secret-scanning`, { method: 'POST', body: '[]' })).status).toBe(404)
  })
})
