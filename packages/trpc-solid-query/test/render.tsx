import { cleanup, configure, render as renderSolid } from '@solidjs/testing-library'
import { QueryClient, QueryClientProvider } from '@tanstack/solid-query'
import type { JSX } from 'solid-js'
import { afterEach } from 'vitest'
import { createTRPCOptionsProxy, type TRPCOptionsProxy } from '../src/index.ts'
import { startTestServer, type TestRouter } from './testRouter.ts'

afterEach(cleanup)
// Machines that run all packages' tests at once can be slow.
configure({ asyncUtilTimeout: 5000 })

export type Trpc = TRPCOptionsProxy<TestRouter>

/** A server, a query client, a proxy, and components rendered with them. */
export async function setup(options: { abortOnUnmount?: boolean } = {}) {
  const server = await startTestServer()
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const trpc: Trpc = createTRPCOptionsProxy<TestRouter>({ client: server.client, queryClient, ...options })
  const render = (View: () => JSX.Element): ReturnType<typeof renderSolid> =>
    renderSolid(() => (
      <QueryClientProvider client={queryClient}>
        <View />
      </QueryClientProvider>
    ))
  return { ...server, queryClient, trpc, render }
}
