import { render } from '@solidjs/testing-library'
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/solid-query'
import { expect, test } from 'vitest'
import { createTRPCContext } from '../src/index.ts'
import './render.tsx'
import { startTestServer, type TestRouter } from './testRouter.ts'

test('two providers, told apart by their prefixes, live in one tree', async () => {
  const [first, second] = await Promise.all([startTestServer(), startTestServer()])
  const queryClient = new QueryClient()
  const One = createTRPCContext<TestRouter, true>()
  const Two = createTRPCContext<TestRouter, true>()
  function Greetings() {
    const one = One.useTRPC()
    const two = Two.useTRPC()
    const client = Two.useTRPCClient()
    const a = useQuery(() => one.greeting.queryOptions())
    const b = useQuery(() => two.greeting.queryOptions())
    const c = useQuery(() => ({ queryKey: ['direct'], queryFn: () => client.greeting.query() }))
    return <p>{a.data && b.data && c.data && `${a.data} ${b.data} ${c.data}`}</p>
  }
  const { findByText } = render(() => (
    <QueryClientProvider client={queryClient}>
      <One.TRPCProvider client={first.client} keyPrefix="one">
        <Two.TRPCProvider client={second.client} keyPrefix="two">
          <Greetings />
        </Two.TRPCProvider>
      </One.TRPCProvider>
    </QueryClientProvider>
  ))
  await findByText('hello hello hello')
  expect(first.observed.calls).toEqual(['greeting'])
  expect(second.observed.calls).toEqual(['greeting', 'greeting'])
})

test('a hook outside of its provider says what is missing', () => {
  const { useTRPC } = createTRPCContext<TestRouter>()
  expect(() => render(() => <>{String(useTRPC())}</>)).toThrow('beneath the TRPCProvider')
})
