import { QueryCache, QueryClient } from '@tanstack/solid-query'
import type { AppRouter } from '@worldloom/client'
import { createWorldloomClient, type RouterInputs, type RouterOutputs, readError } from '@worldloom/client'
import { createTRPCOptionsProxy } from '@worldloom/trpc-solid-query'

/** The procedures as functions, for what is called in an order of its own, outside of any component. */
export const call = createWorldloomClient({ url: '' })

/** What to do when the server says that nobody is signed in any more; set by the router, which knows where we are. */
let onSignedOut = () => {}

export function whenSignedOut(action: () => void): void {
  onSignedOut = action
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      if (readError(error).reason?.kind === 'notSignedIn') onSignedOut()
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // What will fail again is not tried again.
      retry: (failures, error) => failures < 3 && readError(error).isTemporary,
    },
  },
})

export const trpc = createTRPCOptionsProxy<AppRouter>({ client: call, queryClient, abortOnUnmount: true })

export type { RouterInputs, RouterOutputs }

/** All that was read by procedures: the keys of everything else begin with text. */
export const procedureQueries = {
  predicate: ({ queryKey }: { readonly queryKey: readonly unknown[] }) => typeof queryKey[0] !== 'string',
}

export type Me = RouterOutputs['me']['get']
export type World = RouterOutputs['world']['byId']
export type WorldSummary = RouterOutputs['world']['list']['items'][number]
export type SignInAccounts = RouterOutputs['account']['list']
export type Device = RouterOutputs['session']['list'][number]
export type ApiKey = RouterOutputs['apiKey']['list']['items'][number]
export type User = RouterOutputs['user']['list']['items'][number]
export type Role = RouterOutputs['role']['list']['items'][number]
export type AuditEvent = RouterOutputs['audit']['list']['items'][number]
