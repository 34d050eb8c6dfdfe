import { randomUUID } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { AppEnvironment } from '../appTypes.ts'
import { type Logger, withoutRedaction } from '../logger.ts'
import type { Metrics } from '../metrics.ts'

const acceptableRequestId = /^[\w.-]{8,64}$/

/** Assigns a request its id, and logs and measures it when it is done. */
export function observe(logger: Logger, metrics: Metrics, trustedProxies: number): MiddlewareHandler<AppEnvironment> {
  const accessLog = withoutRedaction(logger)
  return async (c, next) => {
    const started = performance.now()
    const given = trustedProxies > 0 ? c.req.header('x-request-id') : undefined
    const requestId = given && acceptableRequestId.test(given) ? given : randomUUID()
    c.set('requestId', requestId)
    c.env.outgoing.requestId = requestId
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
}
