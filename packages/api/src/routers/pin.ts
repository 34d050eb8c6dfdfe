import { listOf, pinAnswer, pinInput, pinListInput, pinnedEntry } from '@worldloom/schema'
import { listPins, pinEntry, readsEntities, unpinEntry } from '@worldloom/worlds'
import { procedure, router } from '../trpc.ts'

/** Entries that a person keeps at hand. Nobody else sees them. */
export const pinRouter = router({
  list: procedure(readsEntities, {
    method: 'GET',
    path: '/worlds/{worldId}/pins',
    summary: 'List the entries of a world that you pinned',
    answer: listOf(pinnedEntry),
  })
    .input(pinListInput)
    .query(({ ctx, input }) => listPins(ctx.db, ctx.principal, input.worldId)),

  add: procedure(readsEntities, {
    method: 'PUT',
    path: '/entries/{id}/pin',
    summary: 'Pin an entry',
    answer: pinAnswer,
  })
    .input(pinInput)
    .mutation(({ ctx, input }) => pinEntry(ctx.db, ctx.principal, input.id)),

  remove: procedure(readsEntities, {
    method: 'DELETE',
    path: '/entries/{id}/pin',
    summary: 'Unpin an entry',
    answer: pinAnswer,
  })
    .input(pinInput)
    .mutation(({ ctx, input }) => unpinEntry(ctx.db, ctx.principal, input.id)),
})
