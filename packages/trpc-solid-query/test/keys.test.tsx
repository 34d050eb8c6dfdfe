import { QueryClient, skipToken } from '@tanstack/solid-query'
import { createTRPCClient, httpLink } from '@trpc/client'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { createTRPCOptionsProxy } from '../src/index.ts'
import type { TestRouter } from './testRouter.ts'

const queryClient = new QueryClient()
const client = createTRPCClient<TestRouter>({ links: [httpLink({ url: 'http://127.0.0.1:1' })] })
const trpc = createTRPCOptionsProxy<TestRouter>({ client, queryClient })
const prefixed = createTRPCOptionsProxy<TestRouter, true>({ client, queryClient, keyPrefix: 'blog' })

describe('keys and filters', () => {
  test('a shorter path matches everything beneath it, the root everything there is', () => {
    expect(trpc.post.byId.queryKey({ id: 1 })).toEqual([['post', 'byId'], { input: { id: 1 }, type: 'query' }])
    expect(trpc.post.byId.queryKey()).toEqual([['post', 'byId'], { type: 'query' }])
    expect(trpc.post.pathKey()).toEqual([['post']])
    expect(trpc.post.byId.pathKey()).toEqual([['post', 'byId']])
    expect(trpc.pathKey()).toEqual([])
    queryClient.setQueryData(trpc.post.byId.queryKey({ id: 1 }), { id: 1, title: '', createdAt: '' })
    queryClient.setQueryData(trpc.greeting.queryKey(), 'hi')
    const matching = (filter: Parameters<typeof queryClient.getQueriesData>[0]) =>
      queryClient.getQueriesData(filter).length
    expect(matching(trpc.post.pathFilter())).toBe(1)
    expect(matching(trpc.post.byId.queryFilter({ id: 2 }))).toBe(0)
    expect(matching(trpc.post.byId.queryFilter())).toBe(1)
    expect(matching(trpc.pathFilter())).toBe(2)
  })

  test('filters carry what they are given', () => {
    expect(trpc.post.pathFilter({ stale: true })).toEqual({ stale: true, queryKey: [['post']] })
    expect(trpc.post.byId.queryFilter({ id: 1 }, { type: 'active' })).toEqual({
      type: 'active',
      queryKey: trpc.post.byId.queryKey({ id: 1 }),
    })
    expect(trpc.post.list.infiniteQueryFilter({ limit: 1 })).toEqual({
      queryKey: trpc.post.list.infiniteQueryKey({ limit: 1 }),
    })
  })

  test('a prefix keeps two APIs apart in one query client', () => {
    expect(prefixed.post.byId.queryKey({ id: 1 })).toEqual([['blog'], ...trpc.post.byId.queryKey({ id: 1 })])
    expect(prefixed.post.pathKey()).toEqual([['blog'], ['post']])
    expect(prefixed.pathKey()).toEqual([['blog']])
    queryClient.setQueryData(prefixed.greeting.queryKey(), 'from the blog')
    expect(queryClient.getQueryData(prefixed.greeting.queryKey())).toBe('from the blog')
    expect(queryClient.getQueryData(trpc.greeting.queryKey())).not.toBe('from the blog')
    // @ts-expect-error a prefixed proxy needs its prefix
    createTRPCOptionsProxy<TestRouter, true>({ client, queryClient })
  })

  test('what is read from the cache by a key has the type of the procedure', () => {
    const state = queryClient.getQueryState(trpc.post.byId.queryKey({ id: 1 }))
    expectTypeOf(state?.data).toEqualTypeOf<{ id: number; title: string; createdAt: string } | undefined>()
    expectTypeOf(state?.error?.data?.code).toExtend<string | undefined>()
    const pages = queryClient.getQueryData(trpc.post.list.infiniteQueryKey())
    expectTypeOf(pages?.pages[0]?.items[0]?.title).toEqualTypeOf<string | undefined>()
    queryClient.setQueryData(trpc.post.byId.queryKey({ id: 7 }), (old) => {
      expectTypeOf(old).toEqualTypeOf<{ id: number; title: string; createdAt: string } | undefined>()
      return old
    })
  })

  test('every method honours skipToken', () => {
    expect(trpc.post.byId.queryOptions(skipToken).queryFn).toBe(skipToken)
    expect(trpc.post.list.infiniteQueryOptions(skipToken, { getNextPageParam: () => null }).queryFn).toBe(skipToken)
    expect(trpc.count.subscriptionOptions(skipToken).enabled).toBe(false)
  })

  test('what is no method says so', () => {
    // @ts-expect-error useQuery is not how this binding works
    expect(() => trpc.post.byId.useQuery({ id: 1 })).toThrow('trpc.post.byId.useQuery is not a method')
  })
})
