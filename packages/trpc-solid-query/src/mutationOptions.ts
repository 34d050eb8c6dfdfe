import type { MutationOptions, QueryClient } from '@tanstack/solid-query'
import { mutationKey, type TRPCMutationKey } from './keys.ts'
import type { ProcedureCaller } from './procedureCaller.ts'
import type { Definition, TRPCOptionsIn, TRPCOptionsOut } from './types.ts'

type Options<Def extends Definition, Context> = MutationOptions<Def['output'], Def['error'], Def['input'], Context>

/** Options for `useMutation`. */
export type MutationOptionsFunction<Def extends Definition> = <Context = unknown>(
  options?: Omit<Options<Def, Context>, 'mutationKey' | 'mutationFn'> & TRPCOptionsIn,
) => Options<Def, Context> & { mutationKey: TRPCMutationKey<Def['prefixed']> } & TRPCOptionsOut

/** Overrides for every mutation. */
export interface MutationOverrides {
  /** Replaces `onSuccess` of every mutation; `originalFn` is the mutation's own. */
  onSuccess?: (context: {
    originalFn: () => unknown
    queryClient: QueryClient
    meta: Record<string, unknown>
  }) => unknown
}

type Callback = (...args: unknown[]) => unknown

interface GivenOptions extends TRPCOptionsIn {
  onSuccess?: Callback
  meta?: Record<string, unknown>
}

export function mutationOptions(parameters: {
  readonly path: readonly string[]
  readonly prefix: string | undefined
  readonly options: GivenOptions | undefined
  readonly queryClient: () => QueryClient
  readonly overrides: MutationOverrides | undefined
  readonly caller: ProcedureCaller
}) {
  const { path, prefix, options, overrides, caller } = parameters
  const key = mutationKey(prefix, path)
  const name = path.join('.')
  const { abortOnUnmount: _, ...request } = options?.trpc ?? {}
  const base = {
    ...options,
    mutationKey: key,
    mutationFn: (input: unknown) => caller.mutation(name, input, request),
    trpc: { path: name },
  }
  const override = overrides?.onSuccess
  if (!override) return base
  return {
    ...base,
    onSuccess: (...args: unknown[]) => {
      const queryClient = parameters.queryClient()
      const defaults: GivenOptions = queryClient.getMutationDefaults(key) as GivenOptions // the same callbacks, typed for any mutation
      return override({
        originalFn: () => (options?.onSuccess ?? defaults.onSuccess)?.(...args),
        queryClient,
        meta: options?.meta ?? defaults.meta ?? {},
      })
    },
  }
}
