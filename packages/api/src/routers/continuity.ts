import {
  continuityCheckInput,
  continuityReport,
  dismissalAnswer,
  findingDismissInput,
  findingReopenInput,
  idAnswer,
} from '@worldloom/schema'
import { checkContinuity, dismissFinding, readsEntities, reopenFinding, updatesEntities } from '@worldloom/worlds'
import { procedure, router, writerIn } from '../trpc.ts'

/** Contradictions in a world, by rules over its dates, links and mentions. */
export const continuityRouter = router({
  check: procedure(
    { ...readsEntities, cost: 20 },
    {
      method: 'GET',
      path: '/worlds/{worldId}/continuity',
      summary: 'List the contradictions in a world',
      answer: continuityReport,
    },
    {
      name: 'check_continuity',
      description: 'Finds what contradicts itself in a world, such as somebody who acts after their death.',
    },
  )
    .input(continuityCheckInput)
    .query(({ ctx, input }) => checkContinuity(ctx.db, ctx.principal, input, ctx.language())),

  dismiss: procedure(updatesEntities, {
    method: 'POST',
    path: '/worlds/{worldId}/continuity/dismissals',
    summary: 'Dismiss a contradiction, with a reason',
    answer: dismissalAnswer,
  })
    .input(findingDismissInput)
    .mutation(async ({ ctx, input }) => {
      const { id, worldId, finding, reason, version } = await dismissFinding(ctx.db, writerIn(ctx), input)
      return { id, worldId, finding, reason, version }
    }),

  reopen: procedure(updatesEntities, {
    method: 'DELETE',
    path: '/continuity-dismissals/{id}',
    summary: 'Take back a dismissal',
    answer: idAnswer,
  })
    .input(findingReopenInput)
    .mutation(({ ctx, input }) => reopenFinding(ctx.db, writerIn(ctx), input)),
})
