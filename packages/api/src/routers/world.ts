import { tracked } from '@trpc/server'
import { anyCredential } from '@worldloom/auth'
import {
  emptyEntry,
  emptyListInput,
  idAnswer,
  pageOf,
  placeholderItem,
  placeholderListInput,
  syncPage,
  trashItem,
  worldAnswer,
  worldByIdInput,
  worldByNameInput,
  worldChangesInput,
  worldCreateInput,
  worldDeleteInput,
  worldListInput,
  worldOverview,
  worldOverviewInput,
  worldProgress,
  worldProgressInput,
  worldRestoreInput,
  worldSummary,
  worldSyncInput,
  worldTransferInput,
  worldTrashInput,
  worldUpdateInput,
} from '@worldloom/schema'
import {
  createWorldFrom,
  deleteWorld,
  findProgress,
  findWorldByName,
  listEmpty,
  listPlaceholders,
  listTrash,
  listWorlds,
  overviewWorld,
  readsEntities,
  restoreWorld,
  syncWorld,
  transferWorld,
  updateWorld,
} from '@worldloom/worlds'
import type { Context } from '../context.ts'
import { followWorlds } from '../followWorlds.ts'
import { once } from '../idempotency.ts'
import { procedure, router, writerIn } from '../trpc.ts'

const reads = { credentials: anyCredential, permission: 'world:read', mayLag: true } as const
const deletes = { credentials: anyCredential, permission: 'world:delete' } as const
const answer = worldAnswer

export const worldRouter = router({
  byId: procedure(
    reads,
    { method: 'GET', path: '/worlds/{id}', summary: 'Get a world', answer },
    { name: 'get_world', description: 'Reads a world by its id: its description and text, its language and calendar.' },
  )
    .input(worldByIdInput)
    .query(({ ctx, input }) => ctx.worlds.load(ctx.principal, input.id)),

  byName: procedure(reads, { method: 'GET', path: '/worlds/by-name', summary: 'Get a world by name', answer })
    .input(worldByNameInput)
    .query(({ ctx, input }) => findWorldByName(ctx.db, ctx.principal, input)),

  list: procedure(
    reads,
    {
      method: 'GET',
      path: '/worlds',
      summary: 'List your worlds',
      answer: pageOf(worldSummary),
    },
    { name: 'list_worlds', description: 'Lists the worlds that one may read, with their ids.' },
  )
    .input(worldListInput)
    .query(async ({ ctx, input }) => {
      const { items, nextCursor } = await listWorlds(ctx.db, ctx.principal, input)
      return { items: items.map((item) => ({ ...item, keptUntil: endOf(ctx, item.deletedAt) })), nextCursor }
    }),

  create: procedure(
    { credentials: anyCredential, permission: 'world:create' },
    { method: 'POST', path: '/worlds', summary: 'Create a world', answer, creates: '/worlds/{id}', once: true },
  )
    .input(worldCreateInput)
    .mutation(({ ctx, input }) =>
      once(ctx, 'world.create', input, (db) =>
        createWorldFrom(db, writerIn(ctx), input, { language: ctx.language(), storePicture: ctx.storePicture }),
      ),
    ),

  update: procedure(
    { credentials: anyCredential, permission: 'world:update' },
    { method: 'PATCH', path: '/worlds/{id}', summary: 'Update a world', answer },
  )
    .input(worldUpdateInput)
    .mutation(({ ctx, input }) => updateWorld(ctx.db, writerIn(ctx), input)),

  delete: procedure(
    { ...deletes, fresh: true },
    {
      method: 'DELETE',
      path: '/worlds/{id}',
      summary: 'Move a world to the trash',
      answer: idAnswer,
    },
  )
    .input(worldDeleteInput)
    .mutation(({ ctx, input }) => deleteWorld(ctx.db, writerIn(ctx), input)),

  restore: procedure(deletes, {
    method: 'POST',
    path: '/worlds/{id}/restore',
    summary: 'Restore a world from the trash',
    answer,
  })
    .input(worldRestoreInput)
    .mutation(({ ctx, input }) => restoreWorld(ctx.db, writerIn(ctx), input.id)),

  overview: procedure(
    readsEntities,
    {
      method: 'GET',
      path: '/worlds/{id}/overview',
      summary: 'Get counts and recent changes of a world',
      answer: worldOverview,
    },
    {
      name: 'get_world_overview',
      description: 'Says how many entries of each kind a world has, and what was changed last.',
    },
  )
    .input(worldOverviewInput)
    .query(({ ctx, input }) => overviewWorld(ctx.db, ctx.principal, input.id)),

  /** Entries that texts mention and nobody has filled in yet. */
  placeholders: procedure(readsEntities, {
    method: 'GET',
    path: '/worlds/{id}/placeholders',
    summary: 'List the placeholders of a world',
    answer: pageOf(placeholderItem),
  })
    .input(placeholderListInput)
    .query(({ ctx, input }) => listPlaceholders(ctx.db, ctx.principal, input)),

  /** Entries of which nothing is written yet. */
  empty: procedure(readsEntities, {
    method: 'GET',
    path: '/worlds/{id}/empty',
    summary: 'List the entries of a world of which nothing is written yet',
    answer: pageOf(emptyEntry),
  })
    .input(emptyListInput)
    .query(({ ctx, input }) => listEmpty(ctx.db, ctx.principal, input)),

  /** The words of its stories over time. */
  progress: procedure(readsEntities, {
    method: 'GET',
    path: '/worlds/{id}/progress',
    summary: 'Get how many words the stories of a world had, by day',
    answer: worldProgress,
  })
    .input(worldProgressInput)
    .query(({ ctx, input }) => findProgress(ctx.db, ctx.principal, input)),

  trash: procedure(readsEntities, {
    method: 'GET',
    path: '/worlds/{id}/trash',
    summary: 'List the trash of a world',
    answer: pageOf(trashItem),
  })
    .input(worldTrashInput)
    .query(async ({ ctx, input }) => {
      const { items, nextCursor } = await listTrash(ctx.db, ctx.principal, input)
      return { items: items.map((item) => ({ ...item, keptUntil: endOf(ctx, item.deletedAt) })), nextCursor }
    }),

  /**
   * Everything that happens in some worlds, and who has them open, as it happens. A reader that comes back with the id of
   * the last event that it has misses nothing. docs/changes.md.
   */
  changes: procedure(readsEntities)
    .input(worldChangesInput)
    .subscription(async function* ({ ctx, input, signal }) {
      for await (const [id, event] of followWorlds(ctx, input, signal)) yield tracked(id, event)
    }),

  /** What a mirror of a world has to take over. docs/changes.md. */
  // A mirror that has read all waits until it hears of a change: it must not have missed one.
  sync: procedure(
    { ...readsEntities, mayLag: false },
    {
      method: 'GET',
      path: '/worlds/{worldId}/sync',
      summary: 'Get what was changed in a world since a position, or all of it',
      answer: syncPage,
    },
  )
    .input(worldSyncInput)
    .query(({ ctx, input }) => syncWorld(ctx.db, ctx.principal, input)),

  /** Makes a member the owner. For people only. */
  transfer: procedure(
    { credentials: ['session', 'bearer'], permission: 'member:update', fresh: true },
    { method: 'POST', path: '/worlds/{id}/transfer', summary: 'Transfer a world to another member', answer },
  )
    .input(worldTransferInput)
    .mutation(({ ctx, input }) => transferWorld(ctx.db, writerIn(ctx), input)),
})

/** When what is in the trash is deleted for good. */
function endOf({ trashRetention }: Pick<Context, 'trashRetention'>, deletedAt: Date | null): Date | null {
  return deletedAt && trashRetention !== 'never' ? new Date(deletedAt.getTime() + trashRetention * 1000) : null
}
