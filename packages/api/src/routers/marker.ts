import { idAnswer, markerAnswer, markerCreateInput, markerDeleteInput, markerUpdateInput } from '@worldloom/schema'
import {
  createMarker,
  createsEntities,
  deleteMarker,
  deletesEntities,
  updateMarker,
  updatesEntities,
} from '@worldloom/worlds'
import { once } from '../idempotency.ts'
import { procedure, router, writerIn } from '../trpc.ts'

const answer = markerAnswer

/** Pins and areas on maps. */
export const markerRouter = router({
  create: procedure(createsEntities, {
    method: 'POST',
    path: '/maps/{mapId}/markers',
    summary: 'Put a marker on a map',
    answer,
    once: true,
  })
    .input(markerCreateInput)
    .mutation(({ ctx, input }) => once(ctx, 'marker.create', input, (db) => createMarker(db, writerIn(ctx), input))),

  update: procedure(updatesEntities, { method: 'PATCH', path: '/markers/{id}', summary: 'Update a marker', answer })
    .input(markerUpdateInput)
    .mutation(({ ctx, input }) => updateMarker(ctx.db, writerIn(ctx), input)),

  delete: procedure(deletesEntities, {
    method: 'DELETE',
    path: '/markers/{id}',
    summary: 'Remove a marker',
    answer: idAnswer,
  })
    .input(markerDeleteInput)
    .mutation(({ ctx, input }) => deleteMarker(ctx.db, writerIn(ctx), input)),
})
