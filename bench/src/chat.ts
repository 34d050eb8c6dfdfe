/** The chat: how soon a model's words reach the person, and how many simultaneous answers affect other requests. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createSession } from '@worldloom/auth'
import { createWorldloomClient } from '@worldloom/client'
import { createDatabase, migrate } from '@worldloom/db'
import { openEmbeddedServer } from '@worldloom/db/embedded'
import { sql } from 'kysely'
import { call, median } from './load.ts'
import { startProcess } from './process.ts'
import { appSecret } from './seed.ts'

const streams = Number(process.env.BENCH_STREAMS || 200)
/** The answers in progress that one person may have. */
const streamsOfPerson = 3
const words = 200
/** Milliseconds between words: twenty a second. */
const pause = 50

const dataDir = await mkdtemp(path.join(os.tmpdir(), 'worldloom-bench-'))
const server = await openEmbeddedServer({ dataDir, as: 'own' })
const { db, close } = createDatabase(server.url)
await migrate(db)
const people = await Promise.all(Array.from({ length: Math.ceil(streams / streamsOfPerson) }, addPerson))
const endpoint = await startProcess('modelEndpoint.ts', { PAUSE: String(pause) })
const worldloom = await startProcess('server.ts', {
  DATABASE_URL: server.url,
  PORT: '0',
  NODE_ENV: 'development',
  PUBLIC_URL: 'http://localhost:3000',
  APP_SECRET: appSecret,
  OPENAI_MODEL: 'bench',
  OPENAI_BASE_URL: `http://127.0.0.1:${endpoint.port}/v1`,
})
const url = `http://127.0.0.1:${worldloom.port}`

const [reader] = people
if (!reader) throw new Error('there is nobody')
// Warm-up: everything is compiled and connected before measuring.
for (let warmUp = 0; warmUp < 5; warmUp++) await stream(reader.conversationIds[0] ?? '', reader.cookie, { count: 20 })

const alone: number[] = []
for (let round = 0; round < 9; round++) {
  const { first } = await stream(reader.conversationIds[0] ?? '', reader.cookie, { count: 20 })
  alone.push(first)
}
const quiet = await whileReading(() => sleep(5000))

const targets = people
  .flatMap(({ cookie, conversationIds }) => conversationIds.map((id) => ({ cookie, id })))
  .slice(0, streams)
let all: ReturnType<typeof stream>[] = []
const beginning = await whileReading(async () => {
  const began = targets.map(() => Promise.withResolvers<void>())
  all = targets.map(({ id, cookie }, index) =>
    stream(id, cookie, { count: words, after: (index * 1000) / streams, onFirst: () => began[index]?.resolve() }),
  )
  await Promise.all(began.map(({ promise }) => promise))
})
const ends = Promise.race(all)
const busy = await whileReading(() => Promise.race([sleep(5000), ends]))
const answers = await Promise.all(all)

const firsts = answers.map(({ first }) => first)
const delays = answers.flatMap(({ delays: each }) => each)
console.log(`\n${streams} answers at once, ${1000 / pause} words a second each, one process\n`)
console.log('| what | median ms | p99 ms | longest ms |\n| --- | ---: | ---: | ---: |')
line('first word, one answer alone: from the endpoint to the person', alone)
line(`first word, ${streams} answers at once`, firsts)
line(`every word, ${streams} answers at once`, delays)
line('world.list, while nobody asks', quiet)
line(`world.list, while ${streams} answers are begun within a second`, beginning)
line(`world.list, while ${streams} answers are written`, busy)
console.log(`\nfirst word alone: ${median(alone).toFixed(1)} ms (bound 50)`)
console.log(`p99 of other requests: ${percentile(busy, 0.99).toFixed(1)} ms (bound 100), ${busy.length} of them`)

endpoint.stop()
worldloom.stop()
await close()
await server.release()
await rm(dataDir, { recursive: true, force: true })

async function addPerson() {
  const { id: userId } = await db
    .insertInto('users')
    .values({ displayName: 'Asker' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await sql`insert into user_roles (user_id, role_id) select ${userId}, id from roles where name = 'user'`.execute(db)
  const { token } = await createSession(
    db,
    { idle: 86_400, absolute: 86_400 },
    { userId, provider: 'bench', device: { ipAddress: undefined, userAgent: undefined } },
  )
  const conversations = await db
    .insertInto('conversations')
    .values(Array.from({ length: streamsOfPerson }, () => ({ userId })))
    .returning('id')
    .execute()
  return { cookie: `worldloom_session=${token}`, conversationIds: conversations.map(({ id }) => id) }
}

/** Asks a question and measures, for each piece that arrives, how long ago its last word was sent. */
async function stream(
  conversationId: string,
  cookie: string,
  { count, after = 0, onFirst }: { count: number; after?: number; onFirst?: () => void },
) {
  await sleep(after)
  const client = createWorldloomClient({ url, headers: { cookie } })
  const delays: number[] = []
  for await (const event of await client.chat.send.mutate({ conversationId, text: String(count) })) {
    if (event.type !== 'delta') continue
    const now = performance.timeOrigin + performance.now()
    const said = Number(event.text.trim().split(' ').at(-1))
    if (said > 0) delays.push(now - said)
    if (delays.length === 1) onFirst?.()
  }
  const [first] = delays
  if (first === undefined) throw new Error('nothing was said')
  return { first, delays }
}

/** Measures somebody else's requests meanwhile, one after the other. */
async function whileReading(work: () => Promise<unknown>): Promise<number[]> {
  const child = fork(fileURLToPath(new URL('reader.ts', import.meta.url)), {
    env: { ...process.env, TARGET: `${url}${call('world.list', { limit: 24 })}`, COOKIE: reader?.cookie ?? '' },
  })
  await once(child, 'message')
  await work()
  child.send('stop')
  const [took] = await once(child, 'message')
  return took
}

function line(what: string, values: readonly number[]): void {
  const shown = [median(values), percentile(values, 0.99), Math.max(...values)].map((value) => value.toFixed(1))
  console.log(`| ${[what, ...shown].join(' | ')} |`)
}

function percentile(values: readonly number[], share: number): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length * share)] ?? Number.NaN
}

async function sleep(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds))
}
