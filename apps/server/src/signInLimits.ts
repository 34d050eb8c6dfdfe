import type { RateLimiting, RateLimits, TokenDependencies } from '@worldloom/auth'
import type { MiddlewareHandler } from 'hono'
import type { AppContext, AppEnvironment } from './appTypes.ts'
import { setLimitHeaders } from './problem.ts'

/** What signing in needs, with the limits of the process, which each request gets reported by {@link limitsFor}. */
export interface SignIn extends TokenDependencies {
  readonly rateLimits: RateLimits
}

/** The limits on signing in and the like, with what is left of the one that is nearest for the headers of the response. */
export function limitsFor(c: AppContext, rateLimits: RateLimits): RateLimiting {
  return rateLimits.reporting((state) => {
    const known = c.get('limit')
    if (!known || known.name === state.name || state.remaining < known.remaining) c.set('limit', state)
  })
}

/** Adds what is left of a limit to responses that do not say so yet. */
export const sayLimit: MiddlewareHandler<AppEnvironment> = async (c, next) => {
  await next()
  if (!c.res.headers.has('ratelimit')) setLimitHeaders(c, c.get('limit'))
}
