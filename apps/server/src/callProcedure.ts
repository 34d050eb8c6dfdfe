import { callTRPCProcedure } from '@trpc/server'
import { appRouter, type Context, type ProcedureEntry } from '@worldloom/api'

/**
 * Calls a procedure by its path, e.g. `act.byId`, as somebody; nothing goes over HTTP.
 *
 * @param readInput called once the caller is known to be let in
 * @throws {TRPCError}
 */
export async function callProcedure(
  { path, type }: Pick<ProcedureEntry, 'path' | 'type'>,
  context: Context,
  readInput: () => unknown,
): Promise<unknown> {
  return await callTRPCProcedure({
    router: appRouter,
    path,
    type,
    getRawInput: async () => readInput(),
    ctx: context,
    signal: undefined,
    batchIndex: 0,
  })
}
