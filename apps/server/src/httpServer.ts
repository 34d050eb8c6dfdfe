import { createServer, type OutgoingHttpHeader, type OutgoingHttpHeaders, type Server, ServerResponse } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import type { Config } from '@worldloom/config'
import type { Hono } from 'hono'
import type { AppEnvironment } from './appTypes.ts'

/** @see https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html */
const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'content-security-policy': [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; '),
}

/**
 * A response that carries the security headers and the request's id, whatever it answers. They are put in
 * when the head is written: as headers set one by one they would cost a hot read several per cent.
 */
export abstract class WorldloomResponse extends ServerResponse {
  requestId: string | undefined
  protected abstract readonly always: OutgoingHttpHeaders

  // Node's overloads: with and without a status message.
  override writeHead(status: number, first?: unknown, second?: unknown): this {
    const given = (typeof first === 'string' ? second : first) as OutgoingHttpHeaders | OutgoingHttpHeader[] | undefined // see the overloads
    if (Array.isArray(given)) return super.writeHead(status, given)
    return super.writeHead(status, { ...this.always, 'x-request-id': this.requestId ?? '', ...given })
  }
}

/** The HTTP server of an app: its limits on time, and the headers that every response has. */
export function createHttpServer(
  app: Hono<AppEnvironment>,
  config: Pick<Config, 'PUBLIC_URL' | 'REQUEST_TIMEOUT'>,
): Server {
  const always = {
    ...securityHeaders,
    ...(config.PUBLIC_URL.startsWith('https:') && {
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
    }),
  }
  class Response extends WorldloomResponse {
    protected override readonly always = always
  }
  const milliseconds = config.REQUEST_TIMEOUT * 1000
  return createAdaptorServer({
    fetch: app.fetch,
    createServer,
    serverOptions: {
      ServerResponse: Response as unknown as typeof ServerResponse, // made by Node alone, with what it passes
      // A request that trickles in is ended, whether in its headers or its body.
      headersTimeout: Math.min(milliseconds, 15_000),
      requestTimeout: milliseconds,
      connectionsCheckingInterval: Math.min(milliseconds, 5000),
      keepAliveTimeout: 65_000,
    },
  }) as Server // neither TLS nor HTTP/2 was asked for
}

export async function closeHttpServer(server: Server, seconds: number): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeIdleConnections()
  // Those that were busy are idle once they are done: Node would keep them open for the next request.
  const idle = setInterval(() => server.closeIdleConnections(), 50)
  const timer = setTimeout(() => server.closeAllConnections(), seconds * 1000)
  await closed
  clearInterval(idle)
  clearTimeout(timer)
}
