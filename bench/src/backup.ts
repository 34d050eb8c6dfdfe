/**
 * How long `worldloom backup` takes for a million entries, and what others wait meanwhile: clients that read and write all the time, before
 * and while it runs. BENCH_DATA_DIR keeps the database for the next run, and is that of connected.ts.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { addMillion, addUser, openBenchDatabase, publicUrl } from './database.ts'
import { call } from './load.ts'
import { startProcess } from './process.ts'
import { credentialsOf } from './seed.ts'

const command = fileURLToPath(new URL('../../apps/cli/src/main.ts', import.meta.url))
const dataDir = process.env.BENCH_DATA_DIR || (await mkdtemp(path.join(os.tmpdir(), 'worldloom-bench-')))
const backups = await mkdtemp(path.join(os.tmpdir(), 'worldloom-bench-backups-'))
const { db, environment, close } = await openBenchDatabase(dataDir)
const userId = await addUser(db, 'Author One')
const { world, people } = await addMillion(db)
const server = await startProcess('server.ts', environment)
const { session } = await credentialsOf(db, userId, publicUrl)
const at = (procedure: string) => `http://127.0.0.1:${server.port}${procedure}`

let times: number[] = []
let isOver = false
/** A few people: one request each every 20 ms. */
const working = Array.from({ length: 4 }, async (_, client) => {
  for (let count = 0; !isOver; count++) {
    const began = performance.now()
    const { id } = people[(count * 7 + client) % people.length] ?? { id: '' }
    const response =
      client === 0
        ? await fetch(at('/api/v1/personas'), {
            method: 'POST',
            headers: { ...session, 'content-type': 'application/json' },
            body: JSON.stringify({ worldId: world.id, name: `While backing up ${Date.now()} ${count}` }),
          })
        : await fetch(at(call('persona.byId', { id })), { headers: session })
    await response.arrayBuffer()
    if (!response.ok) throw new Error(`answered with ${response.status}`)
    times.push(performance.now() - began)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
})
const percentile = (share: number) =>
  (times.toSorted((one, other) => one - other)[Math.floor(times.length * share)] ?? 0).toFixed(1)
const report = (when: string) =>
  console.log(
    `${when}: median ${percentile(0.5)} ms, p99 ${percentile(0.99)} ms, longest ${percentile(1 - 1e-9)} ms, of ${times.length}`,
  )

await new Promise((resolve) => setTimeout(resolve, 3000))
times = []
await new Promise((resolve) => setTimeout(resolve, 15_000))
report('before')
times = []
const began = performance.now()
const output = await new Promise<string>((resolve, reject) => {
  execFile(
    process.execPath,
    [command, 'backup', backups, '--json'],
    { env: { PATH: process.env.PATH, DATA_DIR: dataDir } },
    (error, stdout, stderr) => (error ? reject(new Error(stderr)) : resolve(stdout)),
  )
})
const seconds = (performance.now() - began) / 1000
report('meanwhile')
const { bytes, counts } = JSON.parse(output) as { bytes: number; counts: Record<string, number> } // what --json prints
console.log(
  `${counts.entities} entries, ${Math.round(bytes / 1024 / 1024)} MB: backed up and tried out in ${seconds.toFixed(1)} s`,
)
isOver = true
await Promise.all(working)
server.stop()
await close()
await rm(backups, { recursive: true, force: true })
if (!process.env.BENCH_DATA_DIR) await rm(dataDir, { recursive: true, force: true })
