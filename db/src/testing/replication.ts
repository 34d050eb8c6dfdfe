import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { createDatabase } from '../database.ts'
import { backUpEmbedded } from '../embedded/backup.ts'
import { embeddedBinaries } from '../embedded/binaries.ts'
import {
  type Cluster,
  clearStaleLock,
  findServer,
  isPostgres,
  openCluster,
  serverUrl,
  startServer,
  stopServer,
} from '../embedded/cluster.ts'
import { migrate } from '../migrate.ts'

/** Where a server keeps its files and listens. */
export interface Place {
  /** A directory for it alone. @default a temporary one */
  readonly directory?: string
  /** @default a free one */
  readonly port?: number
}

/** One of several PostgreSQL servers that hold the same database. */
export interface DatabaseHost {
  /** Of the application's database. */
  readonly url: string
  readonly port: number
  /** Runs statements, one after the other. @returns the rows of the last */
  run(...statements: readonly string[]): Promise<Record<string, unknown>[]>
  /** Ends it like a machine that loses its power. */
  kill(): Promise<void>
  /** Starts it again where it was. */
  start(): Promise<void>
  /** Makes a replica the primary. Resolves when it can be written to. */
  promote(): Promise<void>
  /** Ends it and removes its files. */
  remove(): Promise<void>
}

const fast = { fsync: 'off', full_page_writes: 'off', max_connections: '200' }

/** A migrated database on a server of its own, that replicas can be made of. */
export async function startPrimary(
  settings: Readonly<Record<string, string>> = {},
  place: Place = {},
): Promise<DatabaseHost> {
  const scratch = place.directory ?? (await mkdtemp(path.join(os.tmpdir(), 'worldloom-primary-')))
  const cluster = await openCluster(path.join(scratch, 'postgres'), await embeddedBinaries())
  const host = await startHost(cluster, scratch, { ...fast, wal_keep_size: '512MB', ...settings }, place.port)
  const client = new pg.Client({ connectionString: serverUrl(cluster, host.port, 'postgres') })
  await client.connect()
  await client.query('create database worldloom')
  await client.end()
  const { db, close } = createDatabase(host.url)
  await migrate(db)
  await close()
  return host
}

/**
 * A physical replica of a server that runs on this machine.
 *
 * @param primary as {@link startPrimary} returned it, or a replica that was promoted
 * @see https://www.postgresql.org/docs/current/warm-standby.html
 */
export async function startReplica(
  primary: DatabaseHost,
  settings: Readonly<Record<string, string>> = {},
  place: Place = {},
): Promise<DatabaseHost> {
  const scratch = place.directory ?? (await mkdtemp(path.join(os.tmpdir(), 'worldloom-replica-')))
  const directory = path.join(scratch, 'postgres')
  const [row] = await primary.run('show data_directory')
  const original = await openCluster(String(row?.data_directory), await embeddedBinaries())
  await original.account.own(scratch)
  await backUpEmbedded(original.directory, directory)
  const cluster = await openCluster(directory, original.binaries)
  const signal = path.join(directory, 'standby.signal')
  await writeFile(signal, '')
  await cluster.account.own(signal)
  const { username, password } = new URL(primary.url)
  const source = `host=127.0.0.1 port=${primary.port} user=${username} password=${password} application_name=replica`
  return await startHost(cluster, scratch, { ...fast, primary_conninfo: source, ...settings }, place.port)
}

async function startHost(
  cluster: Cluster,
  scratch: string,
  settings: Readonly<Record<string, string>>,
  fixedPort: number | undefined,
): Promise<DatabaseHost> {
  const started = await startServer(cluster, settings, fixedPort)
  if (!started) throw new Error(`Another server runs on ${cluster.directory}.`)
  const { port } = started
  const url = serverUrl(cluster, port, 'worldloom')
  const run = async (...statements: readonly string[]) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      let rows: Record<string, unknown>[] = []
      for (const statement of statements) rows = (await client.query(statement)).rows
      return rows
    } finally {
      await client.end()
    }
  }
  const kill = async () => {
    const running = await findServer(cluster)
    if (!running) return
    const backends = await run('select pid from pg_stat_activity where pid <> pg_backend_pid()')
    const pids = [running.pid, ...backends.map(({ pid }) => Number(pid))]
    // All of them, as orphans may still commit before they notice.
    for (const pid of pids) if (await isPostgres(pid)) killIfAlive(pid)
    for (const pid of pids) while (await isPostgres(pid)) await new Promise((resolve) => setTimeout(resolve, 10))
    while (await findServer(cluster)) await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return {
    url,
    port,
    run,
    kill,
    start: async () => {
      await clearStaleLock(cluster)
      await startServer(cluster, settings, port)
    },
    promote: async () => {
      await run('select pg_promote(true, 60)')
    },
    remove: async () => {
      await stopServer(cluster)
      await rm(scratch, { recursive: true, force: true })
    },
  }
}

function killIfAlive(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
