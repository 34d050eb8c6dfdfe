import { pageOf, timelineItem, timelineListInput } from '@worldloom/schema'
import { listTimeline, readsEntities } from '@worldloom/worlds'
import { procedure, router } from '../trpc.ts'

/** What happens in a world, in its own time. */
export const timelineRouter = router({
  list: procedure(
    { ...readsEntities, cost: 3 },
    {
      method: 'GET',
      path: '/worlds/{worldId}/timeline',
      summary: 'List what happens in a world, in world time',
      answer: pageOf(timelineItem),
    },
    { name: 'list_timeline', description: 'Lists what happens in a world, in the order of its own calendar.' },
  )
    .input(timelineListInput)
    .query(({ ctx, input }) => listTimeline(ctx.db, ctx.principal, input)),
})
