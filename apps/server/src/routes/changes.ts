import { followWorlds, publicError, toTRPCError } from '@worldloom/api'
import { checkAccess } from '@worldloom/auth'
import { worldChangesInput } from '@worldloom/schema'
import { readsEntities } from '@worldloom/worlds'
import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { AppEnvironment } from '../appTypes.ts'
import { answering } from '../problem.ts'
import { type ContextDependencies, createContext } from '../requestContext.ts'

/** How often a stream on which nothing happens says that it is still there, for proxies that close silent ones. */
const pingMilliseconds = 15_000
/** After how many milliseconds a reader whose connection was lost comes back. */
const retry = 1000

/**
 * What happens in a world, as Server-Sent Events: those of the procedure `world.changes`.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function changesRoutes(deps: ContextDependencies): Hono<AppEnvironment> {
  return new Hono<AppEnvironment>().get('/worlds/:worldId/changes', (c) =>
    answering(c, async () => {
      const context = await createContext(deps, c, 'one')
      const principal = checkAccess(await context.principal(), readsEntities)
      const input = worldChangesInput.parse({
        worldIds: [c.req.param('worldId')],
        lastEventId: c.req.header('last-event-id') ?? c.req.query('lastEventId'),
      })
      const left = new AbortController()
      const events = followWorlds({ ...context, principal }, input, left.signal)
      // Before the response begins, so that what is refused has its own status.
      const first = await events.next()
      c.header('x-accel-buffering', 'no')
      return streamSSE(c, async (stream) => {
        stream.onAbort(() => left.abort())
        const ping = setInterval(() => void stream.write(':\n\n'), pingMilliseconds)
        try {
          for (let next = first; !next.done && !left.signal.aborted; next = await events.next()) {
            const [id, { type, ...data }] = next.value
            await stream.writeSSE({ id, event: type, data: JSON.stringify(data), ...(type === 'start' && { retry }) })
          }
        } catch (error) {
          const { message, reason } = publicError(toTRPCError(error), context.requestId)
          await stream.writeSSE({ event: 'error', data: JSON.stringify({ detail: message, reason }) })
        } finally {
          clearInterval(ping)
          await events.return(undefined)
        }
      })
    }),
  )
}
