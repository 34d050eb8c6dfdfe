import { getTRPCErrorFromUnknown, getTRPCErrorShape, TRPCError } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import { appRouter, type Context, listProcedures } from '@worldloom/api'
import { WorldloomError } from '@worldloom/schema'
import type { Handler } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { AppContext, AppEnvironment } from '../appTypes.ts'
import { callProcedure } from '../callProcedure.ts'
import type { Logger } from '../logger.ts'
import { challenge } from '../problem.ts'
import { type ContextDependencies, createContext } from '../requestContext.ts'

const maxBatchSize = 50

/** Queries that answer with one value, not with a stream. */
const plainQueries = new Set(
  listProcedures(appRouter)
    .filter(({ type, rest }) => type === 'query' && rest?.method === 'GET')
    .map(({ path }) => path),
)

/** Every procedure at `/trpc`, batched and streamed. */
export function trpcRoute(deps: ContextDependencies, logger: Logger): Handler<AppEnvironment> {
  const onError = (c: AppContext, error: TRPCError, path: string | undefined) => {
    if (error.code !== 'INTERNAL_SERVER_ERROR' && error.code !== 'SERVICE_UNAVAILABLE') return
    logger.error({ requestId: c.get('requestId'), path, err: error.cause ?? error }, 'procedure failed')
  }

  /** As tRPC's handler answers it, which takes longer than most queries do: it makes a `Request` and a stream for each. */
  const answerPlainQuery = async (c: AppContext, path: string, inputText: string | undefined): Promise<Response> => {
    const headers: Record<string, string> = { 'content-type': 'application/json', vary: 'trpc-accept, accept' }
    let context: Context | undefined
    let input: unknown
    try {
      context = await createContext(deps, c, 'one')
      const data = await callProcedure({ path, type: 'query' }, context, () => {
        input = parseInput(inputText)
        return input
      })
      return c.body(JSON.stringify({ result: { data } }), 200, headers)
    } catch (cause) {
      const error = getTRPCErrorFromUnknown(cause)
      onError(c, error, path)
      const shape = getTRPCErrorShape({
        config: appRouter._def._config,
        error,
        type: 'query',
        path,
        input,
        ctx: context,
      })
      const status = getHTTPStatusCodeFromError(error) as ContentfulStatusCode // every error has a body
      return c.body(JSON.stringify({ error: shape }), status, { ...headers, ...challengeOf([error]) })
    }
  }

  return (c) => {
    const path = c.req.path.slice('/trpc/'.length)
    // All of the query at once: Hono takes the URL apart for each parameter that is asked for.
    const { batch, input } = c.req.method === 'GET' && plainQueries.has(path) ? c.req.query() : { batch: '' }
    const isPlain =
      batch === undefined && c.req.header('trpc-accept') === undefined && c.req.header('accept') !== 'text/event-stream'
    if (isPlain) return answerPlainQuery(c, path, input)
    return fetchRequestHandler({
      endpoint: '/trpc',
      req: c.req.raw,
      router: appRouter,
      maxBatchSize,
      createContext: () => createContext(deps, c, 'several'),
      onError: ({ error, path }) => onError(c, error, path),
      responseMeta: ({ errors }) => ({ headers: challengeOf(errors) }),
    })
  }
}

function parseInput(text: string | undefined): unknown {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new TRPCError({ code: 'PARSE_ERROR', message: 'The input is not JSON.', cause })
  }
}

/** What somebody who has to sign in is told in the head. */
function challengeOf(errors: readonly TRPCError[]): Record<string, string> {
  const refused = errors.find((error) => error.code === 'UNAUTHORIZED')
  if (!refused) return {}
  const reason = refused.cause instanceof WorldloomError ? refused.cause.reason : undefined
  return { 'www-authenticate': challenge(reason, refused.message) }
}
