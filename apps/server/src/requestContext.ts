import { appRouter, type Context, listProcedures, type Replica, toTRPCError } from '@worldloom/api'
import type { ApiLimit, Authenticator, Deprecation, Post, Principal } from '@worldloom/auth'
import type { Chat } from '@worldloom/chat'
import type { DatabaseHandle } from '@worldloom/db'
import type { Jobs } from '@worldloom/jobs'
import {
  type CallsPerRequest,
  entityReader,
  type LiveWorlds,
  type StorePicture,
  type WebhookSender,
  worldReader,
} from '@worldloom/worlds'
import type { AppContext } from './appTypes.ts'
import { chosenLanguage } from './chosenLanguage.ts'
import { originOf } from './clientAddress.ts'
import { refuseTwoCredentials, resolvePrincipal } from './credentials.ts'
import type { ReadReplicas } from './readReplicas.ts'
import type { SessionCookie } from './sessionCookie.ts'

export interface ContextDependencies {
  readonly db: DatabaseHandle['db']
  readonly authenticator: Authenticator
  readonly cookie: SessionCookie
  readonly mailer: Post
  readonly publicUrl: string
  readonly secondFactors: Context['secondFactors']
  readonly sealedClients: Context['sealedClients']
  readonly signInMethods: readonly string[]
  readonly chat: Chat
  readonly storePicture: StorePicture
  readonly live: LiveWorlds
  readonly webhooks: WebhookSender
  readonly jobs: Jobs
  readonly trashRetention: number | 'never'
  readonly apiLimit: ApiLimit
  readonly replicas?: ReadReplicas | undefined
}

const accesses = new Map(listProcedures(appRouter).map(({ path, access }) => [path, access]))

/** Creates the context for the procedures of one HTTP request, however they are called. @throws {TRPCError} */
export async function createContext(
  deps: ContextDependencies,
  c: AppContext,
  calls: CallsPerRequest,
): Promise<Context> {
  const {
    db,
    authenticator,
    cookie,
    mailer,
    publicUrl,
    secondFactors,
    sealedClients,
    signInMethods,
    chat,
    live,
    webhooks,
    jobs,
    trashRetention,
    storePicture,
    apiLimit,
    replicas,
  } = deps
  let principal: Promise<Principal> | undefined
  /** The same for all calls of a request. */
  let replica: Promise<Replica | undefined> | undefined
  try {
    refuseTwoCredentials(c)
  } catch (error) {
    throw toTRPCError(error)
  }
  const resolve = () => {
    principal ??= resolvePrincipal(authenticator, cookie, c)
    return principal
  }
  // A stream's headers are sent before its calls resolve, so a new cookie must be set by then. Errors are ignored here,
  // as the calls resolve the caller again.
  if (isStream(c)) {
    const known = await resolve().catch(() => undefined)
    if (known && known.kind !== 'anonymous') c.set('limit', apiLimit.peek(known))
  }
  const spend: Context['spend'] = (caller, cost, permission) => {
    try {
      c.set('limit', apiLimit.spend(caller, cost))
      if (permission && caller.kind === 'apiKey') authenticator.usage.countPermission(caller.apiKeyId, permission)
    } catch (error) {
      c.set('limit', apiLimit.peek(caller))
      throw error
    }
  }
  return {
    db,
    requestId: c.get('requestId'),
    language: () => chosenLanguage(c),
    signInMethods,
    worlds: worldReader(db, calls),
    entities: entityReader(db, calls),
    mailer,
    publicUrl,
    secondFactors,
    sealedClients,
    accessOf: (procedure) => accesses.get(procedure),
    idempotencyKey: c.req.header('idempotency-key'),
    origin: () => originOf(c),
    principal: resolve,
    deprecated: (what) => sayDeprecated(c, what),
    spend,
    // The headers have been sent by then, so a new cookie would be lost.
    recheck: () => resolvePrincipal(authenticator, cookie, c, 'keepCookie'),
    chat,
    live,
    webhooks,
    jobs,
    trashRetention,
    storePicture,
    ...(replicas && {
      replica: () => {
        replica ??= pickReplica(replicas, c, calls)
        return replica
      },
      wrote: () => replicas.noteWrite(c),
    }),
  }
}

/**
 * Where a call is answered after others of its batch, the headers have been sent.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9745 (Deprecation)
 * @see https://www.rfc-editor.org/rfc/rfc8594 (Sunset)
 */
function sayDeprecated(c: AppContext, { since, sunset }: Deprecation): void {
  const { outgoing } = c.env
  if (outgoing.headersSent) return
  outgoing.setHeader('deprecation', `@${Date.parse(since) / 1000}`)
  outgoing.setHeader('sunset', new Date(sunset).toUTCString())
}

async function pickReplica(
  replicas: ReadReplicas,
  c: AppContext,
  calls: CallsPerRequest,
): Promise<Replica | undefined> {
  const found = await replicas.pick(c)
  if (!found) return undefined
  const { db } = found
  return { ...found, worlds: worldReader(db, calls), entities: entityReader(db, calls) }
}

function isStream(c: AppContext): boolean {
  return c.req.header('trpc-accept') === 'application/jsonl' || c.req.header('accept') === 'text/event-stream'
}
