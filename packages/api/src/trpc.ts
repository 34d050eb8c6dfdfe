import { initTRPC } from '@trpc/server'
import type { SessionPrincipal } from '@worldloom/auth'
import { CredentialNotAcceptedError, NotPermittedError, NotSignedInError } from '@worldloom/schema'
import type { Access, PrincipalAccess, PublicAccess } from './access.ts'
import type { Context } from './context.ts'
import { publicError, toTRPCError } from './errors.ts'

export interface ProcedureMeta {
  readonly access: Access
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
    sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 30_000 } },
  })

export const router = t.router

const base = t.procedure.use(async ({ next }) => {
  const result = await next()
  if (!result.ok) throw toTRPCError(result.error)
  return result
})

/** A procedure that anybody may call. */
export function publicProcedure(access: PublicAccess = { credentials: 'none' }) {
  return base.meta({ access })
}

/**
 * A procedure for known callers: says with which credentials and, where it takes one, with which permission.
 * This and {@link publicProcedure} are the only ways to make one, so that none is without.
 *
 * @throws {NotSignedInError | CredentialNotAcceptedError | NotPermittedError} before the input is looked at
 */
export function procedure(access: PrincipalAccess) {
  return base.meta({ access }).use(async ({ ctx, next }) => {
    const principal = await ctx.principal()
    return next({ ctx: { principal: authorize(principal, access) } })
  })
}

function authorize(
  principal: Awaited<ReturnType<Context['principal']>>,
  access: PrincipalAccess,
): SessionPrincipal {
  if (principal.kind === 'anonymous') throw new NotSignedInError()
  if (!access.credentials.includes(principal.kind)) {
    throw new CredentialNotAcceptedError(`a ${principal.kind}`, access.credentials)
  }
  if (access.permission && !principal.permissions.has(access.permission)) {
    throw new NotPermittedError(access.permission)
  }
  return principal
}
