import { callTRPCProcedure } from '@trpc/server'
import { appRouter, type Context, type ProcedureEntry } from '@worldloom/api'

/**
 * Calls a procedure by its path, e.g. `act.byId`, in this process.
 *
 * @param readInput called after access is granted
 * @param signal ends a stream
 * @throws {TRPCError}
 */
export async function callProcedure(
  { path, type }: Pick<ProcedureEntry, 'path' | 'type'>,
  context: Context,
  readInput: () => unknown,
  signal?: AbortSignal,
): Promise<unknown> {
  return await callTRPCProcedure({
    router: appRouter,
    path,
    type,
    getRawInput: async () => readInput(),
    ctx: context,
    signal,
    batchIndex: 0,
  })
}
