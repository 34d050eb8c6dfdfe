import { QueryClient, useMutation, useQuery } from '@tanstack/solid-query'
import { initTRPC } from '@trpc/server'
import { createSignal } from 'solid-js'
import { expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import { createTRPCOptionsProxy, type inferInput, type inferOutput, type TRPCOptionsProxy } from '../src/index.ts'
import { setup } from './render.tsx'

const t = initTRPC.create()

/** A router factory, mounted once per kind. */
function createExportRouter(kind: string) {
  const names: string[] = []
  return t.router({
    list: t.procedure.query(() => names),
    start: t.procedure.input(z.object({ name: z.string() })).mutation(({ input }) => {
      names.push(`${kind} ${input.name}`)
      return names.length
    }),
  })
}

type ExportRouter = ReturnType<typeof createExportRouter>

/** Knows the shape of such a router, but not where it is mounted. */
function Exports(props: { route: TRPCOptionsProxy<ExportRouter>; client: QueryClient }) {
  const list = useQuery(
    () => props.route.list.queryOptions(),
    () => props.client,
  )
  const start = useMutation(
    () =>
      props.route.start.mutationOptions({
        onSuccess: () => props.client.invalidateQueries(props.route.list.queryFilter()),
      }),
    () => props.client,
  )
  expectTypeOf(list.data).toEqualTypeOf<string[] | undefined>()
  return (
    <>
      <button type="button" onClick={() => start.mutate({ name: 'one' })}>
        start
      </button>
      <p>{list.data?.join(',')}</p>
    </>
  )
}

test('a component works with every router of a shape, wherever it is mounted', async () => {
  type Start = TRPCOptionsProxy<ExportRouter>['start']
  expectTypeOf<inferInput<Start>>().toEqualTypeOf<{ name: string }>()
  expectTypeOf<inferOutput<Start>>().toEqualTypeOf<number>()
  const { render } = await setup()
  const router = t.router({
    stories: t.router({ export: createExportRouter('story') }),
    images: createExportRouter('image'),
  })
  const client = new QueryClient()
  const trpc = createTRPCOptionsProxy<typeof router>({ router, ctx: {}, queryClient: client })
  const [route, setRoute] = createSignal<TRPCOptionsProxy<ExportRouter>>(trpc.stories.export)
  const { findByText, getByRole } = render(() => <Exports route={route()} client={client} />)
  getByRole('button').click()
  await findByText('story one')
  setRoute(() => trpc.images)
  getByRole('button').click()
  await findByText('image one')
})
