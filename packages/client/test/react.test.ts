// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createElement, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, expectTypeOf, test } from 'vitest'
import { createWorldloomReactClient, worldloom } from '../src/react.ts'
import { startWorldloom } from './worldloom.ts'

const server = await startWorldloom()

function Worlds() {
  const [name, setName] = useState('')
  const utils = worldloom.useUtils()
  const worlds = worldloom.world.list.useQuery({ sort: 'name' })
  const create = worldloom.world.create.useMutation({ onSuccess: () => utils.world.list.invalidate() })
  if (worlds.data)
    expectTypeOf(worlds.data.items[0]?.visibility).toEqualTypeOf<'private' | 'unlisted' | 'public' | undefined>()
  return createElement(
    'main',
    {},
    createElement(
      'p',
      {},
      worlds.isPending ? 'Loading' : worlds.data?.items.map((world) => world.displayName).join(', '),
    ),
    createElement('input', {
      value: name,
      onChange: (event: { target: { value: string } }) => setName(event.target.value),
    }),
    createElement('button', { type: 'button', onClick: () => create.mutate({ name: 'From React' }) }, 'Create'),
  )
}

test('a component renders what Worldloom answers, and what it changes', async () => {
  const queryClient = new QueryClient()
  const client = createWorldloomReactClient({ ...server })
  const root = createRoot(document.body)
  root.render(
    createElement(
      worldloom.Provider,
      { client, queryClient } as never, // the children are added by the provider
      createElement(QueryClientProvider, { client: queryClient }, createElement(Worlds)),
    ),
  )
  await expect.poll(() => document.querySelector('p')?.textContent).toBe('')
  document.querySelector('button')?.click()
  await expect.poll(() => document.querySelector('p')?.textContent).toBe('From React')
  root.unmount()
})
