import { type Context, writerIn } from '@worldloom/api'
import { anyCredential, checkAccess } from '@worldloom/auth'
import type { PermissionName } from '@worldloom/schema'
import type { Writer } from '@worldloom/worlds'
import type { AppContext } from './appTypes.ts'
import { setLimitHeaders } from './problem.ts'
import { type ContextDependencies, createContext } from './requestContext.ts'

export interface Calling extends Pick<Context, 'db' | 'entities'> {
  readonly writer: Writer
  /** To be called when something was written, so that the caller reads it. */
  readonly wrote: () => Promise<void>
}

/**
 * Who calls a route that is no procedure, and may do what it does.
 *
 * @param cost what it takes of their limit
 * @throws as `checkAccess`
 * @throws {RateLimitedError}
 */
export async function calling(
  deps: ContextDependencies,
  c: AppContext,
  permission: PermissionName,
  cost = 1,
): Promise<Calling> {
  const context = await createContext(deps, c, 'one')
  const principal = checkAccess(await context.principal(), { credentials: anyCredential, permission })
  context.spend(principal, cost, permission)
  setLimitHeaders(c, c.get('limit'))
  return {
    db: context.db,
    entities: context.entities,
    writer: writerIn({ ...context, principal }),
    wrote: async () => await context.wrote?.(),
  }
}
