import { act, actMoveInput } from '@worldloom/schema'
import { type EntityRow, moveEntity, updatesEntities } from '@worldloom/worlds'
import { entityProcedures } from '../entityProcedures.ts'
import { procedure, router, writerIn } from '../trpc.ts'

export const actRouter = router({
  ...entityProcedures(act),

  move: procedure(updatesEntities, {
    method: 'POST',
    path: '/acts/{id}/move',
    summary: 'Move an act',
    answer: act.answer,
  })
    .input(actMoveInput)
    .mutation(({ ctx, input: { id, storyId, afterId } }) =>
      moveEntity<EntityRow<typeof act>>(ctx.db, writerIn(ctx), act, { id, parentId: storyId, afterId }),
    ),
})
