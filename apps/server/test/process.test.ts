import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '@worldloom/db/testing'
import { afterAll, expect, onTestFinished, test, vi } from 'vitest'
import { Browser } from './browser.ts'

// Starting takes most of the time here, and that depends on what else the machine does.
vi.setConfig({ testTimeout: 400_000 })

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const dataDir = await mkdtemp(path.join(os.tmpdir(), 'worldloom-process-'))
afterAll(() => rm(dataDir, { recursive: true, force: true }))

interface Started {
  readonly process: ChildProcess
  readonly output: () => string
}

function start(environment: Record<string, string>): Started {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env.PATH, DATA_DIR: dataDir, LOG_LEVEL: 'warn', ...environment },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk
    })
  }
  onTestFinished(() => void child.kill('SIGKILL'))
  return { process: child, output: () => output }
}

/** The first start also makes the database and draws the demo world, on a machine that may be busy with other tests. */
async function isRunning({ output }: Started) {
  await expect.poll(output, { timeout: 150_000 }).toContain('Worldloom is running')
}

async function stop({ process: child }: Started, signal: NodeJS.Signals): Promise<number | null> {
  child.kill(signal)
  const [code] = await once(child, 'exit')
  return code
}

test('starts with nothing configured, says where it is, stops on Ctrl-C and keeps the data', async () => {
  const ports = { PORT: String(await freePort()), LOCAL_IDENTITY_PORT: String(await freePort()) }
  const first = start(ports)
  await isRunning(first)
  expect(first.output()).toContain(`http://localhost:${ports.PORT}`)
  expect(first.output()).toContain('pick Ada (admin), Mira (author) or Theo (viewer)')
  expect(first.output()).toContain(dataDir)
  const author = new Browser(`http://localhost:${ports.PORT}`)
  await author.signIn('mira')
  await author.client.world.create.mutate({ name: 'Kept' })

  const rival = start({ ...ports, PORT: String(await freePort()) })
  await once(rival.process, 'exit')
  expect(rival.process.exitCode).toBe(1)
  expect(rival.output()).toMatch(/Worldloom already runs on .*Stop it first, or set DATA_DIR/)

  // A terminal's Ctrl-C arrives from it and from every process in between.
  first.process.kill('SIGINT')
  first.process.kill('SIGTERM')
  expect(await stop(first, 'SIGINT')).toBe(0)
  await expect(readFile(path.join(dataDir, 'postgres', 'postmaster.pid'))).rejects.toMatchObject({ code: 'ENOENT' })
  const second = start(ports)
  await isRunning(second)
  const { items } = await author.client.world.list.query({})
  expect(items.map(({ name }) => name).sort()).toEqual(['Kept', 'The Iron Coast'])
  expect(await stop(second, 'SIGTERM')).toBe(0)
})

test('a request in flight is finished before it stops', async () => {
  const ports = { PORT: String(await freePort()), LOCAL_IDENTITY_PORT: String(await freePort()) }
  const running = start(ports)
  await isRunning(running)
  const body = new ReadableStream({
    async start(controller) {
      controller.enqueue(new TextEncoder().encode('{"name":'))
      await new Promise((resolve) => setTimeout(resolve, 600))
      controller.enqueue(new TextEncoder().encode('"Late"}'))
      controller.close()
    },
  })
  const answer = fetch(`http://localhost:${ports.PORT}/trpc/world.create`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    duplex: 'half',
  } as RequestInit) // a stream requires duplex, which the DOM types lack
  await new Promise((resolve) => setTimeout(resolve, 200))
  const stopped = stop(running, 'SIGTERM')
  expect((await answer).status).toBe(401)
  expect(await stopped).toBe(0)
})

test('WORKERS=2: one that is killed is replaced, metrics are of all, and all stop together', async () => {
  const ports = { PORT: String(await freePort()), LOCAL_IDENTITY_PORT: String(await freePort()) }
  const url = `http://localhost:${ports.PORT}`
  const server = start({ ...ports, WORKERS: '2', LOG_LEVEL: 'info', LOG_FORMAT: 'json' })
  await isRunning(server)
  const workers = () =>
    [...server.output().matchAll(/"worker":(\d+),"msg":"a worker serves"/g)].map(([, pid]) => Number(pid))
  await expect.poll(() => workers().length).toBe(2)
  const author = new Browser(url)
  await author.signIn('mira')
  const name = `By several ${ports.PORT}`
  const { id } = await author.client.world.create.mutate({ name })

  /** Each on a connection of its own, and so by one worker after the other. */
  const alone = async (path: string) => await author.open(path, { headers: { connection: 'close' } })
  for (let time = 0; time < 8; time++) expect((await alone(`/api/v1/worlds/${id}`)).status).toBe(200)
  const metrics = await (await alone('/metrics')).text()
  expect(metrics).toMatch(/http_request_duration_seconds_count\{[^}]*route="[^"]*worlds[^"]*"[^}]*\} 8\n/)
  expect(metrics).toContain('database_notifications_heard 1')

  const [killed = 0] = workers()
  process.kill(killed, 'SIGKILL')
  await expect.poll(() => workers().length, { timeout: 150_000 }).toBe(3)
  expect(server.output()).toContain('a worker ended, and is replaced')
  for (let time = 0; time < 4; time++) expect((await alone(`/api/v1/worlds/${id}`)).status).toBe(200)

  expect(await stop(server, 'SIGTERM')).toBe(0)
  for (const pid of workers()) expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  await expect(readFile(path.join(dataDir, 'postgres', 'postmaster.pid'))).rejects.toMatchObject({ code: 'ENOENT' })
})

test('workers that cannot serve end all with a sentence', async () => {
  const { createServer } = await import('node:http')
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  onTestFinished(() => void other.close())
  const address = other.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const refused = start({ PORT: String(port), LOCAL_IDENTITY_PORT: String(await freePort()), WORKERS: '2' })
  await once(refused.process, 'exit')
  expect(refused.process.exitCode).toBe(1)
  expect(refused.output()).toContain('Its port is in use by another program. Set PORT')
  expect(refused.output()).toContain('Its workers end as soon as they are started')
})

test('rule 38: wrong settings are all told at once, and nothing starts', async () => {
  const refused = start({
    NODE_ENV: 'production',
    LOCAL_IDENTITY: 'true',
    PORT: 'high',
    LOG_LEVEL: 'loud',
    WORKERS: '0',
  })
  await once(refused.process, 'exit')
  expect(refused.process.exitCode).toBe(1)
  for (const name of ['PORT', 'LOG_LEVEL', 'WORKERS', 'PUBLIC_URL', 'DATABASE_URL', 'LOCAL_IDENTITY']) {
    expect(refused.output()).toMatch(new RegExp(`^ {2}${name} (must|is required|cannot)`, 'm'))
  }
})

test('a port that is taken is a sentence', async () => {
  const { createServer } = await import('node:http')
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = other.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const refused = start({ PORT: String(port), LOCAL_IDENTITY_PORT: String(await freePort()) })
  await once(refused.process, 'exit')
  expect(refused.output()).toContain('Its port is in use by another program. Set PORT')
  other.close()
})

test('the embedded database is killed: it is started again, and given up with a sentence when that goes on', async () => {
  const port = await freePort()
  const url = `http://localhost:${port}`
  const server = start({ PORT: String(port), LOCAL_IDENTITY_PORT: String(await freePort()) })
  await isRunning(server)
  const kill = async () => {
    const lock = await readFile(path.join(dataDir, 'postgres/postmaster.pid'), 'utf8')
    process.kill(Number.parseInt(lock, 10), 'SIGKILL')
  }
  const isReady = async () => (await fetch(`${url}/readyz`)).status === 200
  const author = new Browser(url)
  await author.signIn('mira')
  await author.client.world.create.mutate({ name: 'Before it was killed' })
  await kill()
  await expect.poll(isReady, { timeout: 10_000 }).toBe(false)
  await expect.poll(isReady, { timeout: 20_000 }).toBe(true)
  expect(await author.client.world.byName.query({ name: 'Before it was killed' })).toMatchObject({ role: 'owner' })

  const exited = once(server.process, 'exit')
  while (server.process.exitCode === null) {
    if (await isReady().catch(() => false)) await kill().catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  expect(await exited).toEqual([1, null])
  expect(server.output()).toMatch(/Worldloom stopped\..*stopped 5 times within a minute/)
})
