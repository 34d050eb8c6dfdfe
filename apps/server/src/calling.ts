import { type Context, writerIn } from '@worldloom/api'
import { anyCredential, checkAccess } from '@worldloom/auth'
import type { PermissionName } from '@worldloom/schema'
import type { Writer } from '@worldloom/worlds'
import type { AppContext } from './appTypes.ts'
import { type ContextDependencies, createContext } from './requestContext.ts'

export interface Calling extends Pick<Context, 'db' | 'entities'> {
  readonly writer: Writer
}

/** Who calls a route that is no procedure, and may do what it does. @throws as `checkAccess` */
export async function calling(deps: ContextDependencies, c: AppContext, permission: PermissionName): Promise<Calling> {
  const context = await createContext(deps, c, 'one')
  const principal = checkAccess(await context.principal(), { credentials: anyCredential, permission })
  return { db: context.db, entities: context.entities, writer: writerIn({ ...context, principal }) }
}
