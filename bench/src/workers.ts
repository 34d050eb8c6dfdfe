/**
 * Two workers on one port against one, side by side. PostgreSQL and what makes the load run on the same machine: with two cores,
 * they take most of what a second worker could use.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { openEmbeddedServer } from '@worldloom/db/embedded'
import getPort from 'get-port'
import { comparedReads, measure, report } from './load.ts'
import { appSecret, seed } from './seed.ts'

const dataDir = await mkdtemp(path.join(os.tmpdir(), 'worldloom-bench-'))
const database = await openEmbeddedServer({ dataDir, as: 'own' })
const publicUrl = 'http://localhost:3000'
const seeded = await seed(database.url, publicUrl)
const one = await start(1)
const two = await start(2)
report(await measure(comparedReads({ ...one, how: 'one worker' }, { ...two, how: 'two workers' }, seeded)))
await Promise.all([one.stop(), two.stop()])
await database.release()
await rm(dataDir, { recursive: true, force: true })

async function start(workers: number) {
  const port = await getPort()
  const main = fileURLToPath(import.meta.resolve('@worldloom/server').replace('index.ts', 'main.ts'))
  const child = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      DATABASE_URL: database.url,
      PORT: String(port),
      PUBLIC_URL: publicUrl,
      APP_SECRET: appSecret,
      LOCAL_IDENTITY: 'false',
      LOG_LEVEL: 'error',
      API_POINTS_PER_MINUTE: '1000000000',
      WORKERS: String(workers),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const isReady = async () => {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined)
    return response?.status === 200
  }
  while (!(await isReady())) await new Promise((resolve) => setTimeout(resolve, 100))
  const ended = new Promise((resolve) => child.once('exit', resolve))
  return {
    port,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}
