/**
 * Through PgBouncer in transaction mode, as `pgbouncer` on the PATH is, against a direct connection: two servers on one database,
 * side by side. Sends no named statements, which PgBouncer before 1.21 cannot keep; BENCH_NAMED=true does, for later ones.
 */
import { spawn } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { openEmbeddedServer } from '@worldloom/db/embedded'
import getPort from 'get-port'
import { comparedReads, measure, report } from './load.ts'
import { startProcess } from './process.ts'
import { appSecret, seed } from './seed.ts'

const dataDir = await mkdtemp(path.join(os.tmpdir(), 'worldloom-bench-'))
const database = await openEmbeddedServer({ dataDir, as: 'own' })
const publicUrl = 'http://localhost:3000'
const seeded = await seed(database.url, publicUrl)
const pooler = await startPgBouncer(database.url)

const environment = { PORT: '0', NODE_ENV: 'development', PUBLIC_URL: publicUrl, APP_SECRET: appSecret }
const direct = await startProcess('server.ts', { ...environment, DATABASE_URL: database.url })
const pooled = await startProcess('server.ts', {
  ...environment,
  DATABASE_URL: pooler.url,
  DATABASE_DIRECT_URL: database.url,
  DATABASE_PREPARED_STATEMENTS: process.env.BENCH_NAMED || 'false',
})
report(await measure(comparedReads({ ...direct, how: 'direct' }, { ...pooled, how: 'through PgBouncer' }, seeded)))
direct.stop()
pooled.stop()
pooler.stop()
await database.release()
await rm(dataDir, { recursive: true, force: true })

async function startPgBouncer(databaseUrl: string) {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'worldloom-pgbouncer-'))
  const { hostname, port, username, password, pathname } = new URL(databaseUrl)
  const listen = await getPort()
  await writeFile(path.join(directory, 'users.txt'), `"${username}" "${decodeURIComponent(password)}"\n`)
  await writeFile(
    path.join(directory, 'pgbouncer.ini'),
    `[databases]
worldloom = host=${hostname} port=${port} dbname=${pathname.slice(1)}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${listen}
unix_socket_dir =
auth_type = md5
auth_file = ${directory}/users.txt
pool_mode = transaction
default_pool_size = 10
max_client_conn = 200
ignore_startup_parameters = extra_float_digits,statement_timeout,idle_in_transaction_session_timeout
`,
  )
  // It refuses to run as root.
  const isRoot = process.getuid?.() === 0
  const nobody = 65_534
  if (isRoot) await chmod(directory, 0o755)
  const child = spawn('pgbouncer', [path.join(directory, 'pgbouncer.ini')], {
    stdio: ['ignore', 'ignore', 'ignore'],
    ...(isRoot && { uid: nobody, gid: nobody }),
  })
  await new Promise<void>((resolve, reject) => {
    child.on('error', () => reject(new Error('There is no pgbouncer on the PATH (Debian: apt-get install pgbouncer).')))
    child.on('exit', (code) => reject(new Error(`pgbouncer ended with ${code}.`)))
    setTimeout(resolve, 1000)
  })
  const url = new URL(databaseUrl)
  url.port = String(listen)
  url.pathname = '/worldloom'
  return { url: url.href, stop: () => child.kill() }
}
