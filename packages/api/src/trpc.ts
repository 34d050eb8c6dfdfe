import { initTRPC } from '@trpc/server'
import {
  type Access,
  type Actor,
  actorOf,
  checkAccess,
  type KnownPrincipal,
  type PrincipalAccess,
  type PrincipalOf,
  type PublicAccess,
} from '@worldloom/auth'
import type { Context } from './context.ts'
import { publicError, toTRPCError } from './errors.ts'
import type { RestRoute } from './rest.ts'

export interface ProcedureMeta {
  readonly access: Access
  /** Undefined for what there is no REST for. */
  readonly rest?: RestRoute | undefined
}

const t = initTRPC
  .context<Context>()
  .meta<ProcedureMeta>()
  .create({
    // Stacks stay in the log.
    isDev: false,
    errorFormatter: ({ shape, error, ctx }) => {
      const { message, reason } = publicError(error, ctx?.requestId)
      return { ...shape, message, data: { ...shape.data, requestId: ctx?.requestId, reason } }
    },
    jsonl: { pingMs: 15_000 },
    sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 30_000 } },
  })

export const router = t.router

/** A procedure that anybody may call. */
export function publicProcedure(access: PublicAccess = { credentials: 'none' }, rest?: RestRoute) {
  return t.procedure.meta({ access, rest }).use(async ({ next }) => translated(await next()))
}

/**
 * A procedure for known callers: says with which credentials and, where it takes one, with which permission.
 * This and {@link publicProcedure} are the only ways to make one, so that none is without.
 *
 * @throws {NotSignedInError | CredentialNotAcceptedError | NotPermittedError | RoleMissingError} before the input is looked at
 */
export function procedure<const Given extends PrincipalAccess>(access: Given, rest?: RestRoute) {
  // One middleware for everything: each costs a hot read a few per cent.
  return t.procedure.meta({ access, rest }).use(async ({ ctx, next }) => {
    const principal = await authorize(ctx, access)
    return translated(await next({ ctx: { principal } }))
  })
}

/** What a resolver knows of who calls. */
export type Calling = Omit<Context, 'principal'> & { readonly principal: KnownPrincipal }

/** The caller, as the audit log names them. */
export function actorIn({ principal, origin }: Calling): Actor {
  return actorOf(principal, origin())
}

function translated<Result extends { readonly ok: boolean }>(result: Result): Result {
  if ('error' in result) throw toTRPCError(result.error)
  return result
}

async function authorize<const Given extends PrincipalAccess>(
  ctx: Context,
  access: Given,
): Promise<PrincipalOf<Given>> {
  try {
    return checkAccess(await ctx.principal(), access)
  } catch (error) {
    throw toTRPCError(error)
  }
}
