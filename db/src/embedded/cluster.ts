import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import getPort from 'get-port'
import pg from 'pg'
import { type Account, accountFor, EmbeddedServerError } from './account.ts'
import type { PostgresBinaries } from './binaries.ts'

const superuser = 'worldloom'

/** A PostgreSQL data directory and the programs that run it. */
export interface Cluster {
  readonly directory: string
  readonly binaries: PostgresBinaries
  readonly account: Account
  readonly password: string
}

export interface RunningServer {
  readonly pid: number
  readonly port: number
}

/** Opens a data directory, creating it if necessary. Safe to call concurrently. */
export async function openCluster(directory: string, binaries: PostgresBinaries): Promise<Cluster> {
  const account = await accountFor(directory, binaries.postgres)
  const own = await majorVersion(binaries, account)
  if (!(await exists(directory))) await initialise(directory, binaries, account, own)
  const version = (await readText(path.join(directory, 'PG_VERSION')))?.trim()
  if (!version) {
    throw new EmbeddedServerError(
      `${directory} is not a PostgreSQL data directory (it has no PG_VERSION). Move it away, or point DATA_DIR elsewhere.`,
    )
  }
  if (version !== own) {
    throw new EmbeddedServerError(
      `${directory} was made by PostgreSQL ${version}, and the embedded one is ${own}. Export it with the older ` +
        'version (pg_dumpall), move it away and import it again, or set DATABASE_URL.',
    )
  }
  const password = (await readText(passwordFile(directory)))?.trim()
  if (!password)
    throw new EmbeddedServerError(`${passwordFile(directory)} is missing: the password of the embedded database.`)
  return { directory, binaries, account, password }
}

/** Created under another name and moved into place, so that an interrupted start leaves nothing half-done. */
async function initialise(
  directory: string,
  binaries: PostgresBinaries,
  account: Account,
  version: string,
): Promise<void> {
  const parent = path.dirname(directory)
  await mkdir(parent, { recursive: true })
  const making = await mkdtemp(`${directory}.making-`)
  const password = randomBytes(24).toString('base64url')
  const scratch = await mkdtemp(path.join(os.tmpdir(), 'worldloom-'))
  const given = path.join(scratch, 'password')
  try {
    await writeFile(given, password, { mode: 0o600 })
    await Promise.all([scratch, given, making].map((file) => account.own(file)))
    const common = ['-D', making, '-U', superuser, '--pwfile', given, '--auth=scram-sha-256', '--encoding=UTF8']
    await account.run(binaries.initdb, [...common, ...localeArguments(version)])
    await writeFile(passwordFile(making), password, { mode: 0o600 })
    await account.own(passwordFile(making))
    await rename(making, directory)
  } catch (error) {
    await rm(making, { recursive: true, force: true })
    // Another start was faster; its directory is just as good.
    if (await exists(directory)) return
    const detail = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
    throw new EmbeddedServerError(`The embedded database could not be made in ${directory}: ${detail.trim()}`, {
      cause: error,
    })
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

async function majorVersion(binaries: PostgresBinaries, account: Account): Promise<string> {
  const { stdout } = await account.run(binaries.postgres, ['--version'])
  return /\d+/.exec(stdout)?.[0] ?? ''
}

/** The same Unicode rules on every machine, if this version has them. */
function localeArguments(version: string): string[] {
  const hasBuiltin = Number(version) >= 17
  return hasBuiltin ? ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : ['--locale=C']
}

/**
 * Starts the server on a loopback port, any free one unless specified. Returns undefined if another process's server is
 * already running or starting on the directory.
 */
export async function startServer(
  cluster: Cluster,
  settings: Readonly<Record<string, string>>,
  fixedPort: number | undefined,
  /** Seconds. Recovering a long log takes as long as it takes. */
  timeout = 60,
  attempts = 5,
): Promise<RunningServer | undefined> {
  const port = fixedPort ?? (await getPort({ host: '127.0.0.1' }))
  const log = logOf(cluster)
  const options = Object.entries({
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    ...settings,
  })
    .map(([name, value]) => `-c ${name}='${value}'`)
    .join(' ')
  try {
    await cluster.account.run(cluster.binaries.pg_ctl, [
      ...['start', '--wait', `--timeout=${timeout}`, '--silent', '-D', cluster.directory],
      ...['-l', log, '-o', options],
    ])
  } catch (error) {
    if (await findServer(cluster)) return undefined
    const said = await lastWords(cluster)
    // A free port may be somebody else's by the time PostgreSQL gets there, also that of a connection.
    const isTaken = fixedPort === undefined && said.includes('could not create any TCP/IP sockets')
    if (isTaken && attempts > 1) return await startServer(cluster, settings, undefined, timeout, attempts - 1)
    throw new EmbeddedServerError(
      `The embedded database in ${cluster.directory} did not start. ${said}\n` +
        'If the directory is damaged beyond recovery, move it away; the next start makes a new one.',
      { cause: error },
    )
  }
  return await findServer(cluster)
}

const logOf = (cluster: Cluster) => path.join(cluster.directory, 'server.log')

/** The end of what a server has logged, for whoever has to find out why it does not start. */
export async function lastWords(cluster: Cluster): Promise<string> {
  const tail = (await readText(logOf(cluster)))?.trim().split('\n').slice(-8).join('\n  ')
  return `The end of ${logOf(cluster)} says:\n  ${tail}`
}

export async function stopServer(cluster: Cluster): Promise<void> {
  if (!(await findServer(cluster))) return
  await cluster.account.run(cluster.binaries.pg_ctl, [
    ...['stop', '--wait', '--timeout=60', '--silent', '--mode=fast', '-D', cluster.directory],
  ])
}

/** The server running on the directory. Waits for one that is starting or stopping. */
export async function findServer(cluster: Cluster): Promise<RunningServer | undefined> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const lock = await readLock(cluster)
    if (!lock) return undefined
    if (lock.port !== undefined && (await accepts(cluster, lock.port))) return { pid: lock.pid, port: lock.port }
    if (!(await isPostgres(lock.pid))) return undefined
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new EmbeddedServerError(
    `A PostgreSQL process runs on ${cluster.directory} but does not answer. Stop it, then start again.`,
  )
}

/** Removes a stale lock and returns a sentence saying why the last server did not shut down cleanly. */
export async function clearStaleLock(cluster: Cluster): Promise<string | undefined> {
  const lock = await readLock(cluster)
  if (!lock || (await isPostgres(lock.pid))) return undefined
  await rm(path.join(cluster.directory, 'postmaster.pid'), { force: true })
  return (
    `The database in ${cluster.directory} was not shut down the last time (its process ${lock.pid} is gone). ` +
    'The stale lock was removed; PostgreSQL recovers what was written from its log.'
  )
}

export function serverUrl(cluster: Cluster, port: number, database: string): string {
  return `postgres://${superuser}:${cluster.password}@127.0.0.1:${port}/${database}`
}

interface PostmasterLock {
  readonly pid: number
  readonly port: number | undefined
}

/** @see https://www.postgresql.org/docs/current/storage-file-layout.html (postmaster.pid) */
async function readLock(cluster: Cluster): Promise<PostmasterLock | undefined> {
  const text = await readText(path.join(cluster.directory, 'postmaster.pid'))
  if (!text) return undefined
  const [pid, , , port] = text.split('\n')
  return { pid: Number(pid), port: port ? Number(port) : undefined }
}

async function accepts(cluster: Cluster, port: number): Promise<boolean> {
  const client = new pg.Client({
    connectionString: serverUrl(cluster, port, 'postgres'),
    connectionTimeoutMillis: 2000,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return true
  } catch {
    // Not up, or not ours: the caller finds out which.
    return false
  } finally {
    await client.end()
  }
}

/** Whether the process is alive and is PostgreSQL: a lock left by a crash may hold a pid that has since been reused. */
export async function isPostgres(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  const command = await readText(`/proc/${pid}/cmdline`)
  // Without /proc, a living process has to be assumed to be PostgreSQL.
  return command === undefined || /postgres/.test(command)
}

function passwordFile(directory: string): string {
  return path.join(directory, 'worldloom.password')
}

async function exists(directory: string): Promise<boolean> {
  try {
    return (await readdir(directory)).length > 0
  } catch {
    return false
  }
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch {
    return undefined
  }
}
