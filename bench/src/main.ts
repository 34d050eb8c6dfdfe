import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { openEmbeddedServer } from '@worldloom/db/embedded'
import autocannon from 'autocannon'
import { batch, call, measure, report, seconds, type Work } from './load.ts'
import { startProcess } from './process.ts'
import { appSecret, password, seed } from './seed.ts'

const dataDir = await mkdtemp(path.join(os.tmpdir(), 'worldloom-bench-'))
const database = await openEmbeddedServer({ dataDir, as: 'own' })
const publicUrl = 'http://localhost:3000'
const { session, bearer, apiKey, userId, worldIds, emails } = await seed(database.url, publicUrl)
const environment = {
  FLOOR_STATEMENTS: JSON.stringify([
    'select id, owner_id, name, display_name, description, visibility, version, created_at, updated_at, body from worlds where id = $1',
    `select worlds.id, owner_id, name, display_name, description, visibility, version, worlds.created_at, updated_at, role
     from world_members join worlds on worlds.id = world_members.world_id
     where user_id = $1 and world_deleted_at is null order by world_updated_at desc, world_members.world_id desc limit 24`,
  ]),
  DATABASE_URL: database.url,
  PORT: '0',
  NODE_ENV: 'development',
  PUBLIC_URL: publicUrl,
  APP_SECRET: appSecret,
  PASSWORD_SIGN_IN: 'true',
}
const floor = await startProcess('floor.ts', environment)
const server = await startProcess('server.ts', environment)

const tens = Array.from({ length: 20 }, (_, index) => worldIds.slice(index * 10, index * 10 + 10))
const floorWork: Work = {
  name: 'floor: node:http + one named statement',
  port: floor.port,
  paths: worldIds.map((id) => `/0/${id}`),
  headers: {},
  rows: 1,
}
const listFloor: Work = {
  name: 'floor: the same 24 worlds',
  port: floor.port,
  paths: [`/1/${userId}`],
  headers: {},
  rows: 24,
}
const listWork: Work = {
  name: 'world.list, a page of 24 of 1,000',
  port: server.port,
  paths: [call('world.list', { limit: 24 })],
  headers: session,
  rows: 24,
}
const works: Work[] = [
  ...Object.entries({ 'session cookie': session, 'access token': bearer, 'API key': apiKey }).map(([by, headers]) => ({
    name: `world.byId, by ${by}`,
    port: server.port,
    paths: worldIds.map((id) => call('world.byId', { id })),
    headers,
    rows: 1,
  })),
  {
    name: 'ten world.byId in one batch',
    port: server.port,
    paths: tens.map((ids) => batch(ids.map((id) => ({ procedure: 'world.byId', input: { id } })))),
    headers: session,
    rows: 10,
  },
]

const revocations = 50

/** How long another process with a cached session accepts it after it was ended here. */
async function measureRevocation(): Promise<void> {
  const isIn = async (port: number, cookie: string) =>
    (await fetch(`http://127.0.0.1:${port}/trpc/me.get`, { headers: { cookie } })).status === 200
  const delays: number[] = []
  for (const username of emails.slice(0, revocations)) {
    const entered = await fetch(`http://127.0.0.1:${server.port}/auth/password/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: username, password }),
    })
    const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    if (!(await isIn(second.port, cookie))) throw new Error('a session was not known to the second process')
    await fetch(`http://127.0.0.1:${server.port}/auth/sign-out`, { method: 'POST', headers: { cookie } })
    const ended = performance.now()
    while (await isIn(second.port, cookie)) {}
    delays.push(performance.now() - ended)
  }
  delays.sort((one, other) => one - other)
  const longest = delays.at(-1)?.toFixed(1)
  console.log(
    `\n${revocations} sessions ended at one process; the other refused them after ${delays[delays.length >> 1]?.toFixed(1)} ms (median), ${longest} ms (longest)`,
  )
}

report(await measure([...works.map((work) => ({ work, base: floorWork })), { work: listWork, base: listFloor }]))
await measureBurst()
const second = await startProcess('server.ts', environment)
await measureRevocation()
second.stop()
floor.stop()
server.stop()
await database.release()
await rm(dataDir, { recursive: true, force: true })

/** How long reads take while many people sign in at once, because of argon2. */
async function measureBurst(): Promise<void> {
  const reads = () =>
    autocannon({
      url: `http://127.0.0.1:${server.port}`,
      connections: 4,
      duration: seconds,
      overallRate: 400,
      requests: worldIds.map((id) => ({ path: call('world.byId', { id }), headers: session })),
    })
  const quiet = await reads()
  const during = reads()
  const began = performance.now()
  const answers = await Promise.all(
    emails.map((username) =>
      fetch(`http://127.0.0.1:${server.port}/token`, {
        method: 'POST',
        body: new URLSearchParams({ grant_type: 'password', username, password }),
      }),
    ),
  )
  const took = performance.now() - began
  const refused = answers.filter(({ status }) => status !== 200).length
  if (refused > 0) throw new Error(`${refused} of ${emails.length} sign-ins were refused`)
  const busy = await during
  console.log(`\n${emails.length} sign-ins at once took ${Math.round(took)} ms. p99 of 400 reads/s beside them: `)
  console.log(
    `${busy.latency.p99} ms (longest ${busy.latency.max} ms); without: ${quiet.latency.p99} ms (longest ${quiet.latency.max} ms)`,
  )
}
