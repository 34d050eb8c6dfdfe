import {
  entryMap,
  idAnswer,
  listOf,
  mapAnswer,
  mapByIdInput,
  mapCreateInput,
  mapDeleteInput,
  mapListInput,
  mapSummary,
  mapsOfInput,
  mapUpdateInput,
  wholeMap,
} from '@worldloom/schema'
import {
  createMap,
  createsEntities,
  deleteMap,
  deletesEntities,
  findMap,
  listMaps,
  listMapsOf,
  readsEntities,
  updateMap,
  updatesEntities,
} from '@worldloom/worlds'
import { once } from '../idempotency.ts'
import { procedure, router, writerIn } from '../trpc.ts'

/** Images of a world with markers on them. */
export const mapRouter = router({
  list: procedure(readsEntities, {
    method: 'GET',
    path: '/worlds/{worldId}/maps',
    summary: 'List the maps of a world',
    answer: listOf(mapSummary),
  })
    .input(mapListInput)
    .query(({ ctx, input }) => listMaps(ctx.db, ctx.principal, input.worldId)),

  byId: procedure(readsEntities, {
    method: 'GET',
    path: '/maps/{id}',
    summary: 'Get a map with its markers',
    answer: wholeMap,
  })
    .input(mapByIdInput)
    .query(({ ctx, input }) => findMap(ctx.db, ctx.principal, input.id)),

  of: procedure(readsEntities, {
    method: 'GET',
    path: '/entries/{id}/maps',
    summary: 'List the maps that an entry is on',
    answer: listOf(entryMap),
  })
    .input(mapsOfInput)
    .query(({ ctx, input }) => listMapsOf(ctx.db, ctx.principal, input.id)),

  create: procedure(createsEntities, {
    method: 'POST',
    path: '/worlds/{worldId}/maps',
    summary: 'Create a map of an image',
    answer: mapAnswer,
    creates: '/maps/{id}',
    once: true,
  })
    .input(mapCreateInput)
    .mutation(({ ctx, input }) => once(ctx, 'map.create', input, (db) => createMap(db, writerIn(ctx), input))),

  update: procedure(updatesEntities, {
    method: 'PATCH',
    path: '/maps/{id}',
    summary: 'Update a map',
    answer: mapAnswer,
  })
    .input(mapUpdateInput)
    .mutation(({ ctx, input }) => updateMap(ctx.db, writerIn(ctx), input)),

  delete: procedure(deletesEntities, {
    method: 'DELETE',
    path: '/maps/{id}',
    summary: 'Delete a map; undoing that brings it back',
    answer: idAnswer,
  })
    .input(mapDeleteInput)
    .mutation(({ ctx, input }) => deleteMap(ctx.db, writerIn(ctx), input)),
})
