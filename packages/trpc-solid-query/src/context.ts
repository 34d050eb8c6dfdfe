import { type QueryClient, useQueryClient } from '@tanstack/solid-query'
import type { TRPCClient } from '@trpc/client'
import type { AnyTRPCRouter } from '@trpc/server'
import { createComponent, createContext, type JSX, splitProps, useContext } from 'solid-js'
import {
  type BaseOptions,
  createTRPCOptionsProxy,
  type TRPCOptionsProxy,
  type TRPCOptionsProxyOptions,
} from './optionsProxy.ts'

export type TRPCProviderProps<Router extends AnyTRPCRouter, Prefixed extends boolean> = Omit<
  BaseOptions,
  'queryClient'
> & {
  client: TRPCClient<Router>
  /** @default the nearest QueryClientProvider's */
  queryClient?: QueryClient
  children?: JSX.Element
} & (Prefixed extends true ? { keyPrefix: string } : { keyPrefix?: never })

/**
 * A provider and hooks for one router, for apps that create their client in a component. With a client at module level,
 * {@link createTRPCOptionsProxy} alone is simpler.
 */
export function createTRPCContext<Router extends AnyTRPCRouter, Prefixed extends boolean = false>() {
  const Context = createContext<{ client: TRPCClient<Router>; trpc: TRPCOptionsProxy<Router, Prefixed> }>()

  function TRPCProvider(props: TRPCProviderProps<Router, Prefixed>): JSX.Element {
    const queryClient = props.queryClient ?? useQueryClient()
    // Children must not be read here, as that would create them outside the provider.
    const [, options] = splitProps(props, ['children', 'queryClient'])
    const trpc = createTRPCOptionsProxy<Router, Prefixed>({
      ...options,
      queryClient,
    } as unknown as TRPCOptionsProxyOptions<Router, Prefixed>) // the same fields, spread over a conditional type
    return createComponent(Context.Provider, {
      value: { client: props.client, trpc },
      get children() {
        return props.children
      },
    })
  }

  function useProvided() {
    const provided = useContext(Context)
    if (!provided) throw new Error('useTRPC and useTRPCClient work beneath the TRPCProvider of the same context only.')
    return provided
  }

  return {
    TRPCProvider,
    /** The options proxy. */
    useTRPC: () => useProvided().trpc,
    /** The client itself, for calls outside queries. */
    useTRPCClient: () => useProvided().client,
  }
}
