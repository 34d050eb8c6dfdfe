// @vitest-environment jsdom
import { QueryClient, QueryClientProvider, useMutation, useQuery } from '@tanstack/solid-query'
import { createComponent, type JSX } from 'solid-js'
import { render } from 'solid-js/web'
import { expect, expectTypeOf, test } from 'vitest'
import { createWorldloomClient } from '../src/index.ts'
import { useWorldloom, WorldloomProvider, worldloomQueries } from '../src/solid.ts'
import { startWorldloom } from './worldloom.ts'

const server = await startWorldloom()

function Worlds() {
  const worldloom = useWorldloom()
  const worlds = useQuery(() => worldloom.world.list.queryOptions({ sort: 'name' }))
  const create = useMutation(() => worldloom.world.create.mutationOptions({ onSuccess: () => worlds.refetch() }))
  expectTypeOf(worlds.data?.items[0]?.visibility).toEqualTypeOf<'private' | 'unlisted' | 'public' | undefined>()
  const button = document.createElement('button')
  button.onclick = () => create.mutate({ name: 'From Solid' })
  const text = () => (worlds.isPending ? 'Loading' : worlds.data?.items.map((world) => world.displayName).join(', '))
  return [text, button] as unknown as JSX.Element // the same as compiled JSX
}

test('a component renders what Worldloom answers, and what it changes', async () => {
  const queryClient = new QueryClient()
  const client = createWorldloomClient({ ...server })
  const dispose = render(
    () =>
      createComponent(QueryClientProvider, {
        client: queryClient,
        get children() {
          return createComponent(WorldloomProvider, {
            client,
            get children() {
              return createComponent(Worlds, {})
            },
          })
        },
      }),
    document.body,
  )
  expect(document.body.textContent).toBe('Loading')
  await expect.poll(() => document.body.textContent).toBe('')
  document.querySelector('button')?.click()
  await expect.poll(() => document.body.textContent).toBe('From Solid')
  dispose()
})

test('without a provider, the options go to any query', async () => {
  const queryClient = new QueryClient()
  const worldloom = worldloomQueries({ client: createWorldloomClient({ ...server }), queryClient })
  const me = await queryClient.fetchQuery(worldloom.me.get.queryOptions())
  expect(me.signedInWith).toBe('apiKey')
})
