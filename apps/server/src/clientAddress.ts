import type { Origin } from '@worldloom/auth'
import type { AppContext } from './appTypes.ts'

/**
 * The IP address of a request's client. Only as many entries of `X-Forwarded-For` are trusted, counted from the right,
 * as there are trusted proxies; the client can forge the rest.
 */
export function clientAddress(c: AppContext): string | undefined {
  const trustedProxies = c.get('trustedProxies')
  const socket = c.env.incoming.socket.remoteAddress
  if (trustedProxies === 0) return socket
  const forwarded =
    c.req
      .header('x-forwarded-for')
      ?.split(',')
      .map((entry) => entry.trim()) ?? []
  return [...forwarded, socket].at(-1 - trustedProxies) ?? forwarded[0] ?? socket
}

/** Where a request comes from, for sessions and the audit log. */
export function originOf(c: AppContext): Origin {
  return {
    ipAddress: clientAddress(c),
    userAgent: c.req.header('user-agent'),
    requestId: c.get('requestId'),
  }
}
