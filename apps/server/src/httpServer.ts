import { createServer, type Server, type ServerResponse } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import type { Config } from '@worldloom/config'
import type { Hono } from 'hono'
import type { AppEnvironment } from './appTypes.ts'
import { securityHeaders, WorldloomResponse } from './response.ts'

/** Creates the HTTP server of an app, with its timeouts and the headers of every response. */
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
      ServerResponse: Response as unknown as typeof ServerResponse, // only Node constructs it
      // Ends requests that arrive too slowly, in headers or body.
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
  // Busy connections become idle when they are done. Node would keep them open for the next request.
  const idle = setInterval(() => server.closeIdleConnections(), 50)
  const timer = setTimeout(() => server.closeAllConnections(), seconds * 1000)
  await closed
  clearInterval(idle)
  clearTimeout(timer)
}
