import { type SkipToken, skipToken } from '@tanstack/solid-query'
import type { Unsubscribable } from '@trpc/server/observable'
import { queryKey, type TRPCQueryKey } from './keys.ts'
import type { ProcedureCaller } from './procedureCaller.ts'
import type { Definition, SubscriptionData, TRPCOptionsOut } from './types.ts'

/** The state of a subscription's connection, as reported by tRPC's links. */
export interface ConnectionState<TError> {
  state: 'idle' | 'connecting' | 'pending'
  error: TError | null
}

export interface SubscriptionCallbacks<Data, TError> {
  /** The server has responded and items may arrive. */
  onStarted?: () => void
  onData?: (data: Data) => void
  onError?: (error: TError) => void
  /** The server ended it. */
  onComplete?: () => void
  onConnectionStateChange?: (state: ConnectionState<TError>) => void
}

/** What `useSubscription` takes. */
export interface SubscriptionOptions<Data, TError> extends SubscriptionCallbacks<Data, TError>, TRPCOptionsOut {
  enabled: boolean
  /** A different key is a different subscription. */
  queryKey: readonly unknown[]
  subscribe: (callbacks: SubscriptionCallbacks<Data, TError>) => Unsubscribable
}

/** Options for {@link useSubscription}. */
export type SubscriptionOptionsFunction<Def extends Definition> = (
  input: Def['input'] | SkipToken,
  options?: SubscriptionCallbacks<SubscriptionData<Def['output']>, Def['error']> & { enabled?: boolean },
) => SubscriptionOptions<SubscriptionData<Def['output']>, Def['error']> & { queryKey: TRPCQueryKey<Def['prefixed']> }

export function subscriptionOptions(parameters: {
  readonly path: readonly string[]
  readonly prefix: string | undefined
  readonly input: unknown
  readonly options: (SubscriptionCallbacks<unknown, unknown> & { enabled?: boolean }) | undefined
  readonly caller: ProcedureCaller
}) {
  const { path, prefix, input, options, caller } = parameters
  const name = path.join('.')
  return {
    ...options,
    enabled: input !== skipToken && (options?.enabled ?? true),
    queryKey: queryKey(prefix, path, 'query', input),
    subscribe: (callbacks: SubscriptionCallbacks<unknown, unknown>) => caller.subscription(name, input, callbacks),
    trpc: { path: name },
  }
}
