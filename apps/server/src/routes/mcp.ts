import { createMcpHandler } from '@modelcontextprotocol/server'
import { anyCredential, checkAccess } from '@worldloom/auth'
import { NotSignedInError, usualScopes } from '@worldloom/schema'
import type { Handler } from 'hono'
import type { AppConfig, AppEnvironment } from '../appTypes.ts'
import { callProcedure } from '../callProcedure.ts'
import { hasOwnCredential } from '../credentials.ts'
import type { Logger } from '../logger.ts'
import type { McpCaller } from '../mcp/resources.ts'
import { worldloomMcp } from '../mcp/worldloomMcp.ts'
import { answering, problem } from '../problem.ts'
import { type ContextDependencies, createContext } from '../requestContext.ts'

/**
 * The Model Context Protocol at `/mcp`, over stateless HTTP: the current version, and those before it that the SDK serves. For API keys, access
 * tokens and apps; cookies are not looked at, so that no page can use a visitor's.
 *
 * @see https://modelcontextprotocol.io/specification/2026-07-28/basic/transports
 */
export function mcpRoute(
  deps: ContextDependencies,
  config: Pick<AppConfig, 'PUBLIC_URL' | 'CORS_ORIGINS' | 'BODY_LIMIT'>,
  logger: Logger,
): Handler<AppEnvironment> {
  const origins = new Set([config.PUBLIC_URL, ...config.CORS_ORIGINS])
  const handler = createMcpHandler(
    ({ authInfo }) => worldloomMcp(authInfo?.extra?.caller as McpCaller), // put there below, with every request
    {
      maxRequestBodySize: config.BODY_LIMIT,
      onerror: (error) => logger.debug({ err: error }, 'a request to /mcp was refused'),
    },
  )
  // Where a client finds out who gives it tokens for this (RFC 9728 §5.1), and what to ask for.
  const metadata = `resource_metadata="${config.PUBLIC_URL}/.well-known/oauth-protected-resource/mcp", scope="${usualScopes.mcp.join(' ')}"`
  return async (c) => {
    const response = await answering(c, async () => {
      // A page that reaches this server under another name must not speak for whoever opened it.
      const origin = c.req.header('origin')
      if (origin !== undefined && !origins.has(origin)) {
        return problem(c, 403, 'Cross-site request', `Pages of ${origin} may not use /mcp: see CORS_ORIGINS.`)
      }
      if (!hasOwnCredential(c)) throw new NotSignedInError()
      const context = await createContext(deps, c, 'several')
      const principal = checkAccess(await context.principal(), { credentials: anyCredential })
      const requestId = c.get('requestId')
      const caller: McpCaller = {
        principal,
        requestId,
        call: async (path, type, input) => await callProcedure({ path, type }, context, () => input),
      }
      // Who calls is known already; the SDK only passes it on.
      const authInfo = { token: '', clientId: principal.user.id, scopes: [], extra: { caller } }
      return await handler.fetch(c.req.raw, { authInfo })
    })
    const challenge = response.headers.get('www-authenticate')
    if (challenge) response.headers.set('www-authenticate', `${challenge}, ${metadata}`)
    return response
  }
}
