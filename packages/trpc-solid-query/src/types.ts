import type { InfiniteData } from '@tanstack/solid-query'
import type { TRPCClientErrorLike, TRPCRequestOptions } from '@trpc/client'
import type {
  AnyTRPCProcedure,
  AnyTRPCRootTypes,
  inferProcedureInput,
  inferTransformedProcedureOutput,
} from '@trpc/server'

/** The types that a procedure's options are built from: input, output as it arrives, and error. */
export interface Definition {
  input: unknown
  output: unknown
  error: unknown
  /** Whether keys start with a prefix. */
  prefixed: boolean
}

export interface DefinitionOf<
  Root extends AnyTRPCRootTypes,
  Procedure extends AnyTRPCProcedure,
  Prefixed extends boolean,
> {
  input: inferProcedureInput<Procedure>
  output: inferTransformedProcedureOutput<Root, Procedure>
  error: TRPCClientErrorLike<{ transformer: Root['transformer']; errorShape: Root['errorShape'] }>
  prefixed: Prefixed
}

/** The data of a streaming query is the array of what has arrived. */
export type QueryData<Output> = Output extends AsyncIterable<infer Item> ? Item[] : Output

/** The item type of a subscription. */
export type SubscriptionData<Output> = Output extends AsyncIterable<infer Item> ? Item : Output

/** A query whose input has a cursor can be read in pages. */
export interface CursorInput {
  cursor?: unknown
}

export type PageParam<Input> = Input extends CursorInput ? NonNullable<Input['cursor']> | null : unknown

export type InfiniteQueryData<Def extends Definition> = InfiniteData<Def['output'], PageParam<Def['input']>>

/** tRPC's own request options, except the signal, which is the query's. */
export interface RequestOptions extends Omit<TRPCRequestOptions, 'signal'> {
  /**
   * Whether the request is aborted when nothing uses it any more.
   * @default the proxy's setting
   */
  abortOnUnmount?: boolean
}

/** In addition to everything that solid-query takes. */
export interface TRPCOptionsIn {
  trpc?: RequestOptions
}

/** In addition to everything that solid-query gets. */
export interface TRPCOptionsOut {
  trpc: { path: string }
}

export type WithRequired<Type, Key extends keyof Type> = Type & { [Name in Key]-?: Type[Name] }
