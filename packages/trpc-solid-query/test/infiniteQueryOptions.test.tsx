import { type InfiniteData, skipToken, useInfiniteQuery } from '@tanstack/solid-query'
import { For } from 'solid-js'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { setup } from './render.tsx'

interface Posts {
  items: { id: number; title: string }[]
  nextCursor: number | null
}

describe('infiniteQueryOptions', async () => {
  const { trpc, render, observed, queryClient } = await setup()

  test('pages follow each other by their cursors', async () => {
    const { findByText, getByRole } = render(() => {
      const posts = useInfiniteQuery(() =>
        trpc.post.list.infiniteQueryOptions({ limit: 4 }, { getNextPageParam: (page) => page.nextCursor }),
      )
      expectTypeOf(posts.data).toEqualTypeOf<InfiniteData<Posts, number | null> | undefined>()
      return (
        <>
          <button type="button" onClick={() => posts.fetchNextPage()}>
            {posts.hasNextPage ? 'more' : 'end'}
          </button>
          <For each={posts.data?.pages}>{(page) => <p>{page.items.map((item) => item.id).join(',')}</p>}</For>
        </>
      )
    })
    await findByText('0,1,2,3')
    getByRole('button').click()
    await findByText('4,5,6,7')
    getByRole('button').click()
    await findByText('8')
    await findByText('end')
    expect(observed.calls).toEqual(['post.list 0 forward', 'post.list 4 forward', 'post.list 8 forward'])
  })

  test('the cursor is not part of the key, and pages are not confused with single lists', () => {
    const options = trpc.post.list.infiniteQueryOptions({ limit: 4, cursor: 8 }, { getNextPageParam: () => null })
    expect(options.queryKey).toEqual([['post', 'list'], { input: { limit: 4 }, type: 'infinite' }])
    expect(options.initialPageParam).toBe(8)
    expect(trpc.post.list.infiniteQueryKey({ limit: 4 })).toEqual(options.queryKey)
    expect(trpc.post.list.queryKey({ limit: 4 })).not.toEqual(options.queryKey)
  })

  test('it can begin anywhere, also at a falsy cursor', async () => {
    const from = (initialCursor: number) =>
      queryClient.fetchInfiniteQuery({
        ...trpc.post.list.infiniteQueryOptions({ limit: 2 }, { initialCursor, getNextPageParam: () => null }),
        staleTime: 0,
      })
    expect((await from(6)).pages[0]?.items[0]?.id).toBe(6)
    queryClient.removeQueries(trpc.post.list.infiniteQueryFilter())
    expect((await from(0)).pages[0]?.items[0]?.id).toBe(0)
  })

  test('select changes the type of the data', async () => {
    const { findByText } = render(() => {
      const titles = useInfiniteQuery(() =>
        trpc.post.list.infiniteQueryOptions(
          { limit: 1 },
          { getNextPageParam: (page) => page.nextCursor, select: (data) => data.pages.flatMap((page) => page.items) },
        ),
      )
      expectTypeOf(titles.data).toEqualTypeOf<Posts['items'] | undefined>()
      return <p>{titles.data?.[0]?.title}</p>
    })
    await findByText('Post 0')
  })

  test('skipToken disables it', () => {
    const options = trpc.post.list.infiniteQueryOptions(skipToken, { getNextPageParam: () => null })
    expect(options.queryFn).toBe(skipToken)
  })

  test('only a query whose input has a cursor can be read in pages', () => {
    // @ts-expect-error post.byId has no cursor
    trpc.post.byId.infiniteQueryOptions
    // @ts-expect-error getNextPageParam is required
    trpc.post.list.infiniteQueryOptions({ limit: 1 }, {})
  })
})
