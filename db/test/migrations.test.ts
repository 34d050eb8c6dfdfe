import { readdirSync } from 'node:fs'
import { usualLinkKinds } from '@worldloom/schema'
import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { createDatabase, migrate, pendingMigrations } from '../src/index.ts'
import { runMigration } from '../src/migrate.ts'
import { cloneTestDatabase, startTestServer } from '../src/testing/index.ts'

const database = await cloneTestDatabase()
const migrationNames = readdirSync(new URL('../migrations', import.meta.url)).map((file) => file.replace('.sql', ''))
afterAll(() => database.drop())

/** A database as it was after a migration. */
async function databaseUpTo(last: string) {
  const admin = createDatabase(database.url)
  await sql`create database older`.execute(admin.db)
  const url = new URL(database.url)
  url.pathname = '/older'
  const { db, close } = createDatabase(url.href)
  const run = async (names: readonly string[]) => {
    for (const name of names.toSorted()) await runMigration(db, name)
  }
  await run(migrationNames.filter((name) => name.slice(0, last.length) <= last))
  return {
    db,
    /** With the record of what has been applied. */
    async migrateAsServersDo(onProgress: Parameters<typeof migrate>[1]) {
      const before = migrationNames.filter((name) => name.slice(0, last.length) <= last)
      await sql`create table kysely_migration (name varchar(255) primary key, timestamp varchar(255) not null)`.execute(
        db,
      )
      for (const name of before) {
        await sql`insert into kysely_migration values (${name}, ${new Date().toISOString()})`.execute(db)
      }
      return await migrate(db, onProgress)
    },
    migrateRest: () => run(migrationNames.filter((name) => name.slice(0, last.length) > last)),
    async drop() {
      await close()
      await sql`drop database older`.execute(admin.db)
      await admin.close()
    },
  }
}

describe('migrations', () => {
  test('a migrated database has nothing pending, and migrating it again changes nothing', async () => {
    expect(await pendingMigrations(database.db)).toEqual([])
    expect(await migrate(database.db)).toEqual([])
  })

  test('a server that is being replaced can be started again when a newer one has migrated; one of another line cannot', async () => {
    const { db, drop } = await cloneTestDatabase()
    await sql`insert into kysely_migration values ('9999_of_a_newer_version', now()::text)`.execute(db)
    expect(await migrate(db)).toEqual([])
    expect(await pendingMigrations(db)).toEqual([])
    const last = migrationNames.toSorted().at(-1) ?? ''
    await sql`delete from kysely_migration where name = ${last}`.execute(db)
    await expect(migrate(db)).rejects.toThrow(
      `has 9999_of_a_newer_version, which this version does not know, and lacks ${last}`,
    )
    await drop()
  })

  test('servers that start at once apply each migration once', async () => {
    const admin = createDatabase(database.url)
    await sql`create database race`.execute(admin.db)
    const url = new URL(database.url)
    url.pathname = '/race'
    const handles = Array.from({ length: 4 }, () => createDatabase(url.href))
    try {
      const applied = await Promise.all(handles.map(({ db }) => migrate(db)))
      expect(applied.flat().sort()).toEqual(migrationNames)
    } finally {
      await Promise.all(handles.map((handle) => handle.close()))
      await sql`drop database race`.execute(admin.db)
      await admin.close()
    }
  })

  test('indexes are built while others write, again where that was broken off, and what waits for a lock says so', async () => {
    const older = await databaseUpTo('0022')
    const { db } = older
    try {
      await sql`create index worlds_deleted_at_idx on worlds (deleted_at) where deleted_at is not null`.execute(db)
      // As one is that was broken off.
      await sql`update pg_index set indisvalid = false where indexrelid = 'worlds_deleted_at_idx'::regclass`.execute(db)
      const told: string[] = []
      let isHeld = true
      const holding = db.transaction().execute(async (trx) => {
        await sql`lock table worlds in access share mode`.execute(trx)
        await sql`select pg_sleep(0)`.execute(trx)
        while (isHeld) await new Promise((resolve) => setTimeout(resolve, 50))
      })
      const waiting = older.migrateAsServersDo(({ migration, state }) => {
        told.push(`${migration} ${state}`)
        if (state === 'waiting for a lock') isHeld = false
      })
      await Promise.all([holding, waiting])
      expect(told).toContain('0023_jobs waiting for a lock')
      expect(told).toContain('0024_job_indexes.concurrently applied')
      const { rows } = await sql<{ name: string; valid: boolean }>`
        select relname as name, indisvalid as valid from pg_index join pg_class on pg_class.oid = indexrelid
        where relname like '%deleted_at_idx' and relname not like 'conversations%' order by relname`.execute(db)
      expect(rows).toEqual([
        { name: 'entities_deleted_at_idx', valid: true },
        { name: 'worlds_deleted_at_idx', valid: true },
      ])
      expect(await pendingMigrations(db)).toEqual([])
    } finally {
      await older.drop()
    }
  })

  test('worlds from before there were links and a search get the usual kinds of links, and are found', async () => {
    const older = await databaseUpTo('0011')
    const { db } = older
    try {
      const { rows } = await sql<{ worldId: string; entityId: string }>`
        with author as (insert into users (display_name) values ('Ada') returning id),
        world as (
          insert into worlds (owner_id, name, display_name) select id, 'Old', 'Old' from author returning id, owner_id
        ), entity as (
          insert into entities (world_id, owner_id, kind, name, display_name, body)
          select id, owner_id, 'thing', 'Lamp', 'Lamp', 'It burns whale oil.' from world returning id, world_id
        ), thing as (insert into things (id, world_id) select id, world_id from entity)
        select id as entity_id, world_id from entity`.execute(db)
      await older.migrateRest()
      const [row] = rows
      const linkKinds = await db
        .selectFrom('linkKinds')
        .select(['name', 'inverseName', 'isSymmetric', 'cardinality', 'isAcyclic', 'meaning'])
        // The type did not exist when the connection was made.
        .select([sql`from_kinds::text[]`.as('fromKinds'), sql`to_kinds::text[]`.as('toKinds')])
        .where('worldId', '=', row?.worldId ?? '')
        .orderBy('id')
        .execute()
      expect(linkKinds).toEqual(usualLinkKinds('en'))
      const found = await sql`
        select entity_id from search_documents where texts @@ plainto_tsquery('worldloom_simple', 'whale')`.execute(db)
      expect(found.rows).toEqual([{ entityId: row?.entityId }])
    } finally {
      await older.drop()
    }
  })

  test('PostgreSQL 15 takes the same migrations and makes ids in order of creation', async () => {
    // An optional dependency under an alias, with the types of any embedded PostgreSQL.
    const server = await startTestServer(await import('postgres-15-linux-x64'))
    const older = await cloneTestDatabase({}, server.url)
    try {
      const { rows } = await sql<{ serverVersion: string }>`show server_version`.execute(older.db)
      expect(rows[0]?.serverVersion).toMatch(/^15\./)
      expect(await pendingMigrations(older.db)).toEqual([])
      const ids = await sql<{ id: string }>`
        select uuidv7() as id, pg_sleep(0.002) from generate_series(1, 20)`.execute(older.db)
      const list = ids.rows.map((row) => row.id)
      expect(list.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/.test(id))).toBe(true)
      expect(list).toEqual(list.toSorted())
    } finally {
      await older.drop()
      await server.stop()
    }
  })

  test('every foreign key has an index that begins with its columns', async () => {
    const { rows } = await sql<{ constraint: string }>`
      select conrelid::regclass || '.' || conname as constraint
      from pg_constraint c
      where contype = 'f' and connamespace = 'public'::regnamespace
        and not exists (
          select from pg_index i
          where i.indrelid = c.conrelid
            and c.conkey[1] = i.indkey[0]
        )`.execute(database.db)
    expect(rows).toEqual([])
  })
})

describe('the schema keeps what the code could get wrong', () => {
  const { db } = database

  async function makeUser(name: string) {
    return await db.insertInto('users').values({ displayName: name }).returningAll().executeTakeFirstOrThrow()
  }

  test('a change raises the version and the time of a row', async () => {
    const before = await makeUser('Ada')
    const after = await db
      .updateTable('users')
      .set({ displayName: 'Ada L.' })
      .where('id', '=', before.id)
      .returningAll()
      .executeTakeFirstOrThrow()
    expect(after.version).toBe(before.version + 1)
    expect(after.updatedAt.getTime()).toBeGreaterThanOrEqual(before.updatedAt.getTime())
  })

  test("a kind's row can refer neither to a row of another kind nor to another world's", async () => {
    const owner = await makeUser('Owner')
    const [first, second] = await db
      .insertInto('worlds')
      .values(['First', 'Second'].map((name) => ({ ownerId: owner.id, name, displayName: name })))
      .returning('id')
      .execute()
    if (!first || !second) throw new Error('two worlds were inserted')
    const entity = async (worldId: string, kind: 'story' | 'act', name: string) => {
      const values = { worldId, kind, name, displayName: name, ownerId: owner.id }
      return (await db.insertInto('entities').values(values).returning('id').executeTakeFirstOrThrow()).id
    }
    const storyId = await entity(first.id, 'story', 'Iron')
    await db.insertInto('stories').values({ id: storyId, worldId: first.id }).execute()

    const otherKind = db.insertInto('personas').values({ id: storyId, worldId: first.id })
    await expect(otherKind.execute()).rejects.toMatchObject({ code: '23503' })

    const actId = await entity(second.id, 'act', 'One')
    const otherWorld = db.insertInto('acts').values({ id: actId, worldId: second.id, storyId, position: 'a' })
    await expect(otherWorld.execute()).rejects.toMatchObject({ code: '23503' })
  })

  test('two people can claim an address, only one can have proved it', async () => {
    const claim = (emailVerified: boolean) =>
      db.insertInto('users').values({ displayName: 'x', email: 'Same@example.com', emailVerified }).execute()
    await claim(false)
    await claim(false)
    await claim(true)
    await expect(claim(true)).rejects.toMatchObject({ code: '23505', constraint: 'users_email_key' })
  })
})
