import { initTRPC } from '@trpc/server'
import { type Actor, actorOf, type KnownPrincipal } from '@worldloom/auth'
import { CredentialNotAcceptedError, NotPermittedError, NotSignedInError, RoleMissingError } from '@worldloom/schema'
import type { Access, Credential, PrincipalAccess, PublicAccess } from './access.ts'
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

/** A procedure that anybody may call. */
export function publicProcedure(access: PublicAccess = { credentials: 'none' }) {
  return t.procedure.meta({ access }).use(async ({ next }) => translated(await next()))
}

/** The principals that a procedure with such credentials can be called by. */
type PrincipalOf<Given extends Credential> = Extract<KnownPrincipal, { kind: Given }>

/**
 * A procedure for known callers: says with which credentials and, where it takes one, with which permission.
 * This and {@link publicProcedure} are the only ways to make one, so that none is without.
 *
 * @throws {NotSignedInError | CredentialNotAcceptedError | NotPermittedError | RoleMissingError} before the input is looked at
 */
export function procedure<const Given extends PrincipalAccess>(access: Given) {
  // One middleware for everything: each costs a hot read a few per cent.
  return t.procedure.meta({ access }).use(async ({ ctx, next }) => {
    const principal = (await authorize(ctx, access)) as PrincipalOf<Given['credentials'][number]> // as authorize saw to
    return translated(await next({ ctx: { principal } }))
  })
}

/** What a resolver knows of who calls. */
type Calling = Omit<Context, 'principal'> & { readonly principal: KnownPrincipal }

/** The caller, as the audit log names them. */
export function actorIn({ principal, origin }: Calling): Actor {
  return actorOf(principal, origin())
}

const credentialNames: Record<Credential, string> = {
  session: 'a browser session',
  bearer: 'an access token',
  apiKey: 'an API key',
}

function translated<Result extends { readonly ok: boolean }>(result: Result): Result {
  if ('error' in result) throw toTRPCError(result.error)
  return result
}

async function authorize(ctx: Context, access: PrincipalAccess): Promise<KnownPrincipal> {
  try {
    const principal = await ctx.principal()
    if (principal.kind === 'anonymous') throw new NotSignedInError()
    if (!access.credentials.includes(principal.kind)) {
      throw new CredentialNotAcceptedError(credentialNames[principal.kind], access.credentials)
    }
    if (access.permission && !principal.permissions.has(access.permission)) {
      throw new NotPermittedError(access.permission)
    }
    if (access.role && !principal.roles.includes(access.role)) throw new RoleMissingError(access.role)
    return principal
  } catch (error) {
    throw toTRPCError(error)
  }
}
