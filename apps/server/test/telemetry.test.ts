import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { freePort } from '@worldloom/db/testing'
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { startModelEndpoint } from '../src/testing/index.ts'
import { startTestWorldloom } from './worldloom.ts'

interface Attribute {
  readonly key: string
  readonly value: { readonly stringValue?: string; readonly intValue?: number | string }
}
/** As in https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto */
interface Span {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly kind: number
  readonly attributes: readonly Attribute[]
}

/** A collector that keeps what it is sent. */
async function startCollector() {
  const spans: Span[] = []
  const metrics = new Map<string, unknown>()
  const headers: Record<string, unknown>[] = []
  const services = new Set<string>()
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece as Buffer)
    const whole = Buffer.concat(pieces)
    const body = JSON.parse((request.headers['content-encoding'] === 'gzip' ? gunzipSync(whole) : whole).toString())
    headers.push(request.headers)
    for (const { resource, scopeSpans } of body.resourceSpans ?? []) {
      services.add(resource.attributes.find(({ key }: Attribute) => key === 'service.name').value.stringValue)
      for (const scope of scopeSpans) spans.push(...scope.spans)
    }
    for (const { scopeMetrics } of body.resourceMetrics ?? []) {
      for (const { metrics: sent } of scopeMetrics) for (const metric of sent) metrics.set(metric.name, metric)
    }
    response.setHeader('content-type', 'application/json').end('{}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  afterAll(() => void server.close())
  const { port } = server.address() as AddressInfo // it listens on TCP
  return { url: `http://127.0.0.1:${port}`, spans, metrics, headers, services }
}

vi.stubEnv('OTEL_METRIC_EXPORT_INTERVAL', '300')
vi.stubEnv('OTEL_BSP_SCHEDULE_DELAY', '200')
afterAll(() => void vi.unstubAllEnvs())
const collector = await startCollector()
const endpoint = await startModelEndpoint()
afterAll(() => endpoint.close())
const worldloom = await startTestWorldloom({
  OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/`,
  OTEL_EXPORTER_OTLP_HEADERS: 'x-tenant=the%20coast',
  OTEL_SERVICE_NAME: 'worldloom-test',
  OTEL_TRACES_SAMPLER_ARG: '1',
  OPENAI_MODEL: 'test-model',
  OPENAI_API_KEY: 'sk-test',
  OPENAI_BASE_URL: endpoint.url,
})
const ada = await worldloom.signIn('ada')

const until = (condition: () => boolean) => vi.waitUntil(condition, { timeout: 15_000, interval: 20 })
const attributeOf = (span: Span | undefined, key: string) => {
  const value = span?.attributes.find((attribute) => attribute.key === key)?.value
  return value?.stringValue ?? value?.intValue
}
const callersTrace = (digit: string) => digit.repeat(32)
const traceparent = (digit: string, flags = '01') => `00-${callersTrace(digit)}-${digit.repeat(16)}-${flags}`
const inTrace = (digit: string) => collector.spans.filter(({ traceId }) => traceId === callersTrace(digit))

describe('traces', () => {
  test('go from the request over the procedure to its statements, and continue the caller’s', async () => {
    const world = await ada.client.world.create.mutate({ name: 'A private place' })
    const response = await ada.open(`/api/v1/things`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', traceparent: traceparent('a') },
      body: JSON.stringify({ worldId: world.id, name: 'A private lamp' }),
    })
    expect(response.status).toBe(201)
    await until(() => inTrace('a').some(({ kind, name }) => kind === 2 && name.startsWith('POST /')))
    await until(() => inTrace('a').some(({ name }) => name === 'thing.create'))
    const spans = inTrace('a')
    const request = spans.find(({ kind }) => kind === 2)
    expect(request).toMatchObject({ parentSpanId: 'a'.repeat(16) })
    expect(attributeOf(request, 'http.response.status_code')).toBe(201)
    expect(attributeOf(request, 'worldloom.request_id')).toBe(response.headers.get('x-request-id'))
    const procedure = spans.find(({ name }) => name === 'thing.create')
    expect(procedure?.parentSpanId).toBe(request?.spanId)
    const statements = spans.filter(({ parentSpanId }) => parentSpanId === procedure?.spanId)
    const texts = statements.map((span) => attributeOf(span, 'db.query.text'))
    expect(statements.map(({ name }) => name)).toEqual(expect.arrayContaining(['BEGIN', 'INSERT', 'COMMIT']))
    expect(texts.some((text) => String(text).includes('"entities"'))).toBe(true)
    // Neither what people wrote nor whose session it was.
    const sent = JSON.stringify(spans)
    for (const secret of ['private lamp', ada.cookies?.get?.('worldloom_session') ?? 'private place']) {
      expect(sent).not.toContain(secret)
    }
  })

  test('also of reads that share connections', async () => {
    const { items } = await ada.client.world.list.query({})
    await ada.open(`/api/v1/worlds/${items[0]?.id}`, { headers: { traceparent: traceparent('b') } })
    await until(() => inTrace('b').some(({ name }) => name === 'SELECT' || name === 'WITH'))
    const procedure = inTrace('b').find(({ name }) => name === 'world.byId')
    expect(inTrace('b').some(({ parentSpanId }) => parentSpanId === procedure?.spanId)).toBe(true)
  })

  test('reach the model, which is told of them', async () => {
    const { id: conversationId } = await ada.client.conversation.create.mutate({})
    const told: string[] = []
    for await (const { type } of await ada.client.chat.send.mutate({ conversationId, text: 'Who are you?' }))
      told.push(type)
    expect(told.length).toBeGreaterThan(0)
    await until(() => collector.spans.some(({ name }) => name === 'chat test-model'))
    const answer = collector.spans.find(({ name }) => name === 'chat test-model')
    expect(Number(attributeOf(answer, 'gen_ai.usage.output_tokens'))).toBeGreaterThan(0)
    const call = collector.spans.find(({ parentSpanId, name }) => parentSpanId === answer?.spanId && name === 'POST')
    expect(attributeOf(call, 'http.response.status_code')).toBe(200)
    expect(endpoint.headers.at(-1)?.traceparent ?? endpoint.headers[0]?.traceparent).toMatch(/^00-[0-9a-f]{32}-/)
    expect(endpoint.headers.some((sent) => sent.traceparent === `00-${call?.traceId}-${call?.spanId}-01`)).toBe(true)
    expect(JSON.stringify(collector.spans)).not.toContain('Who are you?')
  })

  test('are named in problems and in the log', async () => {
    const response = await ada.open('/api/v1/worlds/nowhere', { headers: { traceparent: traceparent('c') } })
    expect(await response.json()).toMatchObject({ traceId: callersTrace('c'), requestId: expect.any(String) })
    const line = worldloom.log.find((each) => each.includes(callersTrace('c')))
    expect(JSON.parse(line ?? '{}')).toMatchObject({ msg: 'request', spanId: expect.stringMatching(/^[0-9a-f]{16}$/) })
  })

  test('that their callers do not keep are not kept, and nonsense begins a new one', async () => {
    await ada.open('/healthz', { headers: { traceparent: traceparent('d', '00') } })
    const response = await ada.open('/api/v1/worlds/nowhere', { headers: { traceparent: `00-${'z'.repeat(32)}-1-01` } })
    const { traceId } = (await response.json()) as { traceId: string } // as above
    await until(() => collector.spans.some((span) => span.traceId === traceId))
    expect(inTrace('d')).toEqual([])
  })

  test('are sent with the headers and the name of the settings', () => {
    expect(collector.headers.every((headers) => headers['x-tenant'] === 'the coast')).toBe(true)
    expect([...collector.services]).toEqual(['worldloom-test'])
  })
})

test('metrics are the same as at /metrics', async () => {
  const names = [
    'http_request_duration_seconds',
    'database_connections',
    'database_lanes',
    'database_lane_statements',
    'database_notifications_heard',
    'principal_cache_total',
    'change_streams',
    'event_loop_delay_seconds',
    'jobs',
  ]
  await until(() => names.every((name) => collector.metrics.has(name)))
  const text = await (await fetch(new URL('/metrics', worldloom.url))).text()
  for (const name of names) expect(text).toMatch(new RegExp(`^${name}(_bucket)?({| )`, 'm'))
  expect(text).toMatch(/^principal_cache_total\{result="hit"\} [1-9]/m)
})

test('the dashboard and the alerts ask for what there is', async () => {
  const text = await (await fetch(new URL('/metrics', worldloom.url))).text()
  // With those of which there is nothing to be said here, such as replicas.
  const names = new Set([...text.matchAll(/^(?:# TYPE )?([a-z_]+)(?:\{| )/gm)].map(([, name]) => name))
  const ops = new URL('../../../ops/', import.meta.url)
  const dashboard = JSON.parse(readFileSync(new URL('grafana-dashboard.json', ops), 'utf8'))
  const asked: string[] = dashboard.panels.flatMap(({ targets = [] }: { targets?: { expr: string }[] }) =>
    targets.map(({ expr }) => expr),
  )
  const alerts = readFileSync(new URL('prometheus-alerts.yml', ops), 'utf8')
  asked.push(...[...alerts.matchAll(/expr: (['"])(.*)\1$/gm)].map(([, , expr]) => expr ?? ''))
  expect(asked.length).toBeGreaterThan(20)
  for (const expression of asked) {
    const metrics = [...expression.matchAll(/([a-z][a-z_]+)(?=\{|\[|\)| [=<>])/g)].map(([, name]) => name)
    const known = metrics.filter((name) => name !== 'up' && name !== 'le' && name !== 'by')
    expect(metrics.length, expression).toBeGreaterThan(0)
    for (const name of known) {
      // The labels that sums are by look the same.
      if (['name', 'route', 'state', 'status', 'instance', 'from'].includes(name ?? '')) continue
      expect(names, expression).toContain(name)
    }
  }
})

test('a collector that is down costs a line in the log, once a minute, and nothing else', {
  timeout: 300_000,
}, async () => {
  const port = String(await freePort())
  const child = spawn(process.execPath, [fileURLToPath(new URL('../src/main.ts', import.meta.url))], {
    env: {
      PATH: process.env.PATH,
      PORT: port,
      DATA_DIR: worldloom.dataDir,
      DATABASE_URL: worldloom.database.url,
      LOCAL_IDENTITY: 'false',
      APP_SECRET: 'a secret that is long enough for tests',
      PASSWORD_SIGN_IN: 'true',
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${await freePort()}`,
      OTEL_METRIC_EXPORT_INTERVAL: '200',
    },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (piece) => {
      output += piece
    })
  }
  onTestFinished(() => void child.kill('SIGKILL'))
  const lines = () => output.split('traces or metrics were not sent').length - 1
  await vi.waitUntil(() => lines() > 0 && output.includes('Worldloom is running'), { timeout: 150_000, interval: 50 })
  for (let times = 0; times < 5; times++) {
    expect((await fetch(`http://localhost:${port}/readyz`)).status).toBe(200)
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
  expect(lines()).toBe(1)
  child.kill('SIGTERM')
  const [code] = await once(child, 'exit')
  expect(code).toBe(0)
})

test('without an address nothing of it is loaded', async () => {
  const logger = `import { registerHooks } from 'node:module'
    registerHooks({ load: (url, context, next) => { if (/opentelemetry/.test(url)) console.log(url); return next(url, context) } })`
  const child = spawn(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(logger)}`,
      '--input-type=module',
      '--eval',
      `await import(${JSON.stringify(new URL('../src/index.ts', import.meta.url).href)})`,
    ],
    { env: { PATH: process.env.PATH }, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let output = ''
  child.stdout.on('data', (piece) => {
    output += piece
  })
  await once(child, 'exit')
  const packages = new Set([...output.matchAll(/node_modules\/(@opentelemetry\/[\w-]+)\//g)].map(([, name]) => name))
  // The interface that pg-boss calls too. It does nothing by itself.
  expect([...packages]).toEqual(['@opentelemetry/api'])
})
