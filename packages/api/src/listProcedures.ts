import type { AnyTRPCProcedure, AnyTRPCRouter } from '@trpc/server'
import type { ProcedureMeta } from './trpc.ts'

export interface ProcedureEntry {
  readonly path: string
  readonly type: 'query' | 'mutation' | 'subscription'
  /** Undefined only for a procedure that bypasses the builders; a test checks that there is none. */
  readonly access: ProcedureMeta['access'] | undefined
  readonly rest: ProcedureMeta['rest']
  readonly tool: ProcedureMeta['tool']
}

/** Every procedure of a router, with its declared access. */
export function listProcedures(router: AnyTRPCRouter): ProcedureEntry[] {
  return Object.entries<AnyTRPCProcedure>(router._def.procedures).map(([path, { _def }]) => ({
    path,
    type: _def.type,
    ...metaOf(_def.meta),
  }))
}

function metaOf(meta: unknown): Pick<ProcedureEntry, 'access' | 'rest' | 'tool'> {
  const { access, rest, tool } = (meta ?? {}) as Partial<ProcedureMeta> // tRPC types meta as unknown; only our builders set it
  return { access, rest, tool }
}
