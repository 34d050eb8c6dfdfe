import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '@worldloom/api/contract'
import type { WorldloomClient } from './client.ts'

type Stream = inferRouterOutputs<AppRouter>['world']['changes']
type Tracked = Stream extends AsyncIterable<infer Event> ? Event : never

/** An event of a world, and the position after it, which `watch` takes to go on from there. */
export interface Watched {
  readonly id: string
  readonly event: Tracked['data']
}

export interface WatchOptions {
  /** The `id` of the last event that was taken. If omitted, it begins with now. */
  readonly lastEventId?: string | undefined
  readonly signal?: AbortSignal
}

/**
 * What happens in worlds, as it happens. Comes back by itself after an interruption, where it was. Events that are not taken yet are
 * kept.
 *
 * @returns ends when the signal is aborted
 * @throws {TRPCClientError} where trying again would not help, as when a world is not shared any more
 * @example for await (const { id, event } of watch(client, [worldId], { lastEventId, signal })) console.log(event.type)
 */
export async function* watch(
  client: WorldloomClient,
  worldIds: inferRouterInputs<AppRouter>['world']['changes']['worldIds'],
  { lastEventId, signal }: WatchOptions = {},
): AsyncGenerator<Watched, void, undefined> {
  const waiting: Watched[] = []
  let failure: { readonly error: unknown } | undefined
  let isOver = false
  let wake = () => {}
  const tell = () => wake()
  const end = () => {
    isOver = true
    tell()
  }
  const stream = client.world.changes.subscribe(
    { worldIds, ...(lastEventId !== undefined && { lastEventId }) },
    {
      onData: ({ id, data }) => {
        waiting.push({ id, event: data })
        tell()
      },
      onError: (error) => {
        failure = { error }
        end()
      },
      onComplete: end,
    },
  )
  signal?.addEventListener('abort', end, { once: true })
  try {
    while (!signal?.aborted) {
      const next = waiting.shift()
      if (next) yield next
      else if (failure) throw failure.error
      else if (isOver) return
      else
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    }
  } finally {
    signal?.removeEventListener('abort', end)
    stream.unsubscribe()
  }
}
