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
