import type { httpBatchStreamLink } from '@trpc/client'
import type { AppRouter } from '@worldloom/api/contract'

/** The part of fetch that tRPC uses. It does not export the type. */
type LinkFetch = NonNullable<Parameters<typeof httpBatchStreamLink<AppRouter>>[0]['fetch']>

/** A fetch that aborts with a `TimeoutError` if the response does not start in time. */
export function timeoutFetch(fetch: typeof globalThis.fetch, milliseconds: number): LinkFetch {
  return async (input, init) => {
    // tRPC has its own types for the parts of fetch it uses.
    const request = init as RequestInit | undefined
    const target = input as string | URL
    if (milliseconds <= 0) return await fetch(target, request)
    const timer = new AbortController()
    const timeout = setTimeout(
      () => timer.abort(new DOMException(`No answer within ${milliseconds} ms`, 'TimeoutError')),
      milliseconds,
    )
    const signal = request?.signal ? AbortSignal.any([request.signal, timer.signal]) : timer.signal
    try {
      return await fetch(target, { ...request, signal })
    } finally {
      // The body may stream for any length of time.
      clearTimeout(timeout)
    }
  }
}
