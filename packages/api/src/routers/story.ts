import { entityByIdInput, story, storyOutline } from '@worldloom/schema'
import { outlineStory, readsEntities } from '@worldloom/worlds'
import { entityProcedures } from '../entityProcedures.ts'
import { procedure, router } from '../trpc.ts'

export const storyRouter = router({
  ...entityProcedures(story),

  outline: procedure(readsEntities, {
    method: 'GET',
    path: '/stories/{id}/outline',
    summary: 'Reads the acts and scenes of a story in their order',
    answer: storyOutline,
  })
    .input(entityByIdInput)
    .query(({ ctx, input }) => outlineStory(ctx.db, ctx.principal, input.id)),
})
