import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { connect } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { startTestWorldloom } from './worldloom.ts'

const web = await mkdtemp(path.join(os.tmpdir(), 'worldloom-web-'))
afterAll(() => rm(web, { recursive: true, force: true }))
await mkdir(path.join(web, 'assets'))
await writeFile(path.join(web, 'index.html'), '<!doctype html><title>Worldloom</title>')
await writeFile(
  path.join(web, 'pages.json'),
  JSON.stringify(['/', '/worlds', '/worlds/$worldId'].map((page) => ({ path: page, modules: [], queries: [] }))),
)
await writeFile(path.join(web, 'assets', 'app-1a2b.js'), 'console.log("plain")'.repeat(100))
await writeFile(path.join(web, 'assets', 'app-1a2b.js.br'), 'compressed')
const worldloom = await startTestWorldloom(
  { CORS_ORIGINS: 'https://wiki.example.com', BODY_LIMIT: '64kb', REQUEST_TIMEOUT: '2s' },
  web,
)
const { url } = worldloom

const get = (target: string, headers: Record<string, string> = {}) =>
  fetch(url + target, { headers, redirect: 'manual' })

describe('rule 35: headers', () => {
  test.each([
    '/',
    '/worlds',
    '/nothing',
    '/assets/app-1a2b.js',
    '/healthz',
    '/readyz',
    '/trpc/me.get',
    '/api/none',
    '/auth/providers',
  ])('%s carries the security headers and a request id', async (target) => {
    const { headers } = await get(target)
    expect(headers.get('content-security-policy')).toMatch(/script-src 'self';.*frame-ancestors 'none'/)
    expect(headers.get('content-security-policy')).not.toContain('unsafe')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('x-request-id')).toMatch(/^[\w-]{36}$/)
    expect(headers.get('x-powered-by')).toBeNull()
  })

  test('other origins are let in by name only, and never by *', async () => {
    const allowed = await get('/trpc/me.get', { origin: 'https://wiki.example.com' })
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://wiki.example.com')
    expect(allowed.headers.get('access-control-allow-credentials')).toBe('true')
    const refused = await get('/trpc/me.get', { origin: 'https://evil.example' })
    expect(refused.headers.get('access-control-allow-origin')).toBeNull()
  })

  test('a request id from outside is not taken without a proxy of ours', async () => {
    const { headers } = await get('/healthz', { 'x-request-id': 'chosen-by-somebody' })
    expect(headers.get('x-request-id')).not.toBe('chosen-by-somebody')
  })
})

describe('pages and files', () => {
  test('a page of the app is 200, another 404, both the app itself', async () => {
    for (const [target, status] of [
      ['/worlds', 200],
      ['/worlds/123', 200],
      ['/worlds/1/2/3', 404],
      ['/nothing', 404],
    ] as const) {
      const response = await get(target)
      expect(response.status).toBe(status)
      expect(await response.text()).toContain('<title>Worldloom</title>')
      expect(response.headers.get('cache-control')).toBe('no-cache')
    }
  })

  test('hashed assets are kept for ever and sent compressed where that is understood', async () => {
    const plain = await get('/assets/app-1a2b.js', { 'accept-encoding': 'identity' })
    expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(await plain.text()).toContain('plain')
    const brotli = await new Promise<string | undefined>((resolve) => {
      request(`${url}/assets/app-1a2b.js`, { headers: { 'accept-encoding': 'br' } }, (response) => {
        response.resume()
        resolve(response.headers['content-encoding'])
      }).end()
    })
    expect(brotli).toBe('br')
  })

  test.each(['/api/none', '/api/v1/none', '/auth/nowhere/else', '/assets/none.js', '/.well-known/none'])(
    '%s is nothing, and says so in JSON',
    async (target) => {
      const response = await get(target)
      expect(response.status).toBe(404)
      expect(response.headers.get('content-type')).toContain('application/problem+json')
      expect(await response.json()).toMatchObject({ status: 404, requestId: response.headers.get('x-request-id') })
    },
  )

  test.each(['/..%2f..%2fetc%2fpasswd', '/assets/..%2f..%2fpackage.json', '/%2e%2e/%2e%2e/etc/passwd', '/assets/%00'])(
    '%s leads out of nowhere',
    async (target) => {
      const text = await (await get(target)).text()
      expect(text).not.toMatch(/root:|"name"/)
    },
  )
})

describe('operations', () => {
  test('healthz, readyz and metrics', async () => {
    expect(await (await get('/healthz')).json()).toEqual({ status: 'alive' })
    expect(await (await get('/readyz')).json()).toEqual({ status: 'ready', notifications: 'arrive' })
    const metrics = await (await get('/metrics')).text()
    expect(metrics).toMatch(/http_request_duration_seconds_count\{method="GET",route="\/healthz",status="200"\} \d+/)
    expect(metrics).toContain('database_connections{state="open"}')
    expect(metrics).toContain('process_resident_memory_bytes')
  })

  test('metrics with a token answer to nobody without it', async () => {
    const guarded = await startTestWorldloom({ METRICS_TOKEN: 'a-token-of-sixteen' })
    expect((await fetch(`${guarded.url}/metrics`)).status).toBe(404)
    const headers = { authorization: 'Bearer a-token-of-sixteen' }
    expect((await fetch(`${guarded.url}/metrics`, { headers })).status).toBe(200)
  })

  test('the log says of a request what it was, never its query', async () => {
    await get('/worlds?secret=hunter2')
    const line = worldloom.log.findLast((entry) => entry.includes('"path":"/worlds"')) ?? ''
    expect(JSON.parse(line)).toMatchObject({
      method: 'GET',
      status: 200,
      ms: expect.any(Number),
      requestId: expect.any(String),
    })
    expect(line).not.toContain('hunter2')
  })
})

describe('rule 32: hostile input gets a sentence, never a 500', () => {
  const call = (
    body: string | ReadableStream,
    headers: Record<string, string> = { 'content-type': 'application/json' },
  ) => fetch(`${url}/trpc/world.create`, { method: 'POST', body, headers, duplex: 'half' } as RequestInit) // a stream requires duplex

  test.each<[string, string, number]>([
    ['no JSON', '{', 401],
    ['deep JSON', '['.repeat(20_000) + ']'.repeat(20_000), 401],
    ['a NUL', '{"name":"a\\u0000b"}', 401],
    ['half a character', '{"name":"\\ud800"}', 401],
    ['an array for an object', '[]', 401],
    ['a huge number', '{"name":1e999}', 401],
    ['prototype pollution', '{"__proto__":{"admin":true},"name":"x"}', 401],
  ])('%s', async (_name, body, status) => {
    const response = await call(body)
    expect(response.status).toBe(status)
    const { error } = (await response.json()) as { error: { message: string; data: object } } // tRPC's shape
    expect(error.message.length).toBeGreaterThan(3)
    expect(JSON.stringify(error)).not.toMatch(/stack|file:|node_modules|select |\.ts/)
  })

  test('the same from somebody who is signed in', async () => {
    const browser = await worldloom.signIn('mira')
    const json = { 'content-type': 'application/json' }
    expect((await browser.open('/trpc/world.create', { method: 'POST', body: '{', headers: json })).status).toBe(400)
    for (const body of [
      '['.repeat(20_000) + ']'.repeat(20_000),
      '{"name":"a\\u0000b"}',
      '{"name":"\\ud800"}',
      '[]',
      '{"name":1e999}',
      '"x"',
      'null',
      '{"__proto__":{"admin":true},"name":"x","constructor":1}',
    ]) {
      const response = await browser.open('/trpc/world.create', { method: 'POST', body, headers: json })
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ error: { data: { reason: { kind: 'badInput' } } } })
    }
  })

  test('other content types', async () => {
    expect((await call('name=x', { 'content-type': 'text/plain' })).status).toBe(415)
    expect((await call('<x/>', { 'content-type': 'application/xml' })).status).toBe(415)
  })

  test('a body over the limit is refused without being read, announced or not', async () => {
    expect((await call('x'.repeat(65 * 1024))).status).toBe(413)
    let sent = 0
    const endless = new ReadableStream({
      pull(controller) {
        sent++
        controller.enqueue(new Uint8Array(16 * 1024))
        if (sent > 10_000) controller.close()
      },
    })
    const response = await call(endless)
    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({ detail: 'A request may have at most 65536 bytes here.' })
    expect(sent).toBeLessThan(1000)
  })

  test('a body that trickles in is ended', async () => {
    const browser = await worldloom.signIn('mira')
    const token = browser.cookies.get('worldloom_session')
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    let answer = ''
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.write(
      `POST /trpc/world.create HTTP/1.1\r\nhost: localhost\r\ncookie: worldloom_session=${token}\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{`,
    )
    await new Promise((resolve) => socket.on('close', resolve))
    expect(answer).toContain('408')
  })

  test('batches are bounded', async () => {
    const path = Array.from({ length: 51 }, () => 'me.get').join(',')
    expect((await get(`/trpc/${path}?batch=1&input={}`)).status).toBe(400)
  })

  test.each([
    '/trpc/',
    '/trpc/none',
    '/trpc/world.byId,',
    '/trpc/__proto__',
    '/trpc/world.byId?input=%7B',
    '/trpc/world.byId?input=%',
    '/trpc/%E0%A4%A',
  ])('%s is a 4xx', async (target) => {
    const { status } = await get(target)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
  })
})

test('tRPC answers a batch, and streams one as its answers are ready', async () => {
  const browser = await worldloom.signIn('mira')
  const [me, worlds, missing] = await Promise.allSettled([
    browser.client.me.get.query(),
    browser.client.world.list.query({ limit: 1 }),
    browser.client.world.byId.query({ id: '01a00000-0000-7000-8000-000000000000' }),
  ])
  expect(me).toMatchObject({ status: 'fulfilled', value: { displayName: 'Mira Castellan' } })
  expect(worlds).toMatchObject({ status: 'fulfilled', value: { items: [{ name: 'The Iron Coast' }] } })
  expect(missing.status).toBe('rejected')
  const batch = await browser.open('/trpc/me.get,world.list?batch=1&input={}')
  expect(batch.status).toBe(200)
  expect(await batch.json()).toHaveLength(2)
})

describe('a batch that is not streamed', () => {
  const unknown = '01a00000-0000-7000-8000-000000000000'
  const open = async (path: string, input: unknown) => {
    const browser = await worldloom.signIn('mira')
    const response = await browser.open(`/trpc/${path}?batch=1&input=${encodeURIComponent(JSON.stringify(input))}`)
    // tRPC's shape
    const answers = (await response.json()) as { result: { data: unknown }; error: { message: string } }[]
    return { response, answers }
  }

  test('answers each call in its place, with 207 where they differ', async () => {
    const { response, answers } = await open('world.byId,me.get,act.byId', { 0: { id: unknown }, 2: { id: 'no id' } })
    expect(response.status).toBe(207)
    expect(answers).toMatchObject([
      { error: { data: { code: 'NOT_FOUND', path: 'world.byId' } } },
      { result: { data: { displayName: 'Mira Castellan' } } },
      { error: { data: { code: 'BAD_REQUEST', path: 'act.byId' } } },
    ])
  })

  test('has the status of its calls where they agree', async () => {
    const { response, answers } = await open('world.byId,act.byId', { 0: { id: unknown }, 1: { id: unknown } })
    expect(response.status).toBe(404)
    expect(answers).toHaveLength(2)
    const anonymous = await get('/trpc/me.get,world.list?batch=1&input={}')
    expect(anonymous.status).toBe(401)
    expect(anonymous.headers.get('www-authenticate')).toContain('Bearer')
  })

  test('refuses an input that is no object, and says so for each call', async () => {
    const { response, answers } = await open('world.byId,act.byId', 'no object')
    expect(response.status).toBe(400)
    expect(answers).toHaveLength(2)
    expect(answers[0]?.error.message).toContain('must be an object')
    expect((await get('/trpc/me.get,world.list?batch=1&input=%7B')).status).toBe(401)
  })

  test('answers as the streamed one does', async () => {
    const calls = [{ id: unknown }, {}]
    const plain = await open('world.byId,world.list', calls)
    const browser = await worldloom.signIn('mira')
    const [missing, worlds] = await Promise.allSettled([
      browser.client.world.byId.query({ id: unknown }),
      browser.client.world.list.query({}),
    ])
    expect(plain.answers[1]?.result.data).toEqual(worlds.status === 'fulfilled' && worlds.value)
    expect(missing).toMatchObject({ reason: { message: plain.answers[0]?.error.message } })
  })
})
