import { graphAnswer, graphAroundInput, graphWorldInput } from '@worldloom/schema'
import { findGraphAround, findGraphOfWorld, readsEntities } from '@worldloom/worlds'
import { procedure, router } from '../trpc.ts'

/** Entries and what connects them: links, mentions and what the model itself has. */
export const graphRouter = router({
  around: procedure(
    { ...readsEntities, cost: 10 },
    {
      method: 'GET',
      path: '/entries/{id}/graph',
      summary: 'Get the entries around an entry',
      answer: graphAnswer,
    },
    {
      name: 'get_graph_around',
      description:
        'Reads what an entry is connected with, up to three steps away: links, mentions, and what the world itself says, such as who is in a scene.',
    },
  )
    .input(graphAroundInput)
    .query(({ ctx, input }) => findGraphAround(ctx.db, ctx.principal, input)),

  world: procedure(
    { ...readsEntities, cost: 10 },
    {
      method: 'GET',
      path: '/worlds/{worldId}/graph',
      summary: 'Get the most connected entries of a world',
      answer: graphAnswer,
    },
  )
    .input(graphWorldInput)
    .query(({ ctx, input }) => findGraphOfWorld(ctx.db, ctx.principal, input)),
})
