import { readError, type WorldEvent, type WorldloomClient } from '@worldloom/client'
import { vi } from 'vitest'
import { atEnd } from './atEnd.ts'

/** A stream of changes that is being read. */
export interface Stream {
  /** What has arrived. */
  readonly events: readonly WorldEvent[]
  /** The positions of the changes that have arrived. */
  readonly positions: number[]
  /** Why it has ended: the kind of the refusal, or `complete`; undefined while it runs. */
  readonly ended: string | undefined
  /** The id of the last event. */
  readonly lastEventId: string | undefined
  /** Waits until a condition holds. */
  until(condition: (stream: Stream) => boolean, timeout?: number): Promise<void>
  /** Waits for its end. @returns why it ended */
  end(): Promise<string | undefined>
  stop(): void
}

/** Reads a stream until the test ends. */
export function follow(client: WorldloomClient, worldIds: string[], lastEventId?: string): Stream {
  const events: WorldEvent[] = []
  let ended: string | undefined
  const subscription = client.world.changes.subscribe(
    { worldIds, ...(lastEventId !== undefined && { lastEventId }) },
    {
      onData: (event) => events.push(event),
      onError: (error) => {
        ended = readError(error).reason?.kind ?? error.message
      },
      onComplete: () => {
        ended ??= 'complete'
      },
    },
  )
  atEnd(async () => subscription.unsubscribe())
  const stream: Stream = {
    events,
    get positions() {
      return events.flatMap(({ data }) => (data.type === 'change' ? [data.change.position] : []))
    },
    get ended() {
      return ended
    },
    get lastEventId() {
      return events.at(-1)?.id
    },
    until: async (condition, timeout = 10_000) => {
      await vi.waitUntil(() => condition(stream), { timeout, interval: 5 })
    },
    end: async () => {
      await stream.until(() => ended !== undefined)
      return ended
    },
    stop: () => subscription.unsubscribe(),
  }
  return stream
}

/** Reads a stream, and waits until it has begun. */
export async function following(...given: Parameters<typeof follow>): Promise<Stream> {
  const stream = follow(...given)
  await stream.until(({ events, ended }) => events.length > 0 || ended !== undefined)
  if (stream.events.length === 0) throw new Error(`the stream did not begin: ${stream.ended}`)
  return stream
}
