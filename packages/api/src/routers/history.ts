import {
  entityDiff,
  entityVersion,
  historyDiffInput,
  historyItem,
  historyListInput,
  historyRestoreInput,
  historyUndoInput,
  historyUndone,
  historyVersionInput,
  pageOf,
} from '@worldloom/schema'
import {
  diffVersions,
  findVersion,
  listHistory,
  readsEntities,
  restoreVersion,
  undoRequest,
  updatesEntities,
} from '@worldloom/worlds'
import { procedure, router, writerIn } from '../trpc.ts'

/** History names people. */
const forMembers = { ...readsEntities, worldRole: 'viewer' } as const

/** Who changed what in a world, and what it was before; for its members. docs/changes.md. */
export const historyRouter = router({
  list: procedure(
    forMembers,
    {
      method: 'GET',
      path: '/worlds/{worldId}/history',
      summary: 'List the changes to a world',
      answer: pageOf(historyItem),
    },
    { name: 'list_history', description: 'Lists what was changed in a world, or in one entry, and by whom.' },
  )
    .input(historyListInput)
    .query(({ ctx, input }) => listHistory(ctx.db, ctx.principal, input)),

  version: procedure(forMembers, {
    method: 'GET',
    path: '/entries/{id}/version',
    summary: 'Get an entry as it was in a version',
    answer: entityVersion,
  })
    .input(historyVersionInput)
    .query(({ ctx, input }) => findVersion(ctx.db, ctx.principal, input.id, input.at)),

  diff: procedure(
    { ...forMembers, cost: 3 },
    {
      method: 'GET',
      path: '/entries/{id}/diff',
      summary: 'Compare two versions of an entry',
      answer: entityDiff,
    },
  )
    .input(historyDiffInput)
    .query(({ ctx, input }) => diffVersions(ctx.db, ctx.principal, input)),

  restore: procedure(updatesEntities, {
    method: 'POST',
    path: '/entries/{id}/restore',
    summary: 'Restore an earlier version of an entry',
    answer: entityVersion,
  })
    .input(historyRestoreInput)
    .mutation(({ ctx, input }) => restoreVersion(ctx.db, writerIn(ctx), input)),

  /** Undoes what one of the caller's own requests did, as a change of its own. */
  undo: procedure(
    { ...updatesEntities, cost: 3 },
    {
      method: 'POST',
      path: '/worlds/{worldId}/undo',
      summary: 'Undo what one of your requests did',
      answer: historyUndone,
    },
  )
    .input(historyUndoInput)
    .mutation(({ ctx, input }) => undoRequest(ctx.db, writerIn(ctx), input)),
})
