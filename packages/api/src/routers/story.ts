import { entityByIdInput, story, storyOutline } from '@worldloom/schema'
import { entityProcedures, readsEntities } from '../entities/entityProcedures.ts'
import { outlineStory } from '../entities/story.ts'
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
