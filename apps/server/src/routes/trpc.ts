import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { appRouter, type Context } from '@worldloom/api'
import { anonymous, type Principal, type SessionAuthenticator } from '@worldloom/auth'
import type { DatabaseHandle } from '@worldloom/db'
import type { Handler } from 'hono'
import type { AppContext, AppEnvironment } from '../appTypes.ts'
import type { Logger } from '../logger.ts'
import type { SessionCookie } from '../sessionCookie.ts'

export interface TrpcRouteDependencies {
  readonly db: DatabaseHandle['db']
  readonly sessions: SessionAuthenticator
  readonly cookie: SessionCookie
  readonly logger: Logger
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
    })
}

function createContext({ db, sessions, cookie }: TrpcRouteDependencies, c: AppContext): Context {
  let principal: Promise<Principal> | undefined
  return {
    db,
    requestId: c.get('requestId'),
    principal: () => {
      principal ??= resolvePrincipal(sessions, cookie, c)
      return principal
    },
  }
}

/** A request that brings a credential of its own never counts by its cookie. */
async function resolvePrincipal(
  sessions: SessionAuthenticator,
  cookie: SessionCookie,
  c: AppContext,
): Promise<Principal> {
  if (c.req.header('authorization') !== undefined || c.req.header('x-api-key') !== undefined) return anonymous
  const token = cookie.read(c)
  return (token && (await sessions.authenticate(token))) || anonymous
}
