import type { EventSource as SendingEventSource } from 'eventsource'

/** Opens a stream of events. */
export type OpenEventSource = (url: string) => EventSource | SendingEventSource

/**
 * tRPC wants a class that is there from the start; which one it is to be is decided when it is used.
 *
 * @see https://trpc.io/docs/client/links/httpSubscriptionLink
 */
export const OpenedEventSource = function (url: string, init: { readonly open: OpenEventSource }) {
  // Also keeps minifiers from making it an arrow function, which is no constructor.
  if (!new.target) throw new TypeError('an event source is made with new')
  return init.open(url)
} as unknown as new (
  url: string,
  init?: { readonly open: OpenEventSource },
) => EventSource // `new` returns what the function does

/**
 * The platform's own, where cookies are all it has to send; otherwise one that can send headers.
 *
 * @param fetch with the headers
 */
export async function loadEventSource(fetch: typeof globalThis.fetch | undefined): Promise<OpenEventSource> {
  if (!fetch && typeof globalThis.EventSource === 'function') return (url) => new globalThis.EventSource(url)
  const { EventSource } = await import('eventsource')
  return (url) => new EventSource(url, fetch && { fetch: (input, init) => fetch(input, init as RequestInit) })
}
