import type { httpBatchStreamLink } from '@trpc/client'
import type { AppRouter } from '@worldloom/api/contract'

/** The part of fetch that tRPC uses; it exports no name for it. */
type LinkFetch = NonNullable<Parameters<typeof httpBatchStreamLink<AppRouter>>[0]['fetch']>

/** A fetch that gives up, with a `TimeoutError`, when the answer has not begun in time. */
export function timeoutFetch(fetch: typeof globalThis.fetch, milliseconds: number): LinkFetch {
  return async (input, init) => {
    // tRPC describes the parts of fetch it uses by types of its own.
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
      // The body may stream for as long as it likes.
      clearTimeout(timeout)
    }
  }
}
