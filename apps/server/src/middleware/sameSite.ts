import type { MiddlewareHandler } from 'hono'
import type { AppConfig, AppEnvironment } from '../appTypes.ts'
import { hasOwnCredential } from '../credentials.ts'
import { problem } from '../problem.ts'
import type { SessionCookie } from '../sessionCookie.ts'

/**
 * Refuses changes made by pages of other origins with a visitor's cookie. Browsers always send `Origin` or
 * `Sec-Fetch-Site` with such requests; a program that sends neither only has its own cookie.
 */
export function requireSameSite(config: AppConfig, cookie: SessionCookie): MiddlewareHandler<AppEnvironment> {
  const origins = new Set([config.PUBLIC_URL, ...config.CORS_ORIGINS])
  return async (c, next) => {
    const { method } = c.req
    if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return await next()
    // A key or token takes precedence over the cookie, and pages of other origins can't send one without a preflight.
    if (hasOwnCredential(c) || !cookie.read(c)) return await next()
    const origin = c.req.header('origin')
    const site = c.req.header('sec-fetch-site')
    const allowed = origin === undefined ? !site || site === 'same-origin' || site === 'none' : origins.has(origin)
    if (allowed) return await next()
    const sentence = 'A change with a session cookie must come from a page of this site.'
    return problem(c, 403, 'Cross-site request', sentence)
  }
}
