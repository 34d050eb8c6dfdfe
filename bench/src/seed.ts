import {
  AccessTokens,
  createApiKey,
  createSession,
  createUserWithPassword,
  findUserGrants,
  operator,
  SigningKeys,
} from '@worldloom/auth'
import { createDatabase, type Database, migrate } from '@worldloom/db'
import { sql } from 'kysely'

/** The same author by each credential, as headers. */
export interface Credentials {
  readonly session: Record<string, string>
  readonly bearer: Record<string, string>
  readonly apiKey: Record<string, string>
}

export interface Seeded extends Credentials {
  readonly userId: string
  readonly worldIds: readonly string[]
  /** People who all sign in with the password at once. */
  readonly emails: readonly string[]
}

/** The server gets the same. */
export const appSecret = 'a secret that is long enough to measure with'
export const password = 'four unrelated words here'
const burst = 50

/** One author with a thousand worlds, in a database with a hundred thousand worlds of other people. */
export async function seed(databaseUrl: string, publicUrl: string): Promise<Seeded> {
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
  const credentials = await credentialsOf(db, userId, publicUrl)
  const emails = Array.from({ length: burst }, (_, index) => `person-${index}@example.com`)
  for (const email of emails) {
    await createUserWithPassword(db, operator, { email, displayName: email, password, role: 'user' })
  }
  await close()
  return {
    ...credentials,
    userId,
    worldIds: worlds.map(({ id }) => id),
    emails,
  }
}

/** Creates each kind of credential for a user. */
export async function credentialsOf(db: Database, userId: string, publicUrl: string): Promise<Credentials> {
  const { token, sessionId } = await createSession(
    db,
    { idle: 86_400, absolute: 86_400 },
    { userId, provider: 'bench', device: { ipAddress: undefined, userAgent: undefined } },
  )
  const keys = new SigningKeys(db, appSecret)
  await keys.start()
  const accessTokens = new AccessTokens(keys, { issuer: publicUrl, audience: publicUrl, lifetime: 86_400 })
  const author = await findUserGrants(db, userId)
  const access = await accessTokens.issue(author, sessionId)
  const { key } = await createApiKey(db, operator, author, {
    // A database that is kept has those of earlier runs.
    name: `bench ${sessionId}`,
    description: '',
    roles: ['user'],
    permissions: [],
  })
  return {
    session: { cookie: `worldloom_session=${token}` },
    bearer: { authorization: `Bearer ${access.token}` },
    apiKey: { 'x-api-key': key },
  }
}
