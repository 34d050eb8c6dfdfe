import {
  type DataTag,
  type DefinedInitialDataInfiniteOptions,
  type InfiniteQueryOptions,
  type SkipToken,
  skipToken,
  type UndefinedInitialDataInfiniteOptions,
} from '@tanstack/solid-query'
import { queryKey, type TRPCQueryKey } from './keys.ts'
import { requestOptions } from './procedureCaller.ts'
import type { QueryParameters } from './queryOptions.ts'
import type { Definition, InfiniteQueryData, PageParam, TRPCOptionsIn, TRPCOptionsOut } from './types.ts'

type Ours = 'queryKey' | 'queryFn' | 'queryHashFn' | 'queryHash' | 'initialPageParam'

type KeyOf<Def extends Definition> = DataTag<TRPCQueryKey<Def['prefixed']>, InfiniteQueryData<Def>, Def['error']>

type DefinedOptions<Def extends Definition, Data> = ReturnType<
  DefinedInitialDataInfiniteOptions<Def['output'], Def['error'], Data, KeyOf<Def>, PageParam<Def['input']>>
>

type UndefinedOptions<Def extends Definition, Data> = ReturnType<
  UndefinedInitialDataInfiniteOptions<Def['output'], Def['error'], Data, KeyOf<Def>, PageParam<Def['input']>>
>

/**
 * What both overloads take. `initialData`, which tells them apart, comes first in each so that TypeScript rejects the
 * wrong one sooner.
 */
type In<Def extends Definition, Data> = Omit<
  InfiniteQueryOptions<Def['output'], Def['error'], Data, KeyOf<Def>, PageParam<Def['input']>>,
  Ours | 'initialData'
> &
  TRPCOptionsIn & {
    /** Where the first page begins. @default the input's cursor, or the beginning */
    initialCursor?: PageParam<Def['input']>
  }

type Out<Options, Key> = Options & { queryKey: Key } & TRPCOptionsOut

/** Options for `useInfiniteQuery` and the like. Each page is requested with its `cursor`. */
export interface InfiniteQueryOptionsFunction<Def extends Definition> {
  <Data = InfiniteQueryData<Def>>(
    input: Def['input'] | SkipToken,
    options: Pick<DefinedOptions<Def, Data>, 'initialData'> & In<Def, Data>,
  ): Out<DefinedOptions<Def, NoInfer<Data>>, KeyOf<Def>>
  <Data = InfiniteQueryData<Def>>(
    input: Def['input'] | SkipToken,
    options: { initialData?: undefined } & In<Def, Data>,
  ): Out<UndefinedOptions<Def, NoInfer<Data>>, KeyOf<Def>>
}

interface InfiniteQueryContext {
  readonly signal: AbortSignal
  readonly pageParam: unknown
  readonly direction: 'forward' | 'backward'
}

export function infiniteQueryOptions({ path, prefix, input, options, abortOnUnmount, caller }: QueryParameters) {
  const name = path.join('.')
  const given: { initialCursor?: unknown } & TRPCOptionsIn = options ?? {}
  const queryFn = (context: InfiniteQueryContext) => {
    const page = {
      ...(isRecord(input) && input),
      ...(context.pageParam !== undefined && { cursor: context.pageParam }),
      direction: context.direction,
    }
    return caller.query(name, page, requestOptions(given.trpc, abortOnUnmount, context))
  }
  const { initialCursor = isRecord(input) ? input.cursor : undefined, ...rest } = given
  return {
    ...rest,
    queryKey: queryKey(prefix, path, 'infinite', input),
    queryFn: input === skipToken ? skipToken : queryFn,
    initialPageParam: initialCursor,
    trpc: { path: name },
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
