import { getTRPCErrorFromUnknown, getTRPCErrorShape, isTrackedEnvelope, TRPCError } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import { appRouter, type Context, listProcedures } from '@worldloom/api'
import { RateLimitedError, UnavailableError, WorldloomError } from '@worldloom/schema'
import type { Handler } from 'hono'
import type { SSEMessage } from 'hono/streaming'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { AppContext, AppEnvironment } from '../appTypes.ts'
import { callProcedure } from '../callProcedure.ts'
import { eventStream } from '../eventStream.ts'
import type { Logger } from '../logger.ts'
import { challenge, limitHeaders, unavailableRetry } from '../problem.ts'
import { type ContextDependencies, createContext } from '../requestContext.ts'

const maxBatchSize = 50

/** Queries that return one value, not a stream. */
const plainQueries = new Set(
  listProcedures(appRouter)
    .filter(({ type, rest }) => type === 'query' && rest?.method === 'GET')
    .map(({ path }) => path),
)

const subscriptions = new Set(
  listProcedures(appRouter)
    .filter(({ type }) => type === 'subscription')
    .map(({ path }) => path),
)

/** Every procedure at `/trpc`, batched and streamed. */
export function trpcRoute(deps: ContextDependencies, logger: Logger): Handler<AppEnvironment> {
  const onError = (c: AppContext, error: TRPCError, path: string | undefined) => {
    if (error.code !== 'INTERNAL_SERVER_ERROR' && error.code !== 'SERVICE_UNAVAILABLE') return
    logger.error({ requestId: c.get('requestId'), path, err: error.cause ?? error }, 'procedure failed')
  }

  /**
   * Answers queries as tRPC's handler does, which makes a `Request` and a stream for each and so takes longer than most
   * queries.
   */
  const answerPlainQueries = async (c: AppContext, { paths, isBatch, input }: PlainQueries): Promise<Response> => {
    const errors: TRPCError[] = []
    let context: Context | undefined
    const refuse = (cause: unknown, path: string) => {
      const error = getTRPCErrorFromUnknown(cause)
      errors.push(error)
      onError(c, error, path)
      // Our error formatter does not look at the input.
      const about = {
        config: appRouter._def._config,
        error,
        type: 'query',
        path,
        input: undefined,
        ctx: context,
      } as const
      return { error: getTRPCErrorShape(about) }
    }
    const respond = (answer: unknown, status: number) => {
      const headers = { 'content-type': 'application/json', vary: 'trpc-accept, accept', ...aboutCaller(c, errors) }
      return c.body(JSON.stringify(answer), status as ContentfulStatusCode, headers) // every answer has a body
    }

    try {
      context = await createContext(deps, c, isBatch ? 'several' : 'one')
    } catch (cause) {
      return respond(refuse(cause, paths[0]), statusOf(errors))
    }
    const known = context
    const readInput = inputReader(input, isBatch)
    const call = async (path: string, index: number) => {
      try {
        return { result: { data: await callProcedure({ path, type: 'query' }, known, () => readInput(index)) } }
      } catch (cause) {
        return refuse(cause, path)
      }
    }
    if (!isBatch) return respond(await call(paths[0], 0), statusOf(errors))
    const answers = await Promise.all(paths.map(call))
    return respond(answers, statusOf(errors, answers.length))
  }

  /**
   * Answers a subscription as tRPC's handler does, with its events, but without the streams and generators that it puts one
   * after another: they take twice the memory of all else that a reader does.
   */
  const answerSubscription = async (c: AppContext, path: string): Promise<Response> => {
    const left = new AbortController()
    // Before the response begins, as it may set a cookie.
    const opening = await Promise.allSettled([createContext(deps, c, 'one')])
    async function* messages(): AsyncGenerator<SSEMessage> {
      yield { event: 'connected', data: JSON.stringify(appRouter._def._config.sse?.client ?? {}) }
      const [opened] = opening
      const context = opened.status === 'fulfilled' ? opened.value : undefined
      try {
        if (!context) throw opened.status === 'rejected' ? opened.reason : undefined
        const events = await callProcedure({ path, type: 'subscription' }, context, () => streamInput(c), left.signal)
        // What procedures of this type return.
        for await (const event of events as AsyncIterable<unknown>) {
          if (isTrackedEnvelope(event)) yield { id: event[0], data: JSON.stringify(event[1]) }
          else yield { data: JSON.stringify(event) }
        }
        yield { event: 'return', data: '' }
      } catch (cause) {
        const error = getTRPCErrorFromUnknown(cause)
        onError(c, error, path)
        const config = appRouter._def._config
        const shape = getTRPCErrorShape({ config, error, type: 'subscription', path, input: undefined, ctx: context })
        yield { event: 'serialized-error', data: JSON.stringify(shape) }
      }
    }
    return eventStream(c, messages(), left, 'event: ping\ndata: \n\n')
  }

  return (c) => {
    const queries = plainQueriesOf(c)
    if (queries) return answerPlainQueries(c, queries)
    const path = c.req.path.slice('/trpc/'.length)
    if (c.req.method === 'GET' && subscriptions.has(path)) return answerSubscription(c, path)
    return fetchRequestHandler({
      endpoint: '/trpc',
      req: c.req.raw,
      router: appRouter,
      maxBatchSize,
      createContext: () => createContext(deps, c, 'several'),
      onError: ({ error, path }) => onError(c, error, path),
      responseMeta: ({ errors }) => ({ headers: aboutCaller(c, errors) }),
    })
  }
}

/** One query or, in a batch, several, and their input as it was sent. */
interface PlainQueries {
  readonly paths: readonly [string, ...string[]]
  readonly isBatch: boolean
  readonly input: string | undefined
}

/** @returns undefined for what tRPC's own handler answers: streams, mutations and unknown procedures */
function plainQueriesOf(c: AppContext): PlainQueries | undefined {
  if (c.req.method !== 'GET' || c.req.header('trpc-accept') !== undefined) return undefined
  if (c.req.header('accept') === 'text/event-stream') return undefined
  // The whole query at once, as Hono parses the URL for each parameter it is asked for.
  const { batch, input } = c.req.query()
  if (batch !== undefined && batch !== '1') return undefined
  const path = c.req.path.slice('/trpc/'.length)
  const [first = path, ...others] = batch === undefined ? [path] : path.split(',')
  if (!plainQueries.has(first) || !others.every((other) => plainQueries.has(other))) return undefined
  return others.length < maxBatchSize ? { paths: [first, ...others], isBatch: batch === '1', input } : undefined
}

/** Parses the input at its first use, which is after access was checked. @throws {TRPCError} */
function inputReader(text: string | undefined, isBatch: boolean): (index: number) => unknown {
  let parsed: { readonly input: unknown } | undefined
  return (index) => {
    parsed ??= { input: parseInput(text) }
    if (!isBatch || parsed.input === undefined) return parsed.input
    if (typeof parsed.input !== 'object' || parsed.input === null) {
      throw new TRPCError({
        code: 'BAD_REQUEST',
        message: 'The input of a batch must be an object, keyed by position.',
      })
    }
    return (parsed.input as Record<number, unknown>)[index] // an object, as was just checked
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

/** The input of a subscription, with where its reader is. @throws {TRPCError} */
function streamInput(c: AppContext): unknown {
  const input = parseInput(c.req.query('input'))
  const lastEventId = c.req.header('last-event-id') ?? c.req.query('lastEventId')
  return lastEventId && typeof input === 'object' && input !== null ? { ...input, lastEventId } : input
}

/** The status of so many answers, some of which are errors: 207 where they differ. */
function statusOf(errors: readonly TRPCError[], answers = 1): number {
  const statuses = new Set(errors.map(getHTTPStatusCodeFromError))
  if (errors.length < answers) statuses.add(200)
  const [status = 200, ...others] = statuses
  return others.length === 0 ? status : 207
}

/** What is left of the caller's limit, when to come again, and that one has to sign in. */
function aboutCaller(c: AppContext, errors: readonly TRPCError[]): Record<string, string> {
  const limited = errors.find(({ cause }) => cause instanceof RateLimitedError)?.cause
  return {
    ...limitHeaders(c.get('limit')),
    ...(limited instanceof RateLimitedError && { 'retry-after': String(limited.retryAfter) }),
    ...(errors.some(({ cause }) => cause instanceof UnavailableError) && { 'retry-after': unavailableRetry }),
    ...challengeOf(errors),
  }
}

/** The `WWW-Authenticate` header for callers who have to sign in. */
function challengeOf(errors: readonly TRPCError[]): Record<string, string> {
  const refused = errors.find((error) => error.code === 'UNAUTHORIZED')
  if (!refused) return {}
  const reason = refused.cause instanceof WorldloomError ? refused.cause.reason : undefined
  return { 'www-authenticate': challenge(reason, refused.message) }
}
