import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import { toTRPCError } from '@worldloom/api'
import type { LimitState } from '@worldloom/auth'
import { type ErrorReason, RateLimitedError, translateError, WorldloomError } from '@worldloom/schema'
import { traceIds } from '@worldloom/telemetry'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { AppContext } from './appTypes.ts'
import { chosenLanguage } from './chosenLanguage.ts'

/** After how many seconds whoever found the database unavailable should come again. */
export const unavailableRetry = '1'

/** An error response outside tRPC. @see https://www.rfc-editor.org/rfc/rfc9457 */
export function problem(
  c: AppContext,
  status: ContentfulStatusCode,
  title: string,
  detail: string,
  reason?: ErrorReason,
): Response {
  const said = translateError({ message: detail, reason }, chosenLanguage(c))
  const body = {
    ...{ type: 'about:blank', title, status, detail: said.message },
    ...{ reason: said.reason, requestId: c.get('requestId'), traceId: traceIds()?.traceId },
  }
  if (status === 503) c.header('retry-after', unavailableRetry)
  if (status === 401) c.header('www-authenticate', challenge(reason, detail))
  return c.body(JSON.stringify(body), status, {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    // A refusal by a limit has set its own.
    ...(status !== 429 && limitHeaders(c.get('limit'))),
  })
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not permitted',
  404: 'Not found',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition failed',
  415: 'Wrong content type',
  428: 'Precondition required',
  429: 'Too many attempts',
  501: 'Not configured',
  503: 'Unavailable',
}

/**
 * The response for one of our errors.
 *
 * @param precondition whether the request had `If-Match`
 * @returns undefined for unexpected errors
 */
export function problemOf(c: AppContext, error: unknown, { precondition = false } = {}): Response | undefined {
  if (error instanceof HTTPException) {
    return problem(c, error.status as 400, titles[error.status] ?? 'Refused', error.message) // ours all have a body
  }
  const known = toTRPCError(error)
  if (!(known.cause instanceof WorldloomError)) return undefined
  if (known.cause instanceof RateLimitedError) setRateLimitHeaders(c, known.cause)
  const { reason } = known.cause
  const isOutdated = precondition && reason.kind === 'changed'
  const status =
    reason.kind === 'syncAnew' ? 410 : isOutdated ? 412 : (getHTTPStatusCodeFromError(known) as ContentfulStatusCode) // all of ours have a body
  return problem(c, status, titles[status] ?? 'Refused', known.message, reason)
}

/** Runs a handler, and responds with a problem for any of our errors. */
export async function answering(c: AppContext, run: () => Promise<Response>): Promise<Response> {
  try {
    return await run()
  } catch (error) {
    const known = problemOf(c, error, { precondition: c.req.header('if-match') !== undefined })
    if (known) return known
    throw error
  }
}

export function setRateLimitHeaders(c: AppContext, { limit, retryAfter }: RateLimitedError): void {
  c.header('retry-after', String(retryAfter))
  setLimitHeaders(c, { ...limit, remaining: 0, reset: retryAfter })
}

export function setLimitHeaders(c: AppContext, state: LimitState | undefined): void {
  for (const [name, value] of Object.entries(limitHeaders(state))) c.header(name, value)
}

/**
 * What is left of a limit, and the limit.
 *
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/11/
 */
export function limitHeaders(state: LimitState | undefined): Record<string, string> {
  if (!state) return {}
  const { name, points, seconds, remaining, reset } = state
  return { 'ratelimit-policy': `"${name}";q=${points};w=${seconds}`, ratelimit: `"${name}";r=${remaining};t=${reset}` }
}

/** The `WWW-Authenticate` header of a 401. @see https://www.rfc-editor.org/rfc/rfc6750#section-3 */
export function challenge(reason: ErrorReason | undefined, description: string): string {
  if (reason?.kind !== 'invalidCredential') return 'Bearer realm="worldloom"'
  const quoted = description.replace(/[^\x20-\x7e]|["\\]/g, '')
  return `Bearer realm="worldloom", error="invalid_token", error_description="${quoted}"`
}
