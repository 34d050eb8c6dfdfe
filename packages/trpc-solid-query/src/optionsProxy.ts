import type { DataTag, QueryClient, QueryFilters } from '@tanstack/solid-query'
import { getUntypedClient, type TRPCClient, TRPCUntypedClient } from '@trpc/client'
import {
  type AnyTRPCProcedure,
  type AnyTRPCRootTypes,
  type AnyTRPCRouter,
  callTRPCProcedure,
  createTRPCRecursiveProxy,
  type inferRouterContext,
  type TRPCProcedureType,
  type TRPCRouterRecord,
} from '@trpc/server'
import { type InfiniteQueryOptionsFunction, infiniteQueryOptions } from './infiniteQueryOptions.ts'
import { mutationKey, pathKey, queryKey, type TRPCMutationKey, type TRPCQueryKey } from './keys.ts'
import { type MutationOptionsFunction, type MutationOverrides, mutationOptions } from './mutationOptions.ts'
import type { ProcedureCaller } from './procedureCaller.ts'
import { type QueryOptionsFunction, queryOptions } from './queryOptions.ts'
import { type SubscriptionOptionsFunction, subscriptionOptions } from './subscriptionOptions.ts'
import type { CursorInput, Definition, DefinitionOf, InfiniteQueryData, QueryData, WithRequired } from './types.ts'

type KeyedFilters<Key extends readonly unknown[]> = WithRequired<QueryFilters<Key>, 'queryKey'>

/** The key of everything below a path. */
export interface PathMethods<Prefixed extends boolean> {
  /** Matches every query and mutation below. */
  pathKey(): TRPCQueryKey<Prefixed>
  /** A filter for `invalidateQueries` and the like that matches everything below. */
  pathFilter(filters?: Omit<QueryFilters, 'queryKey'>): KeyedFilters<TRPCQueryKey<Prefixed>>
}

interface TypeCarrier<Def extends Definition> {
  /** Only for {@link inferInput} and {@link inferOutput}; it has no value. */
  readonly '~types': { input: Def['input']; output: Def['output'] }
}

type TaggedKey<Def extends Definition, Data> = DataTag<TRPCQueryKey<Def['prefixed']>, Data, Def['error']>

export interface QueryMethods<Def extends Definition> extends TypeCarrier<Def>, PathMethods<Def['prefixed']> {
  queryOptions: QueryOptionsFunction<Def>
  /** The key for one input; without one, it matches all inputs. */
  queryKey(input?: Partial<Def['input']>): TaggedKey<Def, QueryData<Def['output']>>
  queryFilter(
    input?: Partial<Def['input']>,
    filters?: Omit<QueryFilters, 'queryKey'>,
  ): KeyedFilters<TaggedKey<Def, QueryData<Def['output']>>>
}

export interface InfiniteQueryMethods<Def extends Definition> {
  infiniteQueryOptions: InfiniteQueryOptionsFunction<Def>
  infiniteQueryKey(input?: Partial<Def['input']>): TaggedKey<Def, InfiniteQueryData<Def>>
  infiniteQueryFilter(
    input?: Partial<Def['input']>,
    filters?: Omit<QueryFilters, 'queryKey'>,
  ): KeyedFilters<TaggedKey<Def, InfiniteQueryData<Def>>>
}

export interface MutationMethods<Def extends Definition> extends TypeCarrier<Def> {
  mutationOptions: MutationOptionsFunction<Def>
  mutationKey(): TRPCMutationKey<Def['prefixed']>
}

export interface SubscriptionMethods<Def extends Definition> extends TypeCarrier<Def> {
  subscriptionOptions: SubscriptionOptionsFunction<Def>
}

// biome-ignore lint/suspicious/noConfusingVoidType: tRPC types the input of a procedure that needs none as void
type PageableInput = CursorInput | void

export type ProcedureMethods<Type extends TRPCProcedureType, Def extends Definition> = Type extends 'query'
  ? QueryMethods<Def> & (Def['input'] extends PageableInput ? InfiniteQueryMethods<Def> : unknown)
  : Type extends 'mutation'
    ? MutationMethods<Def>
    : SubscriptionMethods<Def>

export type RecordMethods<Root extends AnyTRPCRootTypes, Record extends TRPCRouterRecord, Prefixed extends boolean> = {
  [Key in keyof Record]: Record[Key] extends AnyTRPCProcedure
    ? ProcedureMethods<Record[Key]['_def']['type'], DefinitionOf<Root, Record[Key], Prefixed>>
    : Record[Key] extends TRPCRouterRecord
      ? RecordMethods<Root, Record[Key], Prefixed> & PathMethods<Prefixed>
      : never
}

/** The shape of a router, with options and keys instead of procedures. */
export type TRPCOptionsProxy<Router extends AnyTRPCRouter, Prefixed extends boolean = false> = RecordMethods<
  Router['_def']['_config']['$types'],
  Router['_def']['record'],
  Prefixed
> &
  PathMethods<Prefixed>

export type inferInput<Procedure extends { readonly '~types': { input: unknown } }> = Procedure['~types']['input']
export type inferOutput<Procedure extends { readonly '~types': { output: unknown } }> = Procedure['~types']['output']

export interface BaseOptions {
  queryClient: QueryClient | (() => QueryClient)
  /**
   * Whether a query's request is aborted when nothing uses it any more.
   * @default false, as in tRPC's other bindings
   */
  abortOnUnmount?: boolean
  overrides?: { mutations?: MutationOverrides }
}

export type TRPCOptionsProxyOptions<Router extends AnyTRPCRouter, Prefixed extends boolean> = BaseOptions &
  /** The first element of every key, so that several APIs can share a query client. */
  (Prefixed extends true ? { keyPrefix: string } : { keyPrefix?: never }) &
  (
    | { client: TRPCClient<Router> | TRPCUntypedClient<Router> }
    /** Calls the router in the same process, for servers and tests. */
    | {
        router: Router
        ctx: inferRouterContext<Router> | (() => inferRouterContext<Router> | Promise<inferRouterContext<Router>>)
      }
  )

/**
 * Options, keys and filters for solid-query, typed from a router.
 *
 * @example
 * const trpc = createTRPCOptionsProxy<AppRouter>({ client, queryClient })
 * const world = useQuery(() => trpc.world.byId.queryOptions({ id: params.id }))
 */
export function createTRPCOptionsProxy<Router extends AnyTRPCRouter, Prefixed extends boolean = false>(
  options: TRPCOptionsProxyOptions<Router, Prefixed>,
): TRPCOptionsProxy<Router, Prefixed> {
  const { queryClient: given, abortOnUnmount = false, overrides } = options
  const prefix: string | undefined = options.keyPrefix
  const queryClient = typeof given === 'function' ? given : () => given
  const caller = procedureCaller(options)

  const proxy = createTRPCRecursiveProxy(({ path: fullPath, args }) => {
    const path = fullPath.slice(0, -1)
    const method = fullPath.at(-1) as Method // the types above offer no others
    // The interfaces above type the arguments of each call; here they may be anything.
    // biome-ignore lint/suspicious/noExplicitAny: see above
    const [first, second] = args as any[]
    const query = { path, prefix, input: first, options: second, abortOnUnmount, queryClient, caller }
    switch (method) {
      case 'pathKey':
        return pathKey(prefix, path)
      case 'pathFilter':
        return { ...first, queryKey: pathKey(prefix, path) }
      case 'queryOptions':
        return queryOptions(query)
      case 'queryKey':
        return queryKey(prefix, path, 'query', first)
      case 'queryFilter':
        return { ...second, queryKey: queryKey(prefix, path, 'query', first) }
      case 'infiniteQueryOptions':
        return infiniteQueryOptions(query)
      case 'infiniteQueryKey':
        return queryKey(prefix, path, 'infinite', first)
      case 'infiniteQueryFilter':
        return { ...second, queryKey: queryKey(prefix, path, 'infinite', first) }
      case 'mutationOptions':
        return mutationOptions({ path, prefix, options: first, queryClient, overrides: overrides?.mutations, caller })
      case 'mutationKey':
        return mutationKey(prefix, path)
      case 'subscriptionOptions':
        return subscriptionOptions({ path, prefix, input: first, options: second, caller })
      default:
        throw new TypeError(`trpc.${fullPath.join('.')} is not a method of the options proxy`)
    }
  })
  return proxy as unknown as TRPCOptionsProxy<Router, Prefixed> // a proxy has every property; the type says which are meaningful
}

type Method =
  | Exclude<keyof QueryMethods<Definition>, '~types'>
  | keyof InfiniteQueryMethods<Definition>
  | Exclude<keyof MutationMethods<Definition>, '~types'>
  | Exclude<keyof SubscriptionMethods<Definition>, '~types'>

function procedureCaller<Router extends AnyTRPCRouter>(
  options: TRPCOptionsProxyOptions<Router, boolean>,
): ProcedureCaller {
  if ('client' in options) {
    const { client } = options
    return client instanceof TRPCUntypedClient ? client : getUntypedClient(client)
  }
  const { router, ctx } = options
  const call =
    (type: TRPCProcedureType) => async (path: string, input: unknown, request?: { signal?: AbortSignal | null }) =>
      await callTRPCProcedure({
        router,
        path,
        type,
        getRawInput: async () => input,
        ctx: typeof ctx === 'function' ? await (ctx as () => unknown)() : ctx, // a context is an object, never a function
        signal: request?.signal ?? undefined,
        batchIndex: 0,
      })
  return {
    query: call('query'),
    mutation: call('mutation'),
    subscription: () => {
      throw new Error('A router called in process has no subscriptions: make the proxy from a client.')
    },
  }
}
