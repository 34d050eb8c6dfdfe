/** The change log: what it costs a write, a thousand readers of its stream, long histories, and sync in a large world. */
import { readFileSync } from 'node:fs'
import { Agent, get, request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { seedLarge } from '@worldloom/db/seed'
import { sql } from 'kysely'
import { addUser, openBenchDatabase, publicUrl } from './database.ts'
import { call, median, rounds, seconds } from './load.ts'
import { startProcess } from './process.ts'
import { credentialsOf } from './seed.ts'

const streams = Number(process.env.BENCH_STREAMS || 1000)
const writers = 8

const { db, environment, close } = await openBenchDatabase()
const userId = await addUser(db, 'Author One')
const largeWorld = (await seedLarge(db, undefined, { share: Number(process.env.BENCH_SHARE || 1) })) ?? ''
await sql`insert into world_members (world_id, user_id, role) values (${largeWorld}, ${userId}, 'editor')
  on conflict do nothing`.execute(db)
const { session: headers } = await credentialsOf(db, userId, publicUrl)
const agent = new Agent({ keepAlive: true })

/** Calls a procedure. @returns its output */
async function ask<Output>(port: number, procedure: string, input: object, isChange = false): Promise<Output> {
  const body = isChange ? JSON.stringify(input) : undefined
  return await new Promise((resolve, reject) => {
    const sent = request(
      {
        ...{ port, agent, method: isChange ? 'POST' : 'GET' },
        path: isChange ? `/trpc/${procedure}` : call(procedure, input),
        headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      },
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (piece) => {
          text += piece
        })
        response.on('end', () => {
          if (response.statusCode !== 200)
            reject(new Error(`${procedure}: ${response.statusCode} ${text.slice(0, 200)}`))
          else resolve(JSON.parse(text).result.data)
        })
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}
const change = <Output>(port: number, procedure: string, input: object) => ask<Output>(port, procedure, input, true)

interface Entry {
  readonly id: string
  readonly version: number
}

async function newWorld(port: number, name: string): Promise<string> {
  return (await change<Entry>(port, 'world.create', { name })).id
}

/** @returns in ms: how long each of some calls took, one after the other */
async function time(times: number, run: (index: number) => Promise<unknown>): Promise<number[]> {
  const taken: number[] = []
  for (let index = 0; index < times; index++) {
    const began = performance.now()
    await run(index)
    taken.push(performance.now() - began)
  }
  return taken
}

const quantile = (values: readonly number[], part: number) =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length * part)] ?? Number.NaN
const line = (what: string, values: readonly number[]) =>
  console.log(`| ${what} | ${median([...values]).toFixed(1)} | ${quantile(values, 0.99).toFixed(1)} |`)

// Writes, with and without.
const logging = await startProcess('server.ts', environment)
const silent = await startProcess('serverWithoutLog.ts', environment)

/** @returns updates a second, by several writers, each of an entry in a world of its own or in the same one */
async function writeRate(port: number, entries: Entry[]): Promise<number> {
  let count = 0
  const end = performance.now() + seconds * 1000
  await Promise.all(
    entries.map(async (_, index) => {
      while (performance.now() < end) {
        const { id, version } = entries[index] as Entry // one for each writer
        const body = `Written ${count} times, which is a sentence of some length.`
        entries[index] = await change<Entry>(port, 'thing.update', { id, version, body })
        count++
      }
    }),
  )
  return count / seconds
}

async function things(port: number, worlds: readonly string[]): Promise<Entry[]> {
  const made: Entry[] = []
  for (let index = 0; index < writers; index++) {
    const worldId = worlds[index % worlds.length] ?? ''
    made.push(await change<Entry>(port, 'thing.create', { worldId, name: `Thing ${index}` }))
  }
  return made
}

console.log('\n| updates a second, 8 writers | without the log | with it | ratio |\n| --- | ---: | ---: | ---: |')
for (const [name, count] of [
  ['each in a world of its own', writers],
  ['all in one world', 1],
] as const) {
  const prepared = new Map<number, Entry[]>()
  for (const { port } of [silent, logging]) {
    const worlds: string[] = []
    for (let index = 0; index < count; index++) worlds.push(await newWorld(port, `${name} ${port} ${index}`))
    prepared.set(port, await things(port, worlds))
  }
  const ratios: number[] = []
  const rates: [number, number][] = []
  for (let round = 0; round <= rounds; round++) {
    const without = await writeRate(silent.port, prepared.get(silent.port) ?? [])
    const withLog = await writeRate(logging.port, prepared.get(logging.port) ?? [])
    // The first round warms up.
    if (round === 0) continue
    ratios.push(withLog / without)
    rates.push([without, withLog])
  }
  const [without, withLog] = [0, 1].map((of) => Math.round(median(rates.map((pair) => pair[of] ?? 0))))
  console.log(`| ${name} | ${without} | ${withLog} | ${median(ratios).toFixed(2)} |`)
}
silent.stop()

// Long histories, and sync.
const { port } = logging
const worldId = await newWorld(port, 'Histories')
let long = await change<Entry>(port, 'persona.create', { worldId, name: 'Wren' })
for (let version = 1; version < 10_000; version++) {
  long = await change<Entry>(port, 'persona.update', { id: long.id, version, body: `The keeper, version ${version}.` })
}
const [some] = await db
  .selectFrom('entities')
  .where('worldId', '=', largeWorld)
  .where('kind', '=', 'persona')
  .select(['id', 'version'])
  .limit(1)
  .execute()
if (!some) throw new Error('the large world has nobody')
console.log('\n| ms | median | p99 |\n| --- | ---: | ---: |')
line(
  'history of an entry with 10,000 versions: first page',
  await time(100, () => ask(port, 'history.list', { worldId, subjectId: long.id, limit: 20 })),
)
line('the same: version 1 rebuilt', await time(100, () => ask(port, 'history.version', { id: long.id, at: 1 })))
line(
  'the same: version 9,000 compared with the present',
  await time(100, () => ask(port, 'history.diff', { id: long.id, from: 9000 })),
)
let version = some.version
const synced: number[] = []
let { next: since } = await ask<{ next: string }>(port, 'world.sync', {
  worldId: largeWorld,
  since: `${largeWorld}:${await headOf(largeWorld)}`,
})
for (let index = 0; index < 100; index++) {
  ;({ version } = await change<Entry>(port, 'persona.update', { id: some.id, version, body: `Synced ${index}` }))
  const began = performance.now()
  const page = await ask<{ next: string; entries: unknown[] }>(port, 'world.sync', { worldId: largeWorld, since })
  synced.push(performance.now() - began)
  if (page.entries.length !== 1) throw new Error(`${page.entries.length} entries instead of one`)
  since = page.next
}
line('sync of one change in a world of a million', synced)
line(
  'update of that entry',
  await time(50, async () => {
    ;({ version } = await change<Entry>(port, 'persona.update', { id: some.id, version, body: String(version) }))
  }),
)

async function headOf(id: string): Promise<string> {
  const head = await db.selectFrom('changeHeads').where('worldId', '=', id).select('position').executeTakeFirst()
  return head?.position ?? '0'
}

// A thousand readers of one process.
const alone = await startProcess('server.ts', environment)
const memory = () => {
  const [, kilobytes = ''] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${alone.pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) / 1024
}
const followed = await newWorld(alone.port, 'Followed')
let thing = await change<Entry>(alone.port, 'thing.create', { worldId: followed, name: 'Lamp' })
const others = () =>
  time(300, async () => {
    await ask(alone.port, 'world.list', { limit: 24 })
    await delay(10)
  })
const quiet = (await others()).map((taken) => taken - 10)
await delay(2000)
const before = memory()
let received = 0
let begun = 0
const people: Record<string, string>[] = []
for (let index = 0; index * 100 < streams; index++) {
  const reader = await addUser(db, `Reader ${index}`)
  await db.insertInto('worldMembers').values({ worldId: followed, userId: reader, role: 'viewer' }).execute()
  people.push((await credentialsOf(db, reader, publicUrl)).session)
}
const readers = Array.from({ length: streams }, (_, index) =>
  get(
    {
      port: alone.port,
      path: `/trpc/world.changes?input=${encodeURIComponent(JSON.stringify({ worldIds: [followed] }))}`,
      headers: { ...people[Math.floor(index / 100)], accept: 'text/event-stream' },
    },
    (response) => {
      begun++
      response.setEncoding('utf8')
      response.on('data', (text: string) => {
        received += text.split('"type":"change"').length - 1
      })
    },
  ),
)
while (begun < streams) await delay(50)
await delay(2000)
const idle = memory()
const stop = new AbortController()
const writing = (async () => {
  let made = 0
  for (; !stop.signal.aborted; made++) {
    thing = await change<Entry>(alone.port, 'thing.update', {
      id: thing.id,
      version: thing.version,
      body: String(made),
    })
    await delay(1000)
  }
  return made
})()
const busy = (await others()).map((taken) => taken - 10)
stop.abort()
const made = await writing
await delay(1000)
console.log(
  `\n${streams} streams on one process: ${(idle - before).toFixed(0)} MB more while idle, ${(memory() - before).toFixed(0)} MB after ${made} changes, of which ${(received / streams).toFixed(1)} arrived at each\n`,
)
console.log('| `world.list` of others, ms | median | p99 |\n| --- | ---: | ---: |')
line('without streams', quiet)
line(`beside ${streams} streams, with a change a second`, busy)

for (const reader of readers) reader.destroy()
agent.destroy()
for (const each of [logging, alone]) each.stop()
await close()
