import type { TRPCRequestOptions } from '@trpc/client'
import type { Unsubscribable } from '@trpc/server/observable'

/** Calls procedures by path, over HTTP or in the same process. */
export interface ProcedureCaller {
  query(path: string, input: unknown, options?: TRPCRequestOptions): Promise<unknown>
  mutation(path: string, input: unknown, options?: TRPCRequestOptions): Promise<unknown>
  subscription(path: string, input: unknown, options: object): Unsubscribable
}

/** tRPC's request options with a query function's signal, which is read only if the request should be abortable. */
export function requestOptions(
  given: { abortOnUnmount?: boolean } | undefined,
  abortByDefault: boolean,
  query: { readonly signal: AbortSignal },
): TRPCRequestOptions {
  const { abortOnUnmount = abortByDefault, ...options } = given ?? {}
  // solid-query cancels queries whose signal was read and lets others run.
  return abortOnUnmount ? { ...options, signal: query.signal } : options
}
