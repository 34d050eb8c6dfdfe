import { QueryCache, QueryClient } from '@tanstack/solid-query'
import type { AppRouter } from '@worldloom/client'
import { createWorldloomClient, type RouterInputs, type RouterOutputs, readError } from '@worldloom/client'
import { createTRPCOptionsProxy } from '@worldloom/trpc-solid-query'
import { askToConfirm } from './confirmation.ts'
import { recordChange, recordSending } from './ownChanges.ts'

/** The procedures as functions, for calls outside components. */
export const call = createWorldloomClient({
  url: '',
  onSignInAgain: askToConfirm,
  onChanging: recordSending,
  onChanged: recordChange,
})

/** Called when the server says that the session has ended. Set by the router, which knows the current page. */
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
      // Errors that would recur are not retried.
      retry: (failures, error) => failures < 3 && readError(error).isTemporary,
    },
  },
})

export const trpc = createTRPCOptionsProxy<AppRouter>({ client: call, queryClient, abortOnUnmount: true })

export type { RouterInputs, RouterOutputs }

/** Everything fetched by procedures. All other keys start with a string. */
export const procedureQueries = {
  predicate: ({ queryKey }: { readonly queryKey: readonly unknown[] }) => typeof queryKey[0] !== 'string',
}

export type Me = RouterOutputs['me']['get']
export type World = RouterOutputs['world']['byId']
export type WorldSummary = RouterOutputs['world']['list']['items'][number]
export type SignInAccounts = RouterOutputs['account']['list']
export type SecondFactors = RouterOutputs['secondFactor']['list']
export type Device = RouterOutputs['session']['list'][number]
export type Tag = RouterOutputs['tag']['list']['items'][number]
export type LinkKind = RouterOutputs['linkKind']['list']['items'][number]
export type Connection = RouterOutputs['link']['list']['items'][number]
export type Finding = RouterOutputs['continuity']['check']['findings'][number]
export type HistoryItem = RouterOutputs['history']['list']['items'][number]
export type Webhook = RouterOutputs['webhook']['list']['items'][number]
export type ApiKey = RouterOutputs['apiKey']['list']['items'][number]
export type AppGrant = RouterOutputs['grant']['list']['items'][number]
export type RegisteredClient = RouterOutputs['oauthClient']['list']['items'][number]
export type User = RouterOutputs['user']['list']['items'][number]
export type Role = RouterOutputs['role']['list']['items'][number]
export type Job = RouterOutputs['job']['list']['items'][number]
export type JobCounts = RouterOutputs['job']['counts']
export type FailingWebhook = RouterOutputs['job']['failingWebhooks']['items'][number]
export type AuditEvent = RouterOutputs['audit']['list']['items'][number]
export type ChangeSet = RouterOutputs['changeSet']['list']['items'][number]
export type ChangeSetDetails = RouterOutputs['changeSet']['byId']
export type ProposedChange = ChangeSetDetails['changes'][number]
