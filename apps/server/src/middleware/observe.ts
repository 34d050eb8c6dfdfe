import { randomUUID } from 'node:crypto'
import { fail, inRequestSpan, isTracing } from '@worldloom/telemetry'
import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { AppContext, AppEnvironment } from '../appTypes.ts'
import { type Logger, withoutRedaction } from '../logger.ts'
import type { Metrics } from '../metrics.ts'

const acceptableRequestId = /^[\w.-]{8,64}$/

/** Assigns a request its id, and logs, measures and traces it. */
export function observe(logger: Logger, metrics: Metrics, trustedProxies: number): MiddlewareHandler<AppEnvironment> {
  const accessLog = withoutRedaction(logger)
  return async (c, next) => {
    const started = performance.now()
    const given = trustedProxies > 0 ? c.req.header('x-request-id') : undefined
    const requestId = given && acceptableRequestId.test(given) ? given : randomUUID()
    c.set('requestId', requestId)
    c.set('trustedProxies', trustedProxies)
    c.env.outgoing.requestId = requestId
    const run = async () => {
      await next()
      const milliseconds = performance.now() - started
      metrics.observe(c.req.method, routePath(c), c.res.status, milliseconds / 1000)
      // Without the query, which may contain secrets.
      accessLog.info(
        {
          requestId,
          method: c.req.method,
          path: c.req.path,
          status: c.res.status,
          ms: Math.round(milliseconds * 10) / 10,
        },
        'request',
      )
    }
    await (isTracing() ? traced(c, requestId, run) : run())
  }
}

/** @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/. Without paths and queries, which may contain secrets. */
async function traced(c: AppContext, requestId: string, run: () => Promise<void>): Promise<void> {
  const { method } = c.req
  await inRequestSpan(method, c.env.incoming.headers, async (span) => {
    await run()
    if (!span) return
    const { status } = c.res
    const route = routePath(c)
    span.updateName(`${method} ${route}`)
    span.setAttributes({
      'http.request.method': method,
      'http.route': route,
      'http.response.status_code': status,
      'worldloom.request_id': requestId,
    })
    if (status >= 500) fail(span, new Error(String(status)))
  })
}
