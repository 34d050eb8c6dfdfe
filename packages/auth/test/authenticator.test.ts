import { cloneTestDatabase } from '@worldloom/db/testing'
import { afterAll, expect, test } from 'vitest'
import {
  AccessTokens,
  Authenticator,
  ChangeListener,
  createApiKey,
  createSession,
  createUserWithPassword,
  findUserGrants,
  operator,
  SigningKeys,
} from '../src/index.ts'

const database = await cloneTestDatabase()
const listener = new ChangeListener({ databaseUrl: database.url, db: database.db })
await listener.start()
afterAll(async () => {
  await listener.close()
  await database.drop()
})

let statements = 0
/** The same database, with a count of its queries. */
const counted = database.db.withPlugin({
  transformQuery: ({ node }) => {
    statements++
    return node
  },
  transformResult: async ({ result }) => result,
})

const appSecret = 'a secret that is long enough for tests'
const settings = { issuer: 'http://here', audience: 'http://here', lifetime: 60 }
const keys = new SigningKeys(database.db, appSecret)
await keys.start()
const accessTokens = new AccessTokens(keys, settings)
const timeouts = { idle: 3600, absolute: 3600 }
const authenticator = new Authenticator({ db: counted, timeouts, listener, accessTokens })

const person = { email: 'a@example.com', displayName: 'A', role: 'user' }
const { id: userId } = await createUserWithPassword(database.db, operator, person)
const grants = await findUserGrants(database.db, userId)
const device = { ipAddress: undefined, userAgent: undefined }
const { token, sessionId } = await createSession(database.db, timeouts, { userId, provider: 'test', device })
const { token: bearer } = await accessTokens.issue(grants, sessionId)
const { key } = await createApiKey(database.db, operator, grants, {
  name: 'Key',
  description: '',
  roles: ['user'],
  permissions: [],
})

test.each([
  ['a session', () => authenticator.session(token)],
  ['an access token', () => authenticator.bearer(bearer)],
  ['an API key', () => authenticator.apiKey(key)],
])('%s costs one statement, and none while it is remembered', async (_name, authenticate) => {
  statements = 0
  const first = await authenticate()
  expect(statements).toBe(1)
  expect(first?.permissions.has('world:create')).toBe(true)
  for (let time = 0; time < 5; time++) expect(await authenticate()).toBe(first)
  expect(statements).toBe(1)
})

test('rule 23: a malformed key or token is refused without asking the database', async () => {
  statements = 0
  const other = key.endsWith('a') ? 'b' : 'a'
  const malformed = [
    key.slice(0, -1),
    `${key}x`,
    key.slice(0, -1) + other,
    key.toUpperCase(),
    '',
    'wl_',
    `wl_${'A'.repeat(46)}`,
  ]
  for (const bad of malformed) await expect(authenticator.apiKey(bad)).rejects.toThrow('malformed or incomplete')
  for (const bad of ['', '..', bearer.slice(0, -3), `${bearer}x`, 'x'.repeat(100_000)]) {
    await expect(authenticator.bearer(bad)).rejects.toThrow(/access token/)
  }
  for (const bad of ['', token.slice(1), `${token}x`, 'x\0'.repeat(20)])
    expect(await authenticator.session(bad)).toBeUndefined()
  expect(statements).toBe(0)
})

test('rule 22: while changes are not heard nothing is remembered: a revoked key counts no more, at once', async () => {
  const deaf = new ChangeListener({ databaseUrl: database.url, db: database.db })
  const ownKeys = new SigningKeys(database.db, appSecret, deaf)
  const unheard = new Authenticator({
    db: database.db,
    timeouts,
    listener: deaf,
    accessTokens: new AccessTokens(ownKeys, settings),
  })
  expect((await unheard.bearer(bearer)).user.id).toBe(userId)
  await new SigningKeys(database.db, appSecret).rotate(operator, 60, true)
  await expect(unheard.bearer(bearer)).rejects.toThrow('unknown or has been revoked')
})
