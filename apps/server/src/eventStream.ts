import { type SSEMessage, streamSSE } from 'hono/streaming'
import type { AppContext } from './appTypes.ts'

/** How often a stream on which nothing happens says that it is still there, for proxies that close silent ones. */
const pingMilliseconds = 15_000

/**
 * Sends Server-Sent Events until they end or the reader leaves, no faster than they are read.
 *
 * @param left is aborted when the reader leaves
 * @param ping sent now and then
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function eventStream(
  c: AppContext,
  messages: AsyncGenerator<SSEMessage>,
  left: AbortController,
  ping: string,
): Response {
  // Proxies must not wait until there is more.
  c.header('x-accel-buffering', 'no')
  return streamSSE(c, async (stream) => {
    stream.onAbort(() => left.abort())
    let isWriting = false
    const timer = setInterval(() => {
      if (!isWriting) void stream.write(ping)
    }, pingMilliseconds)
    try {
      for await (const message of messages) {
        if (left.signal.aborted) break
        isWriting = true
        await stream.writeSSE(message)
        isWriting = false
      }
    } finally {
      clearInterval(timer)
    }
  })
}
