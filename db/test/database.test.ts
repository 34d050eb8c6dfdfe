import { chown, copyFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { openEmbeddedServer } from '../src/embedded/index.ts'
import { createDatabase } from '../src/index.ts'
import { cloneTestDatabase } from '../src/testing/index.ts'
import { temporaryDirectory } from './temporaryDirectory.ts'

const database = await cloneTestDatabase({ poolSize: 1 })
afterAll(() => database.drop())

describe('createDatabase', () => {
  test('a statement with parameters is prepared once per connection, however often it runs', async () => {
    const { db } = database
    for (const name of ['admin', 'user', 'viewer']) {
      await db.selectFrom('roles').select('id').where('name', '=', name).execute()
    }
    const { rows } = await sql<{ statement: string }>`
      select statement from pg_prepared_statements where statement like '%"roles"%'`.execute(db)
    expect(rows).toHaveLength(1)
  })

  test('prepared statements can be switched off for poolers that cannot keep them', async () => {
    const plain = createDatabase(database.url, { preparedStatements: false, poolSize: 1 })
    await plain.db.selectFrom('roles').select('id').where('name', '=', 'admin').execute()
    const { rows } = await sql`select 1 from pg_prepared_statements`.execute(plain.db)
    expect(rows).toHaveLength(0)
    await plain.close()
  })

  test('a connection that the server drops is replaced, without a restart', async () => {
    const lost: Error[] = []
    const handle = createDatabase(database.url, { poolSize: 2, onConnectionLost: (error) => lost.push(error) })
    const backend = async () =>
      (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(handle.db)).rows[0]?.pid
    const first = await backend()
    await sql`select pg_terminate_backend(${first})`.execute(database.db)
    await expect.poll(() => lost.length).toBe(1)
    expect(await backend()).not.toBe(first)
    await handle.close()
  })

  test('a statement that takes too long is cancelled and the connection stays usable', async () => {
    const handle = createDatabase(database.url, { poolSize: 1, statementTimeout: 1 })
    await expect(sql`select pg_sleep(5)`.execute(handle.db)).rejects.toMatchObject({ code: '57014' })
    expect((await sql<{ one: number }>`select 1 as one`.execute(handle.db)).rows).toEqual([{ one: 1 }])
    await handle.close()
  })

  test('a date stays the day it is, in every time zone', async () => {
    const { rows } = await sql<{ day: unknown }>`select date '1815-12-10' as day`.execute(database.db)
    expect(rows[0]?.day).toBe('1815-12-10')
  })
})

describe('TLS, as managed databases demand it', async () => {
  const dataDir = await temporaryDirectory()
  const fixture = (name: string) => fileURLToPath(new URL(`fixtures/tls/${name}`, import.meta.url))
  const plain = await openEmbeddedServer({ dataDir, as: 'own' })
  const { uid, gid } = await stat(plain.directory)
  for (const name of ['server.pem', 'server.key']) {
    const copy = path.join(plain.directory, name)
    await copyFile(fixture(name), copy)
    await import('node:fs/promises').then((fs) => fs.chmod(copy, 0o600))
    if (process.getuid?.() === 0) await chown(copy, uid, gid)
  }
  await plain.release()
  const server = await openEmbeddedServer({
    dataDir,
    as: 'own',
    settings: { ssl: 'on', ssl_cert_file: 'server.pem', ssl_key_file: 'server.key' },
  })
  afterAll(() => server.release())

  async function encrypted(host: string, query: string): Promise<boolean | undefined> {
    const url = new URL(server.url)
    url.hostname = host
    url.search = query
    const handle = createDatabase(url.href)
    try {
      const { rows } = await sql<{ ssl: boolean }>`
        select ssl from pg_stat_ssl where pid = pg_backend_pid()`.execute(handle.db)
      return rows[0]?.ssl
    } finally {
      await handle.close()
    }
  }

  test('sslmode=require encrypts', async () => {
    expect(await encrypted('127.0.0.1', '')).toBe(false)
    expect(await encrypted('127.0.0.1', 'sslmode=require')).toBe(true)
  })

  test('sslmode=verify-full accepts the right host under the right authority only', async () => {
    const authority = `sslmode=verify-full&sslrootcert=${fixture('ca.pem')}`
    expect(await encrypted('localhost', authority)).toBe(true)
    await expect(encrypted('127.0.0.1', authority)).rejects.toThrow(/does not match certificate/)
    await expect(encrypted('localhost', 'sslmode=verify-full')).rejects.toThrow(/certificate/)
  })
})
