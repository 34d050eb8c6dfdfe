import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createUserWithPassword, operator } from '@worldloom/auth'
import { migrate } from '@worldloom/db'
import { cloneTestDatabase, freePort } from '@worldloom/db/testing'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { refusal, withKey } from './access.ts'
import { Browser } from './browser.ts'
import { following } from './streams.ts'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const database = await cloneTestDatabase()
const dataDir = await mkdtemp(path.join(os.tmpdir(), 'worldloom-two-'))
const processes: ChildProcess[] = []
const password = 'four unrelated words here'
let urls: [string, string]

/** A server in a separate process, as an operator runs it. */
async function start(): Promise<string> {
  const port = await freePort()
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      DATABASE_URL: database.url,
      DATA_DIR: dataDir,
      APP_SECRET: 'a secret that is long enough for tests',
      PASSWORD_SIGN_IN: 'true',
      LOCAL_IDENTITY: 'false',
      LOG_FORMAT: 'json',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  processes.push(child)
  child.stdout?.resume()
  const url = `http://localhost:${port}`
  await vi.waitFor(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200), {
    timeout: 90_000,
    interval: 50,
  })
  return url
}

beforeAll(async () => {
  await migrate(database.db)
  urls = [await start(), await start()]
}, 200_000)

afterAll(async () => {
  for (const child of processes) {
    child.kill('SIGTERM')
    if (child.exitCode === null) await once(child, 'exit')
  }
  await database.drop()
  await rm(dataDir, { recursive: true, force: true })
})

async function post(browser: Browser, target: string, body: object) {
  return await browser.open(target, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

/** One browser at each process. They share the host, and so its cookies. */
async function signedInAtBoth(email: string): Promise<[Browser, Browser]> {
  const [one, two] = [new Browser(urls[0]), new Browser(urls[1])]
  expect((await post(one, '/auth/password/sign-in', { email, password })).status).toBe(204)
  two.setCookie('worldloom_session', one.cookies.get('worldloom_session') ?? '')
  expect((await two.client.me.get.query()).email).toBe(email)
  return [one, two]
}

async function newcomer(email: string, role: string): Promise<string> {
  const person = { email, displayName: email, password, role }
  return (await createUserWithPassword(database.db, operator, person)).id
}

test('rule 12: what one process revokes the other refuses, from what it had remembered', async () => {
  await newcomer('admin@example.com', 'admin')
  const id = await newcomer('user@example.com', 'user')
  const [admin] = await signedInAtBoth('admin@example.com')
  const [, elsewhere] = await signedInAtBoth('user@example.com')
  const { key } = await elsewhere.client.apiKey.create.mutate({ name: 'Key', roles: ['user'] })
  const atSecond = () => refusal(withKey({ url: urls[1] }, key).world.list.query())
  expect(await atSecond()).toBeUndefined()
  await admin.client.user.assignRole.mutate({ userId: id, role: 'viewer' })
  await admin.client.user.removeRole.mutate({ userId: id, role: 'user' })
  await expect
    .poll(() => refusal(elsewhere.client.world.create.mutate({ name: 'No' })), { interval: 5 })
    .toBe('notPermitted')
  await admin.client.user.deactivate.mutate({ id })
  await expect.poll(() => refusal(elsewhere.client.me.get.query()), { interval: 5 }).toBe('notSignedIn')
  await expect.poll(atSecond, { interval: 5 }).toBe('invalidCredential')
})

test('rule 17: the tries at one process count at the other', async () => {
  await newcomer('guessed@example.com', 'user')
  const browsers = urls.map((url) => new Browser(url))
  const guess = async (browser: Browser | undefined, secret: string) =>
    browser &&
    (await post(browser, '/auth/password/sign-in', { email: 'guessed@example.com', password: secret })).status
  for (let tries = 0; tries < 5; tries++)
    for (const browser of browsers) expect(await guess(browser, 'wrong')).toBe(403)
  for (const browser of browsers) expect(await guess(browser, password)).toBe(429)
})

test('a server that is killed with streams open loses nothing: its readers continue at another', async () => {
  const email = 'reader@example.com'
  await newcomer(email, 'user')
  const [browser] = await signedInAtBoth(email)
  const doomed = await start()
  const { id: worldId } = await browser.client.world.create.mutate({ name: 'Shore' })
  const reader = new Browser(doomed)
  reader.setCookie('worldloom_session', browser.cookies.get('worldloom_session') ?? '')
  const stream = await following(reader.client, [worldId])
  let stop = false
  const writing = (async () => {
    let made = 0
    for (; !stop; made++) await browser.client.thing.create.mutate({ worldId, name: `Thing ${made}` })
    return made
  })()
  await stream.until(({ positions }) => positions.length > 20)
  const child = processes.pop()
  child?.kill('SIGKILL')
  await new Promise((resolve) => setTimeout(resolve, 300))
  stop = true
  const made = await writing
  const other = new Browser(urls[1])
  other.setCookie('worldloom_session', browser.cookies.get('worldloom_session') ?? '')
  const continued = await following(other.client, [worldId], stream.lastEventId)
  await continued.until(({ positions }) => positions.at(-1) === made + 1)
  const all = [...stream.positions, ...continued.positions]
  expect(all).toEqual(Array.from({ length: made }, (_, index) => index + 2))
  stream.stop()
}, 150_000)
