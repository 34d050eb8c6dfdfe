import { passwordQuery, providersQuery } from '../features/session/providers.ts'
import { queryClient, trpc } from './api.ts'

/** Data that the server put into the HTML: apps/server/src/firstPaint.ts. */
type FirstAnswer =
  | { readonly procedure: string; readonly input?: unknown; readonly isPaged?: true; readonly data: unknown }
  | { readonly route: string; readonly data: unknown }

interface Keyed {
  queryKey(input: unknown): readonly unknown[]
  infiniteQueryKey(input: unknown): readonly unknown[]
}

const routeKeys: Readonly<Record<string, readonly unknown[]>> = {
  '/auth/providers': providersQuery.queryKey,
  '/auth/password': passwordQuery.queryKey,
}

/** Seeds the page's queries with the data in the HTML, so that they need not fetch. */
export function takeFirstData(): void {
  const element = document.getElementById('first-data')
  if (!element) return
  for (const answer of JSON.parse(element.textContent ?? '[]') as FirstAnswer[]) {
    if ('route' in answer) queryClient.setQueryData(routeKeys[answer.route] ?? [answer.route], answer.data)
    else if (answer.isPaged) {
      const pages = { pages: [answer.data], pageParams: [undefined] }
      queryClient.setQueryData(keysOf(answer.procedure).infiniteQueryKey(answer.input), pages)
    } else queryClient.setQueryData(keysOf(answer.procedure).queryKey(answer.input), answer.data)
  }
  element.remove()
}

function keysOf(procedure: string): Keyed {
  const [router = '', name = ''] = procedure.split('.')
  const routers = trpc as unknown as Record<string, Record<string, Keyed>> // the proxy has every property
  const keys = routers[router]?.[name]
  if (!keys) throw new Error(`no procedure ${procedure}`)
  return keys
}
