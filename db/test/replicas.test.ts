import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../src/database.ts'
import { databaseFault } from '../src/errors.ts'
import { ForeignReplicaError, type ReplicaStatus, Replicas } from '../src/replicas.ts'
import { cloneTestDatabase, type DatabaseHost, startPrimary, startReplica } from '../src/testing/index.ts'
import { formatWalPosition, parseWalPosition } from '../src/walPosition.ts'

const hosts: DatabaseHost[] = []
const started = async (host: Promise<DatabaseHost>) => {
  hosts.push(await host)
  return await host
}
afterAll(async () => {
  for (const host of hosts) await host.remove()
})

describe('reading from a replica', async () => {
  const primary = await started(startPrimary())
  const replica = await started(startReplica(primary))
  const { db, close } = createDatabase(primary.url)
  const changes: [state: string, reason: string | undefined][] = []
  const onChange = ({ state }: ReplicaStatus, reason: string | undefined) => void changes.push([state, reason])
  const replicas = new Replicas({ primary: db, urls: [replica.url], connections: {}, onChange })
  await db.schema.createTable('written').addColumn('number', 'integer').execute()
  await replicas.start()
  afterAll(async () => {
    await replicas.close()
    await close()
  })

  const write = async (number: number) => {
    await sql`insert into written values (${number})`.execute(db)
    return await replicas.position()
  }
  const read = async (from: Pick<NonNullable<Awaited<ReturnType<typeof replicas.pick>>>, 'db'> | undefined) =>
    (await sql<{ number: number }>`select number from written`.execute(from?.db ?? db)).rows.map(({ number }) => number)

  test('whoever has written something reads it, wherever they read', async () => {
    await expect.poll(() => replicas.status()).toMatchObject([{ state: 'serving' }])
    let fromReplica = 0
    for (let number = 1; number <= 50; number++) {
      const position = await write(number)
      const found = await replicas.pick(position)
      if (found) fromReplica++
      expect(await read(found)).toContain(number)
    }
    // It is on this machine, and has replayed most of it by then.
    expect(fromReplica).toBeGreaterThan(0)
    expect(replicas.reads.replica).toBeGreaterThanOrEqual(fromReplica)
  })

  test('one that stands still is read from by nobody who has written since, then by nobody', async () => {
    await replica.run('select pg_wal_replay_pause()')
    const before = await replicas.position()
    const position = await write(1000)
    expect(await replicas.pick(position)).toBeUndefined()
    expect((await replicas.pick(before))?.db).toBeDefined()
    await expect.poll(() => replicas.status()[0]?.state).toBe('behind')
    expect(await replicas.pick()).toBeUndefined()

    await replica.run('select pg_wal_replay_resume()')
    await expect.poll(() => replicas.status()[0]?.state).toBe('serving')
    expect(await read(await replicas.pick(position))).toContain(1000)
  })

  test('what everybody has to see is asked of each reader', async () => {
    await replica.run('select pg_wal_replay_pause()')
    await write(2000)
    expect(await replicas.pick()).toBeDefined()
    const raising = replicas.raiseFloor()
    // Until it is known, too.
    expect(await replicas.pick()).toBeUndefined()
    await raising
    expect(await replicas.pick()).toBeUndefined()
    await replica.run('select pg_wal_replay_resume()')
    await expect.poll(async () => await replicas.pick()).toBeDefined()
  })

  test('one that dies is left out at once, and taken back', async () => {
    const found = await replicas.pick()
    await replica.kill()
    const failure = await sql`select 1`.execute(found?.db ?? db).catch((error: unknown) => error)
    expect(found?.isAtFault(failure)).toBe(true)
    expect(await replicas.pick()).toBeUndefined()
    await expect.poll(() => replicas.status()[0]?.state).toBe('unreachable')
    expect(changes.at(-1)).toEqual(['unreachable', expect.stringMatching(/\w/)])
    await replica.start()
    await expect.poll(() => replicas.status()[0]?.state, { timeout: 20_000 }).toBe('serving')
    expect(found?.isAtFault(new Error('something else'))).toBe(false)
  })
})

test('one of another cluster, or another database of the same, is refused', async () => {
  const primary = await started(startPrimary())
  const { db, close } = createDatabase(primary.url)
  const other = await cloneTestDatabase()
  for (const url of [other.url, primary.url.replace(/worldloom$/, 'postgres')]) {
    const start = async () => {
      const replicas = new Replicas({ primary: db, urls: [url], connections: {} })
      const failure = await replicas.start().catch((error: unknown) => error)
      await replicas.close()
      return failure
    }
    // One that takes too long to answer counts as unreachable at first, and is not refused.
    let failure: unknown
    await expect
      .poll(
        async () => {
          failure = await start()
          return failure
        },
        { timeout: 30_000 },
      )
      .toBeInstanceOf(ForeignReplicaError)
    expect(String(failure)).toContain('is not a replica of DATABASE_URL')
    // Nobody's password.
    expect(String(failure)).not.toContain(new URL(url).password)
  }
  // The primary itself is none, and a server that starts after a failover has to start.
  const replicas = new Replicas({ primary: db, urls: [primary.url], connections: {} })
  await replicas.start()
  await expect.poll(() => replicas.status()).toMatchObject([{ state: 'writable' }])
  expect(await replicas.pick()).toBeUndefined()
  await replicas.close()
  await close()
  await other.drop()
})

test('of several hosts, the one that can be written to is found, and found again after a failover', async () => {
  const one = await started(startPrimary())
  const two = await started(startReplica(one))
  const { username, password } = new URL(one.url)
  // The replica is named first.
  const url = `postgres://${username}:${password}@127.0.0.1:${two.port},127.0.0.1:${one.port}/worldloom`
  const { db, pool, close } = createDatabase(url, { poolSize: 3 })
  const port = async () => {
    const { rows } = await sql<{ port: number }>`select inet_server_port() as port`.execute(db)
    return rows[0]?.port
  }
  expect(await Promise.all(Array.from({ length: 6 }, port))).toEqual(Array(6).fill(one.port))
  await sql`create table kept (number integer)`.execute(db)
  await expect.poll(() => two.run("select to_regclass('kept') as found")).toMatchObject([{ found: 'kept' }])

  await one.kill()
  const failure = await sql`insert into kept values (1)`.execute(db).catch((error: unknown) => error)
  expect(databaseFault(failure)).toEqual({ kind: 'unavailable' })
  await two.promote()
  const since = performance.now()
  await expect
    .poll(() => sql`insert into kept values (2)`.execute(db).then(() => 'written', String), { timeout: 20_000 })
    .toBe('written')
  // Bound: 10 s; printed rather than judged, as machines differ.
  console.log(`written ${Math.round(performance.now() - since)} ms after the failover`)
  expect(await Promise.all(Array.from({ length: 6 }, port))).toEqual(Array(6).fill(two.port))
  expect(await two.run('select number from kept')).toEqual([{ number: 2 }])
  expect(pool.totalCount).toBeLessThanOrEqual(3)
  await close()
})

test('a primary that becomes read-only counts as unavailable, and is left', async () => {
  const one = await started(startPrimary())
  const url = one.url.replace('@127.0.0.1:', `@127.0.0.1:1,127.0.0.1:`)
  const { db, close } = createDatabase(url, { poolSize: 2 })
  await sql`create table kept (number integer)`.execute(db)
  await one.run("alter system set default_transaction_read_only = 'on'", 'select pg_reload_conf()')
  await expect
    .poll(async () =>
      databaseFault(await sql`insert into kept values (1)`.execute(db).catch((error: unknown) => error)),
    )
    .toEqual({ kind: 'unavailable' })
  await one.run(
    'set default_transaction_read_only = off',
    "alter system set default_transaction_read_only = 'off'",
    'select pg_reload_conf()',
  )
  await expect
    .poll(() => sql`insert into kept values (2)`.execute(db).then(() => 'written', String), { timeout: 20_000 })
    .toBe('written')
  await close()
})

test('positions are compared as numbers, and anything else is none', () => {
  expect(parseWalPosition('16/B374D848')).toBe(0x16b374d848n)
  expect(formatWalPosition(0x16b374d848n)).toBe('16/B374D848')
  expect(parseWalPosition('0/0')).toBe(0n)
  for (const text of ['', '16', '16/', '/1', '1/2/3', '123456789/1', '0x1/2', '1/G', ' 1/2', '1/2\n']) {
    expect(parseWalPosition(text)).toBeUndefined()
  }
})
