import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { appRouter, type Context, toTRPCError } from '@worldloom/api'
import type { Authenticator, Principal } from '@worldloom/auth'
import type { DatabaseHandle } from '@worldloom/db'
import { WorldloomError } from '@worldloom/schema'
import type { Handler } from 'hono'
import type { AppContext, AppEnvironment } from '../appTypes.ts'
import { originOf } from '../clientAddress.ts'
import { refuseTwoCredentials, resolvePrincipal } from '../credentials.ts'
import type { Logger } from '../logger.ts'
import { challenge } from '../problem.ts'
import type { SessionCookie } from '../sessionCookie.ts'

export interface TrpcRouteDependencies {
  readonly db: DatabaseHandle['db']
  readonly authenticator: Authenticator
  readonly cookie: SessionCookie
  readonly logger: Logger
  readonly trustedProxies: number
  readonly signInMethods: readonly string[]
}

const maxBatchSize = 50

/** Every procedure at `/trpc`, batched and streamed. */
export function trpcRoute(deps: TrpcRouteDependencies): Handler<AppEnvironment> {
  return (c) =>
    fetchRequestHandler({
      endpoint: '/trpc',
      req: c.req.raw,
      router: appRouter,
      maxBatchSize,
      createContext: () => createContext(deps, c),
      onError: ({ error, path }) => {
        if (error.code !== 'INTERNAL_SERVER_ERROR' && error.code !== 'SERVICE_UNAVAILABLE') return
        deps.logger.error({ requestId: c.get('requestId'), path, err: error.cause ?? error }, 'procedure failed')
      },
      responseMeta: ({ errors }) => {
        const refused = errors.find((error) => error.code === 'UNAUTHORIZED')
        if (!refused) return {}
        const reason = refused.cause instanceof WorldloomError ? refused.cause.reason : undefined
        return { headers: { 'www-authenticate': challenge(reason, refused.message) } }
      },
    })
}

async function createContext(deps: TrpcRouteDependencies, c: AppContext): Promise<Context> {
  const { db, authenticator, cookie, trustedProxies, signInMethods } = deps
  let principal: Promise<Principal> | undefined
  try {
    refuseTwoCredentials(c)
  } catch (error) {
    throw toTRPCError(error)
  }
  const resolve = () => {
    principal ??= resolvePrincipal(authenticator, cookie, c)
    return principal
  }
  // A stream's head is sent before its calls are answered: a new cookie has to be in it by then. What goes wrong is
  // told to the calls, which ask again.
  if (isStream(c)) await resolve().catch(() => undefined)
  return {
    db,
    requestId: c.get('requestId'),
    signInMethods,
    origin: () => originOf(c, trustedProxies),
    principal: resolve,
  }
}

function isStream(c: AppContext): boolean {
  return c.req.header('trpc-accept') === 'application/jsonl' || c.req.header('accept') === 'text/event-stream'
}
