/**
 * `pnpm chaos`: two servers, a primary and a replica, people who write, read, listen and ask; and for ten minutes something breaks every
 * few seconds. At the end everything that was acknowledged has to be there exactly once, nothing may have been read that was taken
 * away, and no stream may have fallen silent. --minutes: for how long
 */
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { createWorldloomClient } from '@worldloom/client'
import { createTestApiKey, says, startModelEndpoint } from '@worldloom/server/testing'
import { DatabasePair } from './databasePair.ts'
import { mountSmallDisk } from './disk.ts'
import { Load } from './load.ts'
import { startProxy } from './proxy.ts'
import { SupervisedServer } from './servers.ts'

const { values: options } = parseArgs({ options: { minutes: { type: 'string', default: '10' } } })
const until = performance.now() + Number(options.minutes) * 60_000
const directory = await mkdtemp(path.join(os.tmpdir(), 'worldloom-chaos-'))
const disk = await mountSmallDisk()
if (!disk) console.log('No disk in memory can be mounted, which takes root: none is filled.')
const databases = await DatabasePair.start(disk?.directory)
const model = await startModelEndpoint({ inPieces: false })
model.answer(async (completion) => {
  // Long enough to be interrupted.
  await delay(400)
  await says('It is as it is, and will be told as it was.')(completion)
})

/** The networks between each server and each database. */
const networks = await Promise.all(
  [0, 1].map(async () => await Promise.all(databases.ports.map((port) => startProxy({ port })))),
)
const { username, password } = new URL(databases.primary.url)
const servers = await inTurn([0, 1], async (index) => {
  const [one, two] = (networks[index] ?? []).map(({ port }) => `127.0.0.1:${port}`)
  const at = (hosts: string) => `postgres://${username}:${password}@${hosts}/worldloom`
  return await SupervisedServer.start(
    `server-${index + 1}`,
    {
      DATABASE_URL: at(`${one},${two}`),
      DATABASE_REPLICA_URLS: `${at(`${one}`)},${at(`${two}`)}`,
      DATA_DIR: path.join(directory, 'data'),
      APP_SECRET: 'a secret that is long enough for tests',
      LOCAL_IDENTITY: 'false',
      PASSWORD_SIGN_IN: 'true',
      API_POINTS_PER_MINUTE: '0',
      CHAT_REQUESTS_PER_DAY: '1000000',
      CHAT_TOKENS_PER_DAY: '1000000000',
      OPENAI_BASE_URL: model.url,
      OPENAI_API_KEY: 'none',
      OPENAI_MODEL: 'told',
      LOG_FORMAT: 'json',
      LOG_LEVEL: 'warn',
    },
    directory,
  )
})
const [first, second] = servers as [SupervisedServer, SupervisedServer] // one for each of two
const owner = await createTestApiKey({ database: databases.primary })
const guestKey = await createTestApiKey({ database: databases.primary })
const client = createWorldloomClient({ url: first.url, apiKey: owner })
const { id: worldId } = await client.world.create.mutate({ name: 'Chaos' })
const guest = await createWorldloomClient({ url: first.url, apiKey: guestKey }).me.get.query()
const load = new Load({
  urls: servers.map(({ url }) => url),
  worldId,
  owner,
  guest: { key: guestKey, id: guest.id },
})
load.start({
  writers: 8,
  streams: 4,
  invite: async () => {
    await databases.primary.run(
      `insert into world_members (world_id, user_id, role) values ('${worldId}', '${guest.id}', 'viewer') on conflict do nothing`,
    )
  },
})

interface Fault {
  readonly name: string
  /** @returns when it could be recovered from, and what is to be waited for before the next one */
  run(): Promise<{ readonly since: number; readonly done?: Promise<void> } | undefined>
}

const toPrimary = () => networks.map((pair) => pair[databases.isOnDisk ? 0 : 1])
const faults: Fault[] = [
  ...servers.map((server, index) => ({
    name: `server ${index + 1} is killed`,
    run: async () => {
      const since = performance.now()
      server.signal('SIGKILL')
      return { since, done: delay(600).then(() => server.ready(60_000)) }
    },
  })),
  {
    name: 'the disk of the primary is full for 5 s',
    run: async () => {
      if (!disk || !databases.isOnDisk) return undefined
      await disk.fill()
      await delay(5000)
      await disk.clear()
      await databases.primary.start()
      return { since: performance.now() }
    },
  },
  {
    name: 'the replica is killed, and back after 5 s',
    run: async () => ({ since: performance.now(), done: databases.loseReplica(5000) }),
  },
  {
    name: 'connections to the primary are cut',
    run: async () => {
      const since = performance.now()
      for (const network of toPrimary()) network?.cut()
      return { since }
    },
  },
  {
    name: 'the primary is killed, and the replica promoted',
    run: async () => {
      const { done } = await databases.failOver()
      return { since: performance.now(), done }
    },
  },
  {
    name: 'the network to the primary is slow for 5 s',
    run: async () => {
      const all = toPrimary()
      for (const network of all) if (network) network.weather = 'slow'
      await delay(5000)
      for (const network of all) if (network) network.weather = 'clear'
      return { since: performance.now() }
    },
  },
  {
    name: 'server 1 is cut off from the primary without a word for 10 s',
    run: async () => {
      const [network] = toPrimary()
      if (!network) return undefined
      network.weather = 'silent'
      await delay(10_000)
      network.weather = 'clear'
      network.cut()
      return { since: performance.now() }
    },
  },
  {
    name: 'server 2 stands still for 3 s',
    run: async () => {
      second.signal('SIGSTOP')
      await delay(3000)
      second.signal('SIGCONT')
      return { since: performance.now() }
    },
  },
]

const recoveries = new Map<string, number[]>()
await delay(3000)
for (let turn = 0; performance.now() < until; turn++) {
  const fault = faults[turn % faults.length]
  if (!fault) continue
  const before = load.acknowledged.size
  const happened = await fault.run()
  if (!happened) continue
  const recovery = await Promise.race([load.untilWritten(happened.since), delay(90_000).then(() => Number.NaN)])
  await happened.done
  recoveries.set(fault.name, [...(recoveries.get(fault.name) ?? []), recovery])
  console.log(
    `${fault.name}: written through both servers after ${Math.round(recovery)} ms (${load.acknowledged.size - before} stories meanwhile)`,
  )
  // Both have to be well before the next.
  await Promise.all(servers.map((server) => server.ready(90_000)))
  await delay(2000)
}
await load.finish()

const faultsFound: string[] = load.violations.map(({ at, what }) => `${at} ${what}`)
const rows = await databases.primary.run(
  `select name, count(*)::int as count from entities where world_id = '${worldId}' and kind = 'story' group by name`,
)
const there = new Map(rows.map(({ name, count }) => [String(name), Number(count)]))
for (const name of load.acknowledged.keys()) {
  const count = there.get(name) ?? 0
  if (count !== 1) faultsFound.push(`${name} was acknowledged and is there ${count} times`)
}
for (const name of there.keys())
  if (!load.acknowledged.has(name)) faultsFound.push(`${name} is there and was not acknowledged`)
const silent = () => load.heard.filter((heard) => [...load.acknowledged.values()].some((id) => !heard.has(id))).length
for (let wait = 0; silent() > 0 && wait < 60; wait++) await delay(500)
if (silent() > 0) faultsFound.push(`${silent()} of ${load.heard.length} streams have not brought everything`)
const unended = "select count(*)::int as count from messages where status = 'streaming'"
const answersLeft = async () => Number((await databases.primary.run(unended))[0]?.count)
for (let wait = 0; (await answersLeft()) > 0 && wait < 60; wait++) await delay(500)
if ((await answersLeft()) > 0) faultsFound.push(`${await answersLeft()} answers have not ended`)

console.log(
  `\n${load.acknowledged.size} stories acknowledged, ${there.size} there. Streams brought everything: ${silent() === 0}.`,
)
console.log(`Answers: ${load.answers.complete} complete, ${load.answers.failed} that failed and were asked again.`)
console.log(
  `After the world was taken from a guest: refused ${load.reads.refused} times, not answered ${load.reads.failed}, ` +
    `read ${load.reads.ok} (at the latest ${Math.round(load.longestAfterRevocation)} ms after).`,
)
for (const [name, times] of recoveries) {
  console.log(`${name}: ${times.map((time) => `${(time / 1000).toFixed(1)} s`).join(', ')}`)
}
for (const fault of faultsFound.slice(0, 50)) console.error(`✗ ${fault}`)
console.log(
  faultsFound.length === 0 ? 'Everything is as it was told.' : `${faultsFound.length} faults; logs are in ${directory}`,
)

load.close()
for (const server of servers) await server.stop()
for (const proxy of networks.flat()) await proxy.close()
await model.close()
await databases.remove()
await disk?.remove()
if (faultsFound.length === 0) await rm(directory, { recursive: true, force: true })
process.exit(faultsFound.length === 0 ? 0 : 1)

async function inTurn<Item, Result>(items: readonly Item[], run: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = []
  for (const item of items) results.push(await run(item))
  return results
}
