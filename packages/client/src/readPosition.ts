import type { TRPCLink } from '@trpc/client'
import { observable } from '@trpc/server/observable'
import type { AppRouter } from '@worldloom/api/contract'

const header = 'worldloom-position'
/** A replica that is further behind is not read from, so that older positions need not be sent. In milliseconds. */
const lifetime = 10_000

/**
 * What this client has written or heard of, so that it reads nothing older from a replica of the database: the server says with each
 * change where its log is, and is told with what is read next.
 */
export class ReadPosition {
  #position: string | undefined
  #until = 0

  /** A fetch that sends the position and learns it from responses. */
  keeping(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
    return async (input, init) => {
      const response = await fetch(input, this.#isKnown() ? { ...init, headers: this.#added(init?.headers) } : init)
      this.#learn(response.headers.get(header))
      return response
    }
  }

  /** Learns it from the events of streams. */
  link(): TRPCLink<AppRouter> {
    return () =>
      ({ op, next }) =>
        observable((observer) =>
          next(op).subscribe({
            next: (value) => {
              if ('data' in value.result) this.#learn(positionIn(value.result.data))
              observer.next(value)
            },
            error: (error) => observer.error(error),
            complete: () => observer.complete(),
          }),
        )
  }

  #isKnown(): boolean {
    return this.#position !== undefined && performance.now() < this.#until
  }

  #added(given: HeadersInit | undefined): Headers {
    const headers = new Headers(given)
    if (this.#position !== undefined) headers.set(header, this.#position)
    return headers
  }

  #learn(position: string | null | undefined): void {
    if (!position || (this.#isKnown() && !isAfter(position, this.#position ?? ''))) return
    this.#position = position
    this.#until = performance.now() + lifetime
  }
}

/** The position of an event, if it has one. */
function positionIn(data: unknown): string | undefined {
  const event = typeof data === 'object' && data !== null && 'data' in data ? data.data : undefined
  const position = typeof event === 'object' && event !== null && 'position' in event ? event.position : undefined
  return typeof position === 'string' ? position : undefined
}

/** Of positions as PostgreSQL writes them: two hexadecimal numbers, the higher part first. */
function isAfter(one: string, other: string): boolean {
  const [high = 0, low = 0] = one.split('/').map((part) => Number.parseInt(part, 16))
  const [otherHigh = 0, otherLow = 0] = other.split('/').map((part) => Number.parseInt(part, 16))
  return high > otherHigh || (high === otherHigh && low > otherLow)
}
