import { idAnswer, peopleHere, presenceLeaveInput, presenceListInput, presenceReportInput } from '@worldloom/schema'
import { leavePresence, listPresence, readsEntities, reportPresence } from '@worldloom/worlds'
import { procedure, router } from '../trpc.ts'

/** Who has a world open at the moment, and what in it; for its members. Others hear of it through `world.changes`. */
export const presenceRouter = router({
  // Replicas do not have what is kept in memory alone.
  list: procedure(
    { ...readsEntities, mayLag: false },
    {
      method: 'GET',
      path: '/worlds/{worldId}/presence',
      summary: 'List who has a world open',
      answer: peopleHere,
    },
  )
    .input(presenceListInput)
    .query(({ ctx, input }) => listPresence(ctx.db, ctx.principal, input.worldId)),

  report: procedure(readsEntities, {
    method: 'PUT',
    path: '/worlds/{worldId}/presence/{clientId}',
    summary: 'Report that you have a world open; to be repeated every 30 seconds',
    answer: peopleHere,
  })
    .input(presenceReportInput)
    .mutation(({ ctx, input }) => reportPresence(ctx.db, ctx.principal, input)),

  leave: procedure(readsEntities, {
    method: 'DELETE',
    path: '/worlds/{worldId}/presence/{clientId}',
    summary: 'Report that you have left a world',
    answer: idAnswer,
  })
    .input(presenceLeaveInput)
    .mutation(({ ctx, input }) => leavePresence(ctx.db, ctx.principal, input)),
})
