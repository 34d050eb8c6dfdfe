import { QueryClient, useMutation, useQuery } from '@tanstack/solid-query'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { createTRPCOptionsProxy } from '../src/index.ts'
import { setup } from './render.tsx'
import type { TestRouter } from './testRouter.ts'

interface Post {
  id: number
  title: string
}

describe('mutationOptions', async () => {
  const { trpc, render, queryClient, client } = await setup()

  test('a mutation takes the input and gives the output of its procedure', async () => {
    const { findByText, getByRole } = render(() => {
      const create = useMutation(() => trpc.post.create.mutationOptions())
      expectTypeOf(create.data).toEqualTypeOf<Post | undefined>()
      expectTypeOf(create.mutate).parameter(0).toEqualTypeOf<{ title: string }>()
      return (
        <button type="button" onClick={() => create.mutate({ title: 'New' })}>
          {create.data?.title ?? 'create'}
        </button>
      )
    })
    getByRole('button').click()
    await findByText('New')
  })

  test('an optimistic update sees the input, and its context is typed through', async () => {
    const key = trpc.post.list.queryKey({ limit: 3 })
    queryClient.setQueryData(key, { items: [], nextCursor: null })
    const steps: string[] = []
    const { getByRole } = render(() => {
      const create = useMutation(() =>
        trpc.post.create.mutationOptions({
          onMutate: (input) => {
            expectTypeOf(input).toEqualTypeOf<{ title: string }>()
            const previous = queryClient.getQueryData(key)
            queryClient.setQueryData(key, { items: [{ id: -1, title: input.title }], nextCursor: null })
            steps.push(`shown ${queryClient.getQueryData(key)?.items[0]?.title}`)
            return { previous }
          },
          onError: (_error, _input, context) => {
            expectTypeOf(context?.previous?.items).toEqualTypeOf<Post[] | undefined>()
            queryClient.setQueryData(key, context?.previous)
            steps.push(`rolled back to ${queryClient.getQueryData(key)?.items.length}`)
          },
        }),
      )
      return (
        <button type="button" onClick={() => create.mutate({ title: '' })}>
          {create.status}
        </button>
      )
    })
    getByRole('button').click()
    await expect.poll(() => steps).toEqual(['shown ', 'rolled back to 0'])
  })

  test('what a mutation invalidates is read again', async () => {
    const { findByText, getByRole } = render(() => {
      const list = useQuery(() => trpc.post.list.queryOptions({ limit: 50 }))
      const create = useMutation(() =>
        trpc.post.create.mutationOptions({ onSuccess: () => queryClient.invalidateQueries(trpc.post.pathFilter()) }),
      )
      return (
        <>
          <button type="button" onClick={() => create.mutate({ title: 'Latest' })}>
            create
          </button>
          <p>{list.data?.items.at(-1)?.title}</p>
        </>
      )
    })
    await findByText('New')
    getByRole('button').click()
    await findByText('Latest')
  })

  test('the key is the path, with the prefix of the proxy', () => {
    expect(trpc.post.create.mutationKey()).toEqual([['post', 'create']])
    const prefixed = createTRPCOptionsProxy<TestRouter, true>({ client, queryClient, keyPrefix: 'blog' })
    expect(prefixed.post.create.mutationOptions().mutationKey).toEqual([['blog'], ['post', 'create']])
    expectTypeOf(prefixed.post.create.mutationKey()).toEqualTypeOf<[prefix: string[], path: string[]]>()
  })

  test('an override runs around the success of every mutation, with its own and the default callback', async () => {
    const steps: unknown[] = []
    const own = new QueryClient()
    const overridden = createTRPCOptionsProxy<TestRouter>({
      client,
      queryClient: own,
      overrides: {
        mutations: {
          onSuccess: async ({ originalFn, queryClient: given, meta }) => {
            steps.push('before', meta, given === own)
            await originalFn()
            steps.push('after')
          },
        },
      },
    })
    own.setMutationDefaults(overridden.post.create.mutationKey(), { onSuccess: () => steps.push('default') as never })
    const run = (options: ReturnType<typeof overridden.post.create.mutationOptions>) =>
      own.getMutationCache().build(own, options).execute({ title: 'x' })
    await run(
      overridden.post.create.mutationOptions({ meta: { from: 'test' }, onSuccess: () => steps.push('own') as never }),
    )
    expect(steps).toEqual(['before', { from: 'test' }, true, 'own', 'after'])
    steps.length = 0
    await run(overridden.post.create.mutationOptions())
    expect(steps).toEqual(['before', {}, true, 'default', 'after'])
  })
})
