import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { appRouter } from '@worldloom/api'
import { WorldloomError } from '@worldloom/schema'
import type { Handler } from 'hono'
import type { AppEnvironment } from '../appTypes.ts'
import type { Logger } from '../logger.ts'
import { challenge } from '../problem.ts'
import { type ContextDependencies, createContext } from '../requestContext.ts'

const maxBatchSize = 50

/** Every procedure at `/trpc`, batched and streamed. */
export function trpcRoute(deps: ContextDependencies, logger: Logger): Handler<AppEnvironment> {
  return (c) =>
    fetchRequestHandler({
      endpoint: '/trpc',
      req: c.req.raw,
      router: appRouter,
      maxBatchSize,
      createContext: () => createContext(deps, c),
      onError: ({ error, path }) => {
        if (error.code !== 'INTERNAL_SERVER_ERROR' && error.code !== 'SERVICE_UNAVAILABLE') return
        logger.error({ requestId: c.get('requestId'), path, err: error.cause ?? error }, 'procedure failed')
      },
      responseMeta: ({ errors }) => {
        const refused = errors.find((error) => error.code === 'UNAUTHORIZED')
        if (!refused) return {}
        const reason = refused.cause instanceof WorldloomError ? refused.cause.reason : undefined
        return { headers: { 'www-authenticate': challenge(reason, refused.message) } }
      },
    })
}
