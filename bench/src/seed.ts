import { createSession } from '@worldloom/auth'
import { createDatabase, migrate } from '@worldloom/db'
import { sql } from 'kysely'

export interface Seeded {
  /** The session's cookie, as a header value. */
  readonly cookie: string
  readonly worldIds: readonly string[]
}

/** One author with a thousand worlds, in a database with a hundred thousand more of other people's. */
export async function seed(databaseUrl: string): Promise<Seeded> {
  const { db, close } = createDatabase(databaseUrl, { statementTimeout: 300 })
  await migrate(db)
  await sql`insert into users (display_name) select 'Author ' || n from generate_series(1, 100) n`.execute(db)
  const { id: userId } = await db.selectFrom('users').select('id').orderBy('id').executeTakeFirstOrThrow()
  await sql`
    insert into user_roles (user_id, role_id)
    select users.id, roles.id from users, roles where roles.name = 'user'`.execute(db)
  await sql`
    insert into worlds (owner_id, name, display_name, description, body)
    select users.id, 'World ' || n, 'World ' || n, repeat('Somewhere far away. ', 6), repeat('There was a sea. ', 40)
    from users, generate_series(1, 1000) n`.execute(db)
  await sql`insert into world_members (world_id, user_id, role) select id, owner_id, 'owner' from worlds`.execute(db)
  await sql`vacuum analyze`.execute(db)
  const worlds = await db.selectFrom('worlds').select('id').where('ownerId', '=', userId).limit(200).execute()
  const { token } = await createSession(
    db,
    { idle: 86_400, absolute: 86_400 },
    { userId, provider: 'bench', device: { ipAddress: undefined, userAgent: undefined } },
  )
  await close()
  return { cookie: `worldloom_session=${token}`, worldIds: worlds.map(({ id }) => id) }
}
