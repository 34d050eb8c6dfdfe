import type { TRPCRequestOptions } from '@trpc/client'
import type { Unsubscribable } from '@trpc/server/observable'

/** Calls procedures by path, over HTTP or of a router in the same process. */
export interface ProcedureCaller {
  query(path: string, input: unknown, options?: TRPCRequestOptions): Promise<unknown>
  mutation(path: string, input: unknown, options?: TRPCRequestOptions): Promise<unknown>
  subscription(path: string, input: unknown, options: object): Unsubscribable
}

/** tRPC's request options for a query function's own signal, which is touched only if the request is to be aborted. */
export function requestOptions(
  given: { abortOnUnmount?: boolean } | undefined,
  abortByDefault: boolean,
  query: { readonly signal: AbortSignal },
): TRPCRequestOptions {
  const { abortOnUnmount = abortByDefault, ...options } = given ?? {}
  // solid-query cancels a query whose signal was read, and leaves others running.
  return abortOnUnmount ? { ...options, signal: query.signal } : options
}
