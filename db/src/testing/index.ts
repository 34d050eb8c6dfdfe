import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { createDatabase, type DatabaseHandle, type DatabaseOptions } from '../database.ts'
import { openEmbeddedServer, type PostgresBinaries } from '../embedded/index.ts'
import { migrate } from '../migrate.ts'

const template = 'worldloom_template'

export { freePort } from './freePort.ts'
export { type PgBouncer, startPgBouncer } from './pgBouncer.ts'
export { type PoolerProxy, startPoolerProxy } from './poolerProxy.ts'
export { type DatabaseHost, startPrimary, startReplica } from './replication.ts'

export interface TestServer {
  /** Of its `postgres` database. */
  readonly url: string
  stop(): Promise<void>
}

/** A real PostgreSQL for one test run, in a temporary directory, with a migrated template database. */
export async function startTestServer(binaries?: PostgresBinaries): Promise<TestServer> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'worldloom-test-'))
  const server = await openEmbeddedServer({
    dataDir,
    as: 'own',
    settings: { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_connections: '200' },
    ...(binaries && { binaries }),
  })
  const url = databaseUrl(server.url, 'postgres')
  await query(url, `create database ${template}`)
  const { db, close } = createDatabase(databaseUrl(url, template))
  await migrate(db)
  await close()
  return {
    url,
    stop: async () => {
      await server.release()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

export interface TestDatabase extends DatabaseHandle {
  readonly url: string
  /** Closes the pool and drops the database. */
  drop(): Promise<void>
}

/** Creates a migrated database, cloned from the template of the run's server. */
export async function cloneTestDatabase(options?: DatabaseOptions, server = testServerUrl()): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await query(server, `create database ${name} template ${template}`)
  const url = databaseUrl(server, name)
  const handle = createDatabase(url, { poolSize: 5, ...options })
  return {
    ...handle,
    url,
    drop: async () => {
      await handle.close()
      await query(server, `drop database if exists ${name} with (force)`)
    },
  }
}

/** Set by the global setup of the test runner. */
function testServerUrl(): string {
  const url = process.env.TEST_SERVER_URL
  if (!url)
    throw new Error('TEST_SERVER_URL is not set: run the tests through Vitest, whose global setup starts a PostgreSQL.')
  return url
}

function databaseUrl(server: string, database: string): string {
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.href
}

async function query(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(text)
  } finally {
    await client.end()
  }
}
