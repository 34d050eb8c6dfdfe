import { TRPCClientError } from '@trpc/client'
import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '@worldloom/api/contract'
import type { WorldloomClient } from './client.ts'
import { readError } from './errors.ts'

type Page = inferRouterOutputs<AppRouter>['world']['sync']

export interface MirrorOptions {
  /**
   * Takes a page over: stores its world, entries, tags, kinds of links and links, deletes what is gone, and keeps `page.next` as the position to
   * resume from, all in one transaction where the store has them. The next page is asked for once it is done.
   *
   * @param isNew whether everything stored before has to be dropped first: on the first page of a new mirror, and where
   * the server does not have the position any more
   */
  readonly onChange: (page: Page, isNew: boolean) => void | Promise<void>
  /** The `next` of the last page that was taken over. If omitted, everything is read. */
  readonly since?: string | undefined
  /** Ends the mirroring. */
  readonly signal?: AbortSignal
}

/** The longest pause between two attempts, in milliseconds. */
const longestPause = 30_000

/**
 * Keeps a mirror of a world up to date: reads all of it, or what was changed since a position, and then every change as
 * it is made. Comes back by itself when the server cannot be reached for a while.
 *
 * @returns once the signal is aborted
 * @throws {TRPCClientError} where trying again would not help, as when the world is not shared any more
 * @throws what `onChange` throws
 * @example await mirrorWorld(client, worldId, { since: store.position, onChange: (page, isNew) => store.apply(page, isNew) })
 */
export async function mirrorWorld(
  client: WorldloomClient,
  worldId: string,
  { onChange, since: start, signal }: MirrorOptions,
): Promise<void> {
  const news = new News()
  let since = start
  let isNew = since === undefined
  let failures = 0
  let stream: { unsubscribe(): void } | undefined
  const listen = (lastEventId: string) => {
    const end = () => {
      stream = undefined
      news.arrive()
    }
    stream = client.world.changes.subscribe(
      { worldIds: [worldId], lastEventId },
      {
        onData: ({ data }) => {
          if (data.type === 'change' || data.type === 'reset' || data.type === 'gone') news.arrive()
        },
        // Reading on says what is wrong, if anything is.
        onError: end,
        onComplete: end,
      },
    )
  }
  const onAbort = () => news.arrive()
  signal?.addEventListener('abort', onAbort)
  try {
    while (!signal?.aborted) {
      try {
        const page: Page = await client.world.sync.query(
          { worldId, ...(since !== undefined && { since }) },
          signal && { signal },
        )
        failures = 0
        if (isNew || page.world || hasAny(page)) await onChange(page, isNew)
        since = page.next
        isNew = false
        if (page.hasMore) continue
        // Before waiting, as what is committed meanwhile is in the stream.
        if (!stream) listen(since)
        await news.wait()
        // A stream that ended at once must not be opened again and again without a pause.
        if (!stream && !signal?.aborted) await pause(1000, signal)
      } catch (error) {
        if (signal?.aborted) return
        if (!(error instanceof TRPCClientError)) throw error
        const { reason, isTemporary } = readError(error)
        if (reason?.kind === 'syncAnew' && since !== undefined) {
          since = undefined
          isNew = true
        } else if (isTemporary) {
          failures++
          await pause(Math.min(longestPause, 250 * 2 ** failures) * (0.75 + Math.random() / 2), signal)
        } else {
          throw error
        }
      }
    }
  } finally {
    signal?.removeEventListener('abort', onAbort)
    stream?.unsubscribe()
  }
}

function hasAny({ entries, tags, linkKinds, links, gone }: Page): boolean {
  return [entries, tags, linkKinds, links, gone].some((list) => list.length > 0)
}

/** Lets one waiter know that there is something new, also if it came before they waited. */
class News {
  #hasArrived = false
  #resolve: (() => void) | undefined

  arrive(): void {
    this.#hasArrived = true
    this.#resolve?.()
  }

  async wait(): Promise<void> {
    if (!this.#hasArrived) {
      await new Promise<void>((resolve) => {
        this.#resolve = resolve
      })
    }
    this.#hasArrived = false
  }
}

async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, milliseconds)
    function done() {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    signal?.addEventListener('abort', done)
  })
}
