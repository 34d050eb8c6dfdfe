import { entityBrief, entityByIdInput, listOf, location, locationChildrenInput, pageOf } from '@worldloom/schema'
import { listAncestors, listChildren, readsEntities } from '@worldloom/worlds'
import { entityProcedures } from '../entityProcedures.ts'
import { procedure, router } from '../trpc.ts'

export const locationRouter = router({
  ...entityProcedures(location),

  children: procedure(readsEntities, {
    method: 'GET',
    path: '/locations/{id}/children',
    summary: 'List the locations within a location',
    answer: pageOf(location.summary),
  })
    .input(locationChildrenInput)
    .query(({ ctx, input }) => listChildren(ctx.db, ctx.principal, input)),

  ancestors: procedure(readsEntities, {
    method: 'GET',
    path: '/locations/{id}/ancestors',
    summary: 'List the locations around a location, outermost first',
    answer: listOf(entityBrief),
  })
    .input(entityByIdInput)
    .query(({ ctx, input }) => listAncestors(ctx.db, ctx.principal, input.id)),
})
