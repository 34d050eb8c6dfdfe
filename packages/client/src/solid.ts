import type { AppRouter } from '@worldloom/api/contract'
import {
  createTRPCContext,
  createTRPCOptionsProxy,
  type TRPCOptionsProxy,
  type TRPCOptionsProxyOptions,
  type TRPCProviderProps,
} from '@worldloom/trpc-solid-query'
import type { JSX } from 'solid-js'
import type { WorldloomClient } from './client.ts'

export type WorldloomQueries = TRPCOptionsProxy<AppRouter>

/**
 * Worldloom's procedures as options for TanStack Solid Query, for apps that create their client once.
 *
 * @example
 * const worldloom = worldloomQueries({ client: createWorldloomClient({ url }), queryClient })
 * const story = useQuery(() => worldloom.story.byId.queryOptions({ id: props.id }))
 */
export function worldloomQueries(options: TRPCOptionsProxyOptions<AppRouter, false>): WorldloomQueries {
  return createTRPCOptionsProxy<AppRouter>(options)
}

const context = createTRPCContext<AppRouter>()

/** A provider, for apps that create their client in a component. */
export const WorldloomProvider: (props: TRPCProviderProps<AppRouter, false>) => JSX.Element = context.TRPCProvider
/** The options, below the provider. */
export const useWorldloom: () => WorldloomQueries = context.useTRPC
/** The client itself, below the provider, for calls outside queries. */
export const useWorldloomClient: () => WorldloomClient = context.useTRPCClient
