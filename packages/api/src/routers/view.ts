import {
  idAnswer,
  listOf,
  viewAnswer,
  viewCreateInput,
  viewDeleteInput,
  viewListInput,
  viewUpdateInput,
} from '@worldloom/schema'
import { createView, deleteView, listViews, readsEntities, updateView } from '@worldloom/worlds'
import { procedure, router } from '../trpc.ts'

/** How people look at the entries of a kind: saved for themselves, or shared with everybody in the world. */
export const viewRouter = router({
  list: procedure(readsEntities, {
    method: 'GET',
    path: '/worlds/{worldId}/views',
    summary: 'List the views of a kind of entry that you can use',
    answer: listOf(viewAnswer),
  })
    .input(viewListInput)
    .query(({ ctx, input }) => listViews(ctx.db, ctx.principal, input)),

  create: procedure(readsEntities, {
    method: 'POST',
    path: '/worlds/{worldId}/views',
    summary: 'Save a view',
    answer: viewAnswer,
  })
    .input(viewCreateInput)
    .mutation(({ ctx, input }) => createView(ctx.db, ctx.principal, input)),

  update: procedure(readsEntities, {
    method: 'PATCH',
    path: '/views/{id}',
    summary: 'Change a view',
    answer: viewAnswer,
  })
    .input(viewUpdateInput)
    .mutation(({ ctx, input }) => updateView(ctx.db, ctx.principal, input)),

  delete: procedure(readsEntities, {
    method: 'DELETE',
    path: '/views/{id}',
    summary: 'Delete a view',
    answer: idAnswer,
  })
    .input(viewDeleteInput)
    .mutation(({ ctx, input }) => deleteView(ctx.db, ctx.principal, input)),
})
