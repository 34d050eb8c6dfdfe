import { entityByIdInput, story, storyOutline } from '@worldloom/schema'
import { outlineStory, readsEntities } from '@worldloom/worlds'
import { entityProcedures } from '../entityProcedures.ts'
import { procedure, router } from '../trpc.ts'

export const storyRouter = router({
  ...entityProcedures(story),

  outline: procedure(
    readsEntities,
    {
      method: 'GET',
      path: '/stories/{id}/outline',
      summary: 'Get the outline of a story',
      answer: storyOutline,
    },
    { name: 'get_story_outline', description: 'Reads the acts and scenes of a story, in order.' },
  )
    .input(entityByIdInput)
    .query(({ ctx, input }) => outlineStory(ctx.db, ctx.principal, input.id)),
})
