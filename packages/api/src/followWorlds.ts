import { checkAccess } from '@worldloom/auth'
import { BadInputError, type LiveEvent, type worldChangesInput } from '@worldloom/schema'
import { readsEntities } from '@worldloom/worlds'
import type { z } from 'zod'
import { toTRPCError } from './errors.ts'
import type { Calling } from './trpc.ts'

/**
 * The events of some worlds, each with the position of the stream after it, for as long as the caller may read them.
 *
 * @throws {TRPCError} when they may not, or for a position that the log does not have
 */
export async function* followWorlds(
  ctx: Calling,
  { worldIds, lastEventId }: z.output<typeof worldChangesInput>,
  signal: AbortSignal | undefined,
): AsyncGenerator<[position: string, event: LiveEvent]> {
  if (lastEventId && !worldIds.some((id) => lastEventId.has(id))) {
    throw toTRPCError(new BadInputError({ lastEventId: ['Is from a stream of other worlds'] }))
  }
  const { principal } = ctx
  const recheck = async () => checkAccess(await ctx.recheck(), readsEntities)
  try {
    yield* ctx.live.follow({ principal, recheck, worldIds, since: lastEventId ?? undefined, signal })
  } catch (error) {
    // Outside the procedure's own middleware, which is done once the stream begins.
    throw toTRPCError(error)
  }
}
