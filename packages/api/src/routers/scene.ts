import {
  entityByIdInput,
  scene,
  sceneMoveInput,
  sceneParts,
  sceneSetCastInput,
  sceneSetLocationInput,
  sceneSetThingsInput,
} from '@worldloom/schema'
import {
  type EntityRow,
  findSceneParts,
  moveEntity,
  readsEntities,
  setCast,
  setThings,
  updateEntity,
  updatesEntities,
} from '@worldloom/worlds'
import { entityProcedures } from '../entityProcedures.ts'
import { procedure, router, writerIn } from '../trpc.ts'

export const sceneRouter = router({
  ...entityProcedures(scene),

  move: procedure(updatesEntities, {
    method: 'POST',
    path: '/scenes/{id}/move',
    summary: 'Move a scene',
    answer: scene.answer,
  })
    .input(sceneMoveInput)
    .mutation(({ ctx, input: { id, actId, afterId } }) =>
      moveEntity<EntityRow<typeof scene>>(ctx.db, writerIn(ctx), scene, { id, parentId: actId, afterId }),
    ),

  parts: procedure(readsEntities, {
    method: 'GET',
    path: '/scenes/{id}/parts',
    summary: 'Get the location, cast and things of a scene',
    answer: sceneParts,
  })
    .input(entityByIdInput)
    .query(({ ctx, input }) => findSceneParts(ctx.db, ctx.principal, input.id)),

  setCast: procedure(updatesEntities, {
    method: 'PUT',
    path: '/scenes/{id}/cast',
    summary: 'Set the cast of a scene',
    answer: sceneParts,
  })
    .input(sceneSetCastInput)
    .mutation(({ ctx, input }) => setCast(ctx.db, writerIn(ctx), input)),

  setThings: procedure(updatesEntities, {
    method: 'PUT',
    path: '/scenes/{id}/things',
    summary: 'Set the things in a scene',
    answer: sceneParts,
  })
    .input(sceneSetThingsInput)
    .mutation(({ ctx, input }) => setThings(ctx.db, writerIn(ctx), input)),

  setLocation: procedure(updatesEntities, {
    method: 'PUT',
    path: '/scenes/{id}/location',
    summary: 'Set the location of a scene',
    answer: scene.answer,
  })
    .input(sceneSetLocationInput)
    .mutation(({ ctx, input }) => updateEntity<EntityRow<typeof scene>>(ctx.db, writerIn(ctx), scene, input)),
})
