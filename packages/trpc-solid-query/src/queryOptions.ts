import {
  type DataTag,
  type DefinedInitialDataOptions,
  type QueryClient,
  type SkipToken,
  skipToken,
  type UndefinedInitialDataOptions,
} from '@tanstack/solid-query'
import { queryKey, type TRPCQueryKey } from './keys.ts'
import { type ProcedureCaller, requestOptions } from './procedureCaller.ts'
import type { Definition, QueryData, TRPCOptionsIn, TRPCOptionsOut } from './types.ts'

type Ours = 'queryKey' | 'queryFn' | 'queryHashFn' | 'queryHash'

type FnData<Def extends Definition> = QueryData<Def['output']>

type KeyOf<Def extends Definition> = DataTag<TRPCQueryKey<Def['prefixed']>, FnData<Def>, Def['error']>

type DefinedOptions<Def extends Definition, Data> = ReturnType<
  DefinedInitialDataOptions<FnData<Def>, Def['error'], Data, KeyOf<Def>>
>

type UndefinedOptions<Def extends Definition, Data> = ReturnType<
  UndefinedInitialDataOptions<FnData<Def>, Def['error'], Data, KeyOf<Def>>
>

type Out<Options, Key> = Options & { queryKey: Key } & TRPCOptionsOut

/** Options for `useQuery`, `prefetchQuery`, `fetchQuery` and the like, as solid-query's own `queryOptions` would type them. */
export interface QueryOptionsFunction<Def extends Definition> {
  <Data = FnData<Def>>(
    input: Def['input'] | SkipToken,
    options: Omit<DefinedOptions<Def, Data>, Ours> & TRPCOptionsIn,
  ): Out<DefinedOptions<Def, NoInfer<Data>>, KeyOf<Def>>
  <Data = FnData<Def>>(
    input: Def['input'] | SkipToken,
    options?: Omit<UndefinedOptions<Def, Data>, Ours> & TRPCOptionsIn,
  ): Out<UndefinedOptions<Def, NoInfer<Data>>, KeyOf<Def>>
}

export interface QueryParameters {
  readonly path: readonly string[]
  readonly prefix: string | undefined
  readonly input: unknown
  readonly options: TRPCOptionsIn | undefined
  readonly abortOnUnmount: boolean
  readonly queryClient: () => QueryClient
  readonly caller: ProcedureCaller
}

export function queryOptions(parameters: QueryParameters) {
  const { path, prefix, input, options, abortOnUnmount, caller } = parameters
  const key = queryKey(prefix, path, 'query', input)
  const name = path.join('.')
  const queryFn = async (context: { readonly signal: AbortSignal }) => {
    const result = await caller.query(name, input, requestOptions(options?.trpc, abortOnUnmount, context))
    return isAsyncIterable(result) ? await collect(result, parameters.queryClient(), key) : result
  }
  return { ...options, queryKey: key, queryFn: input === skipToken ? skipToken : queryFn, trpc: { path: name } }
}

/** Provides what has arrived so far as the query's data while the rest is still streaming. */
async function collect(items: AsyncIterable<unknown>, queryClient: QueryClient, key: readonly unknown[]) {
  const query = queryClient.getQueryCache().build(queryClient, { queryKey: key })
  let arrived: unknown[] = []
  query.setState({ data: arrived, status: 'success' })
  for await (const item of items) {
    arrived = [...arrived, item]
    query.setState({ data: arrived })
  }
  return arrived
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}
