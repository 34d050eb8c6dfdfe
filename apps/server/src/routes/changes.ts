import { followWorlds, publicError, toTRPCError } from '@worldloom/api'
import { checkAccess } from '@worldloom/auth'
import { type LiveEvent, worldChangesInput } from '@worldloom/schema'
import { readsEntities } from '@worldloom/worlds'
import { Hono } from 'hono'
import type { SSEMessage } from 'hono/streaming'
import type { AppEnvironment } from '../appTypes.ts'
import { eventStream } from '../eventStream.ts'
import { answering } from '../problem.ts'
import { type ContextDependencies, createContext } from '../requestContext.ts'

/** After how many milliseconds a reader whose connection was lost comes back. */
const retry = 1000

/** What happens in a world, as Server-Sent Events: those of the procedure `world.changes`. */
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
      return eventStream(c, messagesOf(first, events, context.requestId), left, ':\n\n')
    }),
  )
}

type Event = [position: string, event: LiveEvent]

async function* messagesOf(
  first: IteratorResult<Event>,
  events: AsyncGenerator<Event>,
  requestId: string,
): AsyncGenerator<SSEMessage> {
  try {
    for (let next = first; !next.done; next = await events.next()) {
      const [id, { type, ...data }] = next.value
      yield { id, event: type, data: JSON.stringify(data), ...(type === 'start' && { retry }) }
    }
  } catch (error) {
    const { message, reason } = publicError(toTRPCError(error), requestId)
    yield { event: 'error', data: JSON.stringify({ detail: message, reason }) }
  } finally {
    await events.return(undefined)
  }
}
