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
import { NotPermittedError } from '@worldloom/schema'
import { inSpan, isRecording } from '@worldloom/telemetry'
import type { Writer } from '@worldloom/worlds'
import type { Context } from './context.ts'
import { publicError, toTRPCError } from './errors.ts'
import { explained } from './explained.ts'
import type { RestRoute } from './rest.ts'
import type { ToolDeclaration } from './tools.ts'

export interface ProcedureMeta {
  readonly access: Access
  /** Undefined for procedures without a REST route. */
  readonly rest?: RestRoute | undefined
  /** Undefined for procedures that are no tool for models. */
  readonly tool?: ToolDeclaration | undefined
}

const t = initTRPC
  .context<Context>()
  .meta<ProcedureMeta>()
  .create({
    // Stacks only go to the log.
    isDev: false,
    errorFormatter: ({ shape, error, ctx }) => {
      const { message, reason } = publicError(error, ctx?.requestId, ctx?.language())
      return { ...shape, message, data: { ...shape.data, requestId: ctx?.requestId, reason } }
    },
    jsonl: { pingMs: 15_000 },
    sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 30_000 } },
  })

export const router = t.router

/** Builds a procedure that anybody may call. */
export function publicProcedure(access: PublicAccess = { credentials: 'none' }, rest?: RestRoute) {
  return t.procedure.meta({ access, rest }).use(async ({ ctx, next, path }) => {
    if (access.deprecated) ctx.deprecated(access.deprecated)
    if (isRecording()) return await inSpan(path, procedureSpan(path), async () => translated(ctx, await next()))
    return translated(ctx, await next())
  })
}

/**
 * Builds a procedure for known callers, with the credentials it accepts and the permission it requires, if any. This
 * and {@link publicProcedure} are the only ways to build one, so none is without an access declaration.
 *
 * @throws {NotSignedInError | CredentialNotAcceptedError | NotPermittedError | RoleMissingError | RateLimitedError} before
 * the input is read
 */
export function procedure<const Given extends PrincipalAccess>(
  access: Given,
  rest?: RestRoute,
  tool?: ToolDeclaration,
) {
  // One middleware does everything, as each costs a hot read a few per cent.
  const { mayLag = false } = access
  return t.procedure.meta({ access, rest, tool }).use(async ({ ctx, next, path, type }) => {
    const run = async () => {
      if (access.deprecated) ctx.deprecated(access.deprecated)
      const principal = await authorize(ctx, access)
      const replica = mayLag && ctx.replica && type === 'query' ? await ctx.replica() : undefined
      if (replica) {
        const { db, worlds, entities } = replica
        const result = await next<Known<Given>>({ ctx: { principal, ...{ db, worlds, entities } } })
        if (result.ok || !replica.isAtFault(result.error.cause)) return translated(ctx, result)
      }
      const result = await next<Known<Given>>({ ctx: { principal } })
      if (result.ok && ctx.wrote && type === 'mutation') await ctx.wrote()
      return translated(ctx, result)
    }
    return isRecording() ? await inSpan(path, procedureSpan(path), run) : await run()
  })
}

interface Known<Given extends PrincipalAccess> {
  readonly principal: PrincipalOf<Given>
}

/** @see https://opentelemetry.io/docs/specs/semconv/rpc/rpc-spans/ */
function procedureSpan(path: string) {
  return { attributes: { 'rpc.system.name': 'trpc', 'rpc.method': path } }
}

/** The context of a resolver whose caller is known. */
export type Calling = Omit<Context, 'principal'> & { readonly principal: KnownPrincipal }

/** The caller, for the audit log. */
export function actorIn({ principal, origin }: Calling): Actor {
  return actorOf(principal, origin())
}

/** The caller, for what changes worlds. */
export function writerIn(calling: Calling): Writer {
  return { principal: calling.principal, actor: actorIn(calling) }
}

/** The result as it is, at once, or the error as the caller receives it. */
function translated<Result extends { readonly ok: boolean }>({ db }: Context, result: Result): Result | Promise<never> {
  return 'error' in result ? refuse(db, result.error) : result
}

async function refuse(db: Context['db'], thrown: unknown): Promise<never> {
  const error = toTRPCError(thrown)
  throw error.cause instanceof NotPermittedError ? toTRPCError(await explained(db, error.cause)) : error
}

async function authorize<const Given extends PrincipalAccess>(
  ctx: Context,
  access: Given,
): Promise<PrincipalOf<Given>> {
  try {
    const principal = checkAccess(await ctx.principal(), access)
    ctx.spend(principal, access.cost ?? 1, access.permission)
    return principal
  } catch (error) {
    return await refuse(ctx.db, error)
  }
}
