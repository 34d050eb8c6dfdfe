import type { InfiniteData } from '@tanstack/solid-query'
import type { TRPCClientErrorLike, TRPCRequestOptions } from '@trpc/client'
import type {
  AnyTRPCProcedure,
  AnyTRPCRootTypes,
  inferProcedureInput,
  inferTransformedProcedureOutput,
} from '@trpc/server'

/** What the options of one procedure are made of: its input, its output as it arrives, its error. */
export interface Definition {
  input: unknown
  output: unknown
  error: unknown
  /** Whether keys begin with a prefix. */
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

/** A query that streams is read as the list of what has arrived. */
export type QueryData<Output> = Output extends AsyncIterable<infer Item> ? Item[] : Output

/** What each item of a subscription is. */
export type SubscriptionData<Output> = Output extends AsyncIterable<infer Item> ? Item : Output

/** An input with a cursor makes a query one that can be read in pages. */
export interface CursorInput {
  cursor?: unknown
}

export type PageParam<Input> = Input extends CursorInput ? NonNullable<Input['cursor']> | null : unknown

export type InfiniteQueryData<Def extends Definition> = InfiniteData<Def['output'], PageParam<Def['input']>>

/** How a request is made: tRPC's own options. The signal is the query's. */
export interface RequestOptions extends Omit<TRPCRequestOptions, 'signal'> {
  /**
   * Whether the request is aborted when nobody waits for it any more.
   * @default what the proxy was made with
   */
  abortOnUnmount?: boolean
}

/** Beside everything that solid-query takes. */
export interface TRPCOptionsIn {
  trpc?: RequestOptions
}

/** Beside everything that solid-query is given. */
export interface TRPCOptionsOut {
  trpc: { path: string }
}

export type WithRequired<Type, Key extends keyof Type> = Type & { [Name in Key]-?: Type[Name] }
