import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from './freePort.ts'

export interface PgBouncer {
  /** Of the same database, through it. */
  readonly url: string
  stop(): Promise<void>
}

/**
 * Starts PgBouncer before a database, as `pgbouncer` on the PATH or in `/usr/sbin`.
 *
 * @throws {Error} if there is none
 * @see https://www.pgbouncer.org/config.html
 */
export async function startPgBouncer(
  databaseUrl: string,
  { poolMode = 'transaction', poolSize = 10 }: { readonly poolMode?: string; readonly poolSize?: number } = {},
): Promise<PgBouncer> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'worldloom-pgbouncer-'))
  const { hostname, port, username, password, pathname } = new URL(databaseUrl)
  const listen = await freePort()
  await writeFile(path.join(directory, 'users.txt'), `"${username}" "${decodeURIComponent(password)}"\n`)
  const settings = {
    listen_addr: '127.0.0.1',
    listen_port: listen,
    unix_socket_dir: '',
    auth_type: 'md5',
    auth_file: `${directory}/users.txt`,
    pool_mode: poolMode,
    default_pool_size: poolSize,
    max_client_conn: 200,
    ignore_startup_parameters: 'extra_float_digits,statement_timeout,idle_in_transaction_session_timeout',
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`)
  await writeFile(
    path.join(directory, 'pgbouncer.ini'),
    `[databases]\nworldloom = host=${hostname} port=${port} dbname=${pathname.slice(1)}\n[pgbouncer]\n${lines.join('\n')}\n`,
  )
  // It refuses to run as root.
  const isRoot = process.getuid?.() === 0
  const nobody = 65_534
  if (isRoot) await chmod(directory, 0o755)
  const child = spawn('pgbouncer', [path.join(directory, 'pgbouncer.ini')], {
    stdio: 'ignore',
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
    ...(isRoot && { uid: nobody, gid: nobody }),
  })
  const ended = new Promise<never>((_, reject) => {
    child.on('error', () => reject(new Error('There is no pgbouncer on the PATH (Debian: apt-get install pgbouncer).')))
    child.on('exit', (code) => reject(new Error(`pgbouncer ended with ${code}.`)))
  })
  await Promise.race([listening(listen), ended])
  // Later it ends because it is told to.
  ended.catch(() => undefined)
  const url = new URL(databaseUrl)
  url.port = String(listen)
  url.pathname = '/worldloom'
  return {
    url: url.href,
    stop: async () => {
      child.kill()
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      await rm(directory, { recursive: true, force: true })
    },
  }
}

async function listening(port: number): Promise<void> {
  for (;;) {
    const socket = net.connect(port, '127.0.0.1')
    const isUp = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false)
    socket.destroy()
    if (isUp) return
    await delay(50)
  }
}
