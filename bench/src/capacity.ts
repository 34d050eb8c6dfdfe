/**
 * What each kind of request costs in processor time, of the server and of PostgreSQL apart, however many cores there are: docs/scaling.md
 * reckons with it. A world of a million entries; BENCH_DATA_DIR keeps the database for the next run, and is that of connected.ts.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { createUserWithPassword, operator } from '@worldloom/auth'
import { sql } from 'kysely'
import { addMillion, addUser, openBenchDatabase, publicUrl } from './database.ts'
import { call } from './load.ts'
import { startProcess } from './process.ts'
import { credentialsOf, password } from './seed.ts'

const clients = 16
const seconds = Number(process.env.BENCH_SECONDS || 8)
/** Of the clock that Linux counts processor time by, per second. */
const ticks = 100

const { db, environment, close } = await openBenchDatabase(process.env.BENCH_DATA_DIR || undefined)
const userId = await addUser(db, 'Author One')
const { world, people } = await addMillion(db)
const emails = Array.from({ length: 20 }, (_, index) => `capacity-${index}-${Date.now()}@example.com`)
for (const email of emails) {
  await createUserWithPassword(db, operator, { email, displayName: email, password, role: 'user' })
}
const { rows: written } = await sql<{ name: string }>`select gen_random_uuid()::text as name`.execute(db)
const run = written[0]?.name.slice(0, 8)
const server = await startProcess('server.ts', { ...environment, PASSWORD_SIGN_IN: 'true', GUEST_READING: 'true' })
const { session } = await credentialsOf(db, userId, publicUrl)
const postmaster = await postmasterOf()
const json = { 'content-type': 'application/json' }
const at = (path: string) => `http://127.0.0.1:${server.port}${path}`
const any = <Item>(items: readonly Item[]) => items[Math.floor(Math.random() * items.length)] as Item // none is empty

console.log('| What | requests/s here | server, ms | PostgreSQL, ms |\n| --- | ---: | ---: | ---: |')
await measure('who one is (`me.get`)', () => fetch(at(call('me.get', {})), { headers: session }))
await measure('an entry (`persona.byId`)', () =>
  fetch(at(call('persona.byId', { id: any(people).id })), { headers: session }),
)
await measure('a page of a list (`persona.list`)', () =>
  fetch(at(call('persona.list', { worldId: world.id, limit: 24 })), { headers: session }),
)
await measure('the top of a world (`world.overview`)', () =>
  fetch(at(call('world.overview', { id: world.id })), { headers: session }),
)
await measure('a search in a million entries', () =>
  fetch(at(call('search.query', { worldId: world.id, text: any(['shelf', 'persona', 'number long', 'persona 17']) })), {
    headers: session,
  }),
)
await measure('suggestions for a key', () =>
  fetch(at(call('search.suggest', { worldId: world.id, text: any(['p', 'pe', 'persona 1', 'lo']) })), {
    headers: session,
  }),
)
await measure('a graph of 500 nodes', () =>
  fetch(at(call('graph.around', { id: any(people).id, depth: 3, limit: 500 })), { headers: session }),
)
await sql`update worlds set visibility = 'public' where id = ${world.id}`.execute(db)
await measure('a page for readers (`/read/…`)', () => fetch(at(`/read/${world.id}/personas/${any(people).id}`)))
await sql`update worlds set visibility = ${world.visibility} where id = ${world.id}`.execute(db)
let count = 0
const made: string[] = []
await measure('creating an entry', async () => {
  const body = JSON.stringify({
    worldId: world.id,
    name: `Measured ${run} ${++count}`,
    body: 'There was a sea. '.repeat(40),
  })
  const response = await fetch(at('/api/v1/personas'), { method: 'POST', headers: { ...session, ...json }, body })
  made.push(((await response.clone().json()) as { id: string }).id) // as documented
  return response
})
let next = 0
const updated = new Map<string, number>()
await measure('saving a text of 680 letters', async () => {
  const id = made[next++ % made.length] ?? ''
  const version = updated.get(id) ?? 1
  updated.set(id, version + 1)
  const body = JSON.stringify({ id, version, body: `${'There was a sea. '.repeat(40)}${version}` })
  return await fetch(at('/trpc/persona.update'), { method: 'POST', headers: { ...session, ...json }, body })
})
await measure('signing in with a password', () =>
  fetch(at('/auth/password/sign-in'), {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ email: any(emails), password }),
  }),
)

const { rows: sizes } = await sql<{ database: string; entries: string; search: string; changes: string }>`
  select pg_database_size(current_database()) as database, (select count(*) from entities) as entries,
    pg_total_relation_size('search_documents') as search,
    (select sum(pg_total_relation_size(relid)) from pg_partition_tree('changes') where isleaf) as changes`.execute(db)
const { database = '0', entries = '1', search = '0', changes = '0' } = sizes[0] ?? {}
const perEntry = (bytes: string) => Math.round(Number(bytes) / Number(entries))
console.log(
  `\n${Number(entries).toLocaleString('en')} entries: ${perEntry(database)} bytes each in the database, ` +
    `${perEntry(search)} of these for the search, ${perEntry(changes)} for the change log.`,
)
const status = readFileSync(`/proc/${server.pid}/status`, 'utf8')
console.log(`The server has ${Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024)} MB of resident memory.`)
server.stop()
await sql`update entities set deleted_at = now() where id = any(${made}::uuid[])`.execute(db)
await close()

/** By several clients one after the other each, the first second not counted. */
async function measure(name: string, request: () => Promise<Response>): Promise<void> {
  let isOver = false
  let answered = 0
  const failures = new Map<number, number>()
  const all = Array.from({ length: clients }, async () => {
    while (!isOver) {
      const response = await request()
      await response.arrayBuffer()
      if (response.ok) answered++
      else failures.set(response.status, (failures.get(response.status) ?? 0) + 1)
    }
  })
  await new Promise((resolve) => setTimeout(resolve, 1000))
  const before = {
    answered,
    server: timeOf([server.pid]),
    database: timeOf(processesOf(postmaster)),
    at: performance.now(),
  }
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
  const elapsed = (performance.now() - before.at) / 1000
  const requests = answered - before.answered
  const spent = (now: number, then: number) => (((now - then) * 1000) / requests).toFixed(2)
  const figures = [
    Math.round(requests / elapsed).toLocaleString('en'),
    spent(timeOf([server.pid]), before.server),
    spent(timeOf(processesOf(postmaster)), before.database),
  ]
  isOver = true
  await Promise.all(all)
  console.log(`| ${name} | ${figures.join(' | ')} |`)
  for (const [code, times] of failures) console.log(`${times} were answered with ${code}.`)
}

/** Seconds of processor time that processes have used so far. */
function timeOf(pids: readonly number[]): number {
  let sum = 0
  for (const pid of pids) {
    // https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: what comes after the name, which may have spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    sum += Number(fields[11]) + Number(fields[12])
  }
  return sum / ticks
}

/** What Linux says of a process after its name, which may have spaces. @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function statOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
  } catch {
    // It has ended meanwhile.
    return []
  }
}

/** PostgreSQL's processes. Those that serve are there for as long as their connections. */
function processesOf(parent: number): number[] {
  const pids = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
  return [parent, ...pids.filter((pid) => Number(statOf(pid)[1]) === parent)]
}

async function postmasterOf(): Promise<number> {
  const { rows } = await sql<{ directory: string }>`select current_setting('data_directory') as directory`.execute(db)
  return Number(readFileSync(`${rows[0]?.directory}/postmaster.pid`, 'utf8').split('\n')[0])
}
