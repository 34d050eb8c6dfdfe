import type { Principal, SessionPrincipal } from '@worldloom/auth'
import type { Database } from '@worldloom/db'
import { cloneTestDatabase, type TestDatabase } from '@worldloom/db/testing'
import { permissionNames } from '@worldloom/schema'
import { afterAll } from 'vitest'
import { appRouter } from '../src/index.ts'

/** A database of the test file's own. */
export async function testDatabase(): Promise<TestDatabase> {
  const database = await cloneTestDatabase()
  afterAll(() => database.drop())
  return database
}

export type Caller = ReturnType<typeof appRouter.createCaller>

export interface Person {
  readonly id: string
  readonly call: Caller
}

/** Somebody new, permitted everything unless told otherwise, and the API as they call it. */
export async function person(
  db: TestDatabase['db'],
  permissions: readonly string[] = permissionNames,
): Promise<Person> {
  const id = await insertUser(db, 'Somebody')
  const principal: SessionPrincipal = {
    kind: 'session',
    sessionId: '00000000-0000-7000-8000-000000000000',
    user: {
      id,
      email: null,
      emailVerified: false,
      displayName: 'Somebody',
      firstName: null,
      lastName: null,
      version: 1,
    },
    roles: [],
    permissions: new Set(permissions),
  }
  return { id, call: caller(db, principal) }
}

export function caller(db: TestDatabase['db'], principal: Principal): Caller {
  return appRouter.createCaller({
    db,
    requestId: 'test',
    origin: () => ({ ipAddress: '127.0.0.1', userAgent: undefined, requestId: 'test' }),
    signInMethods: ['local', 'password'],
    principal: async () => principal,
  })
}

async function insertUser(db: Database, displayName: string): Promise<string> {
  return (await db.insertInto('users').values({ displayName }).returning('id').executeTakeFirstOrThrow()).id
}
