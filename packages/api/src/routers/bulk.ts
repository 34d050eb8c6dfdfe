import {
  bulkAnswer,
  bulkDeleted,
  bulkDeleteInput,
  bulkMoveInput,
  bulkRestoreInput,
  bulkTagInput,
} from '@worldloom/schema'
import {
  deleteEntries,
  deletesEntities,
  moveEntries,
  restoreEntries,
  tagEntries,
  updatesEntities,
} from '@worldloom/worlds'
import { procedure, router, writerIn } from '../trpc.ts'

/** Changes of many entries of a world at once: all of them or none, and undone as one. */
export const bulkRouter = router({
  tag: procedure(
    { ...updatesEntities, cost: 10 },
    {
      method: 'POST',
      path: '/worlds/{worldId}/entries/tag',
      summary: 'Give tags to many entries, or take them away',
      answer: bulkAnswer,
    },
  )
    .input(bulkTagInput)
    .mutation(({ ctx, input }) => tagEntries(ctx.db, writerIn(ctx), input)),

  move: procedure(
    { ...updatesEntities, cost: 10 },
    {
      method: 'POST',
      path: '/worlds/{worldId}/entries/move',
      summary: 'Move many entries of one kind into another',
      answer: bulkAnswer,
    },
  )
    .input(bulkMoveInput)
    .mutation(({ ctx, input }) => moveEntries(ctx.db, writerIn(ctx), input)),

  delete: procedure(
    { ...deletesEntities, cost: 10 },
    {
      method: 'POST',
      path: '/worlds/{worldId}/entries/delete',
      summary: 'Move many entries to the trash',
      answer: bulkDeleted,
    },
  )
    .input(bulkDeleteInput)
    .mutation(({ ctx, input }) => deleteEntries(ctx.db, writerIn(ctx), input)),

  restore: procedure(
    { ...deletesEntities, cost: 10 },
    {
      method: 'POST',
      path: '/worlds/{worldId}/entries/restore',
      summary: 'Restore many entries from the trash',
      answer: bulkAnswer,
    },
  )
    .input(bulkRestoreInput)
    .mutation(({ ctx, input }) => restoreEntries(ctx.db, writerIn(ctx), input)),
})
