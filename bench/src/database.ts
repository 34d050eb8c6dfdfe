import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { createDatabase, type Database, type DatabaseHandle, migrate } from '@worldloom/db'
import { openEmbeddedServer } from '@worldloom/db/embedded'
import { seedLarge } from '@worldloom/db/seed'
import { sql } from 'kysely'
import { appSecret } from './seed.ts'

export const publicUrl = 'http://localhost:3000'

/**
 * A PostgreSQL of its own, migrated, for as long as a benchmark runs.
 *
 * @param kept a directory that is left as it is for the next run
 */
export async function openBenchDatabase(kept?: string): Promise<{
  readonly db: DatabaseHandle['db']
  /** For the servers that are measured. */
  readonly environment: Record<string, string>
  close(): Promise<void>
}> {
  const dataDir = kept ?? (await mkdtemp(path.join(os.tmpdir(), 'worldloom-bench-')))
  const server = await openEmbeddedServer({ dataDir, as: 'own' })
  const { db, close } = createDatabase(server.url, { statementTimeout: 600 })
  await migrate(db)
  return {
    db,
    environment: {
      DATABASE_URL: server.url,
      PORT: '0',
      NODE_ENV: 'development',
      PUBLIC_URL: publicUrl,
      APP_SECRET: appSecret,
    },
    close: async () => {
      await close()
      await server.release()
      if (kept === undefined) await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** The world of a million entries, which may be there from an earlier run, and some of its personas. Its author has to be there. */
export async function addMillion(db: DatabaseHandle['db']) {
  await seedLarge(db, undefined, { share: Number(process.env.BENCH_SHARE || 1) })
  const world = await db
    .selectFrom('worlds')
    .select(['id', 'visibility'])
    .where('name', '=', 'The Long Shelf')
    .executeTakeFirstOrThrow()
  const people = await db
    .selectFrom('entities')
    .select('id')
    .where('worldId', '=', world.id)
    .where('kind', '=', 'persona')
    .where('deletedAt', 'is', null)
    .limit(500)
    .execute()
  return { world, people }
}

/** Somebody with the role `user`, who may be there from an earlier run. @returns their id */
export async function addUser(db: Database, displayName: string): Promise<string> {
  const known = await db.selectFrom('users').select('id').where('displayName', '=', displayName).executeTakeFirst()
  if (known) return known.id
  const [firstName = '', lastName = ''] = displayName.split(' ')
  const { id } = await db
    .insertInto('users')
    .values({ displayName, firstName, lastName, email: `${displayName.replace(' ', '.').toLowerCase()}@example.com` })
    .returning('id')
    .executeTakeFirstOrThrow()
  await sql`insert into user_roles (user_id, role_id) select ${id}, id from roles where name = 'user'`.execute(db)
  return id
}
