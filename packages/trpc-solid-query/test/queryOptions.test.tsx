import { skipToken, useQuery } from '@tanstack/solid-query'
import type { TRPCClientErrorLike } from '@trpc/client'
import { createEffect, createSignal, Show } from 'solid-js'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { createTRPCOptionsProxy } from '../src/index.ts'
import { setup } from './render.tsx'
import type { TestRouter } from './testRouter.ts'

describe('queryOptions', async () => {
  const { trpc, render, observed, queryClient, client, router } = await setup()

  test('a query is fetched and its data typed without an annotation', async () => {
    const options = trpc.post.byId.queryOptions({ id: 1 })
    expect(options.trpc.path).toBe('post.byId')
    expect(options.queryKey).toEqual([['post', 'byId'], { input: { id: 1 }, type: 'query' }])
    const { findByText } = render(() => {
      const post = useQuery(() => trpc.post.byId.queryOptions({ id: 1 }))
      // Dates become strings in JSON.
      expectTypeOf(post.data).toEqualTypeOf<{ id: number; title: string; createdAt: string } | undefined>()
      expectTypeOf(post.error).toExtend<TRPCClientErrorLike<TestRouter> | null>()
      return <p>{post.data?.title}</p>
    })
    await findByText('Post 1')
    const cached = queryClient.getQueryData(trpc.post.byId.queryKey({ id: 1 }))
    expectTypeOf(cached).toEqualTypeOf<{ id: number; title: string; createdAt: string } | undefined>()
    expect(cached?.title).toBe('Post 1')
  })

  test('a procedure without input needs none', async () => {
    const { findByText } = render(() => {
      const greeting = useQuery(() => trpc.greeting.queryOptions())
      return <p>{greeting.data}</p>
    })
    await findByText('hello')
  })

  test('an input of another shape does not compile', () => {
    // @ts-expect-error an id is a number
    trpc.post.byId.queryOptions({ id: 'one' })
    // @ts-expect-error the input is required
    trpc.post.byId.queryOptions()
    // @ts-expect-error a query is not a mutation
    trpc.post.byId.mutationOptions
    // @ts-expect-error no such procedure
    trpc.post.nothing
  })

  test('the query follows a signal in its input', async () => {
    const [id, setId] = createSignal(2)
    const { findByText } = render(() => {
      const post = useQuery(() => trpc.post.byId.queryOptions({ id: id() }))
      return <p>{post.data?.title}</p>
    })
    await findByText('Post 2')
    setId(3)
    await findByText('Post 3')
  })

  test('select changes the type of the data', async () => {
    const { findByText } = render(() => {
      const title = useQuery(() =>
        trpc.post.byId.queryOptions({ id: 4 }, { select: (post) => post.title.toUpperCase() }),
      )
      expectTypeOf(title.data).toEqualTypeOf<string | undefined>()
      return <p>{title.data}</p>
    })
    await findByText('POST 4')
  })

  test('with initial data there is always data', () => {
    const initialData = { id: 5, title: 'given', createdAt: '' }
    const { getByText } = render(() => {
      const post = useQuery(() =>
        trpc.post.byId.queryOptions({ id: 5 }, { initialData, staleTime: Number.POSITIVE_INFINITY }),
      )
      expectTypeOf(post.data).toEqualTypeOf<{ id: number; title: string; createdAt: string }>()
      return <p>{post.data.title}</p>
    })
    getByText('given')
    const selected = trpc.post.byId.queryOptions({ id: 5 }, { initialData, select: (post) => post.id })
    expectTypeOf(selected.select).toExtend<((post: typeof initialData) => number) | undefined>()
  })

  test('skipToken disables a query until there is an input', async () => {
    const [id, setId] = createSignal<number>()
    const before = observed.calls.length
    const { findByText, getByText } = render(() => {
      const post = useQuery(() => {
        const known = id()
        return trpc.post.byId.queryOptions(known === undefined ? skipToken : { id: known })
      })
      expectTypeOf(post.data).toEqualTypeOf<{ id: number; title: string; createdAt: string } | undefined>()
      return (
        <Show when={post.isSuccess} fallback={<p>waiting</p>}>
          <p>{post.data?.title}</p>
        </Show>
      )
    })
    getByText('waiting')
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(observed.calls).toHaveLength(before)
    setId(6)
    await findByText('Post 6')
    expect(trpc.post.byId.queryOptions(skipToken).queryKey).toEqual([['post', 'byId'], { type: 'query' }])
  })

  test("an error is tRPC's own, with its code", async () => {
    const { findByText } = render(() => {
      const post = useQuery(() => trpc.post.byId.queryOptions({ id: 99 }))
      return <p>{post.error?.data?.code}</p>
    })
    await findByText('NOT_FOUND')
  })

  test('what a streaming query has sent so far is its data', async () => {
    const seen: number[] = []
    const { findByText } = render(() => {
      const items = useQuery(() => trpc.stream.queryOptions(3))
      expectTypeOf(items.data).toEqualTypeOf<number[] | undefined>()
      createEffect(() => seen.push(items.data?.length ?? 0))
      return <p>{items.data?.join(',')}</p>
    })
    await findByText('0,1,2')
    expect(seen).toEqual(expect.arrayContaining([1, 2, 3]))
  })

  test('request options reach the links, and not the cache', async () => {
    const seen: unknown[] = []
    const { createTRPCClient, httpLink } = await import('@trpc/client')
    const { observable } = await import('@trpc/server/observable')
    const watching = createTRPCClient<TestRouter>({
      links: [
        () =>
          ({ op }) => {
            seen.push(op.context)
            return observable((observer) => {
              observer.next({ result: { type: 'data', data: 'watched' } })
              observer.complete()
            })
          },
        httpLink({ url: 'http://127.0.0.1:1' }),
      ],
    })
    const own = createTRPCOptionsProxy<TestRouter>({ client: watching, queryClient })
    const options = own.greeting.queryOptions(undefined, { trpc: { context: { tenant: 'north' } } })
    expect(await queryClient.fetchQuery({ ...options, staleTime: 0 })).toBe('watched')
    expect(seen).toEqual([{ tenant: 'north' }])
    expect(options.trpc).toEqual({ path: 'greeting' })
  })

  test('a router in the same process can be called without HTTP', async () => {
    const local = createTRPCOptionsProxy<TestRouter>({ router, ctx: {}, queryClient: () => queryClient })
    expect(await queryClient.fetchQuery({ ...local.greeting.queryOptions(), staleTime: 0 })).toBe('hello')
    expect(local.greeting.queryKey()).toEqual(trpc.greeting.queryKey())
  })

  test('the client stays usable beside the queries', async () => {
    expect(await client.greeting.query()).toBe('hello')
  })
})

describe('abort', () => {
  test('a request goes on when nobody waits for it, unless asked otherwise', async () => {
    const { trpc, observed, queryClient } = await setup()
    const fetching = queryClient.fetchQuery(trpc.slow.queryOptions('kept')).catch(() => 'cancelled')
    await expect.poll(() => observed.calls).toContain('slow kept')
    await queryClient.cancelQueries(trpc.slow.queryFilter('kept'))
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(observed.aborted).toEqual([])
    expect(await fetching).toBe('cancelled')
  })

  test('abortOnUnmount ends it on the server too, for one query or for all', async () => {
    for (const [options, trpcOptions] of [
      [{ abortOnUnmount: true }, undefined],
      [{}, { abortOnUnmount: true }],
    ] as const) {
      const { trpc, observed, render } = await setup(options)
      const { unmount } = render(() => {
        const slow = useQuery(() => trpc.slow.queryOptions('dropped', { ...(trpcOptions && { trpc: trpcOptions }) }))
        return <p>{slow.status}</p>
      })
      await expect.poll(() => observed.calls).toContain('slow dropped')
      unmount()
      await expect.poll(() => observed.aborted).toEqual(['dropped'])
    }
  })
})
