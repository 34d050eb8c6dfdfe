import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createWorldloomClient, readError } from '@worldloom/client'
import { createDatabase, migrate } from '@worldloom/db'
import { openEmbeddedServer } from '@worldloom/db/embedded'
import { freePort } from '@worldloom/db/testing'
import { createTestApiKey } from '@worldloom/server/testing'
import { afterAll, expect, test } from 'vitest'

const repository = fileURLToPath(new URL('../..', import.meta.url))
const git = (...args: string[]) => execFileSync('git', args, { cwd: repository, encoding: 'utf8' }).trim()

/** The last version that was tagged or, before there was any, what came before the last migration. */
function previousVersion(): string {
  if (process.env.PREVIOUS_REF) return process.env.PREVIOUS_REF
  const tag = git('tag', '--list', 'v*', '--sort=-version:refname', '--merged').split('\n')[0]
  if (tag) return tag
  const newest = git('log', '--diff-filter=A', '--format=%H', '-1', '--', 'db/migrations')
  return `${newest}~1`
}

const scratch = await mkdtemp(path.join(os.tmpdir(), 'worldloom-previous-'))
const checkout = path.join(scratch, 'checkout')
const database = await openEmbeddedServer({ dataDir: path.join(scratch, 'data'), as: 'own' })
afterAll(async () => {
  await database.release()
  git('worktree', 'remove', '--force', checkout)
  await rm(scratch, { recursive: true, force: true })
})

test('a server of the previous version goes on serving while this one migrates, and after', async () => {
  const ref = previousVersion()
  git('worktree', 'add', '--detach', checkout, ref)
  const install = ['-y', 'pnpm@12', 'install', '--frozen-lockfile', '--prefer-offline']
  execFileSync('npx', install, { cwd: checkout, stdio: 'ignore' })
  const port = await freePort()
  const server = spawn(path.join(checkout, 'node_modules/.bin/node'), ['apps/server/src/main.ts'], {
    cwd: checkout,
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      DATABASE_URL: database.url,
      DATA_DIR: path.join(scratch, 'files'),
      APP_SECRET: 'a secret that is long enough for tests',
      LOCAL_IDENTITY: 'false',
      PASSWORD_SIGN_IN: 'true',
      API_POINTS_PER_MINUTE: '0',
    },
    stdio: 'ignore',
  })
  const url = `http://127.0.0.1:${port}`
  await expect
    .poll(
      () =>
        fetch(`${url}/readyz`).then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 120_000 },
    )
    .toBe(200)

  const client = createWorldloomClient({ url, apiKey: await createTestApiKey({ database }), retries: 0 })
  const { id: worldId } = await client.world.create.mutate({ name: 'Kept' })
  const failures: string[] = []
  let rounds = 0
  let isOver = false
  /** What people do, again and again. */
  const working = Array.from({ length: 3 }, async (_, worker) => {
    for (let round = 0; !isOver; round++) {
      try {
        const { id } = await client.persona.create.mutate({
          worldId,
          name: `Persona ${worker} ${round}`,
          body: 'By the sea.',
        })
        await client.persona.update.mutate({ id, version: 1, description: 'Changed.' })
        await client.persona.list.query({ worldId, limit: 24 })
        await client.search.query.query({ worldId, text: 'persona' })
        await client.history.list.query({ worldId })
        await client.graph.around.query({ id, depth: 2 })
        await client.persona.delete.mutate({ id, version: 2 })
        rounds++
      } catch (error) {
        failures.push(String(readError(error).message))
      }
    }
  })
  await expect.poll(() => rounds).toBeGreaterThan(5)
  const { db, close } = createDatabase(database.url, { statementTimeout: 600 })
  const applied = await migrate(db)
  await close()
  const then = rounds
  await expect.poll(() => rounds, { timeout: 30_000 }).toBeGreaterThan(then + 20)
  isOver = true
  await Promise.all(working)
  console.log(
    `${ref}: ${rounds} rounds, of which ${rounds - then} after ${applied.join(', ') || 'nothing'} had been applied`,
  )
  expect(failures).toEqual([])
  server.kill('SIGTERM')
  await once(server, 'exit')
})
