import {
  ChangeListener,
  type KnownPrincipal,
  type Post,
  type Principal,
  SealedText,
  type SessionPrincipal,
} from '@worldloom/auth'
import { Chat } from '@worldloom/chat'
import type { Database } from '@worldloom/db'
import { cloneTestDatabase, type TestDatabase } from '@worldloom/db/testing'
import { type Language, permissionNames } from '@worldloom/schema'
import { entityReader, LiveWorlds, WebhookSender, worldReader } from '@worldloom/worlds'
import { afterAll } from 'vitest'
import { appRouter, listProcedures } from '../src/index.ts'

/** The test file's own database. */
export async function testDatabase(): Promise<TestDatabase> {
  const database = await cloneTestDatabase()
  afterAll(() => database.drop())
  return database
}

export type Caller = ReturnType<typeof appRouter.createCaller>

export interface Person {
  readonly id: string
  readonly principal: KnownPrincipal
  readonly call: Caller
  /** The API as they call it, with an idempotency key. */
  withKey(idempotencyKey: string): Caller
}

/** A new user with every permission unless specified, and the API as they call it. */
export async function person(
  db: TestDatabase['db'],
  permissions: readonly string[] = permissionNames,
): Promise<Person> {
  const id = await insertUser(db, 'Somebody')
  const principal: SessionPrincipal = {
    kind: 'session',
    sessionId: '00000000-0000-7000-8000-000000000000',
    confirmedAt: Date.now(),
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
  return {
    id,
    principal,
    call: caller(db, principal),
    withKey: (idempotencyKey) => caller(db, principal, idempotencyKey),
  }
}

/** @param principal the caller, or a function that resolves it */
export function caller(
  db: TestDatabase['db'],
  principal: Principal | (() => Promise<Principal>),
  idempotencyKey?: string,
  requestId = 'test',
  language: Language = 'en',
): Caller {
  const resolve = typeof principal === 'function' ? principal : async () => principal
  return appRouter.createCaller({
    db,
    requestId,
    language: () => language,
    origin: () => ({ ipAddress: '127.0.0.1', userAgent: undefined, requestId }),
    signInMethods: ['local', 'password'],
    worlds: worldReader(db),
    entities: entityReader(db),
    mailer: silentPost,
    accessOf: (path) => listProcedures(appRouter).find((each) => each.path === path)?.access,
    secondFactors: { sealed: new SealedText('secret', 'second factors'), requiredFor: [] },
    sealedClients: new SealedText('secret', 'authorization server'),
    publicUrl: 'http://localhost',
    idempotencyKey,
    principal: resolve,
    recheck: resolve,
    deprecated: () => undefined,
    spend: () => undefined,
    chat: silentChat(db),
    webhooks: silentWebhooks(db),
    jobs: { retry: noJobs, discard: noJobs },
    trashRetention: 30 * 86_400,
    storePicture: () => Promise.reject(new Error('pictures are stored by the server')),
    live: new LiveWorlds({ db, listener: new ChangeListener({ databaseUrl: '', db }), onError: () => undefined }),
  })
}

const noJobs = () => Promise.reject(new Error('jobs are looked after by the server'))

/** Webhooks that hear of nothing. */
function silentWebhooks(db: TestDatabase['db']): WebhookSender {
  return new WebhookSender({
    db,
    listener: new ChangeListener({ databaseUrl: '', db }),
    sealed: new SealedText('secret', 'webhooks'),
    mailer: { send: async () => undefined },
    publicUrl: 'http://localhost',
    allowedHosts: [],
    onError: () => undefined,
  })
}

/** The chat without a configured model. */
function silentChat(db: TestDatabase['db']): Chat {
  return new Chat({
    db,
    listener: new ChangeListener({ databaseUrl: '', db }),
    model: undefined,
    missing: ['OPENAI_MODEL'],
    limits: {
      perDay: { requests: 10, tokens: 10_000 },
      message: 1000,
      contextTokens: 1000,
      answerTokens: 100,
      silence: 1,
      answerTime: 1,
    },
    onError: () => undefined,
  })
}

async function insertUser(db: Database, displayName: string): Promise<string> {
  return (await db.insertInto('users').values({ displayName }).returning('id').executeTakeFirstOrThrow()).id
}

/** The failure as the caller receives it. */
export async function failure(call: Promise<unknown>) {
  try {
    await call
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const reason = error.cause instanceof Error && 'reason' in error.cause ? error.cause.reason : undefined
    return { code: 'code' in error ? error.code : undefined, message: error.message, reason }
  }
  throw new Error('it was answered')
}

export async function shareWorld(
  db: Database,
  worldId: string,
  userId: string,
  role: 'viewer' | 'editor' | 'owner',
): Promise<void> {
  await db.insertInto('worldMembers').values({ worldId, userId, role }).execute()
}

const silentPost: Post = { delivers: false, send: async () => undefined, failed: () => undefined, in: () => silentPost }
