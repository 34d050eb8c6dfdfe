import {
  worldByIdInput,
  worldByNameInput,
  worldCreateInput,
  worldDeleteInput,
  worldListInput,
  worldRestoreInput,
  worldUpdateInput,
} from '@worldloom/schema'
import { anyCredential } from '../access.ts'
import { actorIn, procedure, router } from '../trpc.ts'
import { findWorldById, findWorldByName, listWorlds } from '../worlds/read.ts'
import { createWorld, deleteWorld, restoreWorld, updateWorld } from '../worlds/write.ts'

const reads = { credentials: anyCredential, permission: 'world:read' } as const

export const worldRouter = router({
  byId: procedure(reads)
    .input(worldByIdInput)
    .query(({ ctx, input }) => findWorldById(ctx.db, ctx.principal.user.id, input.id)),

  byName: procedure(reads)
    .input(worldByNameInput)
    .query(({ ctx, input }) => findWorldByName(ctx.db, ctx.principal.user.id, input)),

  list: procedure(reads)
    .input(worldListInput)
    .query(({ ctx, input }) => listWorlds(ctx.db, ctx.principal.user.id, input)),

  create: procedure({ credentials: anyCredential, permission: 'world:create' })
    .input(worldCreateInput)
    .mutation(({ ctx, input }) => createWorld(ctx.db, ctx.principal.user.id, input)),

  update: procedure({ credentials: anyCredential, permission: 'world:update' })
    .input(worldUpdateInput)
    .mutation(({ ctx, input }) => updateWorld(ctx.db, ctx.principal.user.id, input)),

  delete: procedure({ credentials: anyCredential, permission: 'world:delete' })
    .input(worldDeleteInput)
    .mutation(({ ctx, input }) => deleteWorld(ctx.db, actorIn(ctx), ctx.principal.user.id, input)),

  restore: procedure({ credentials: anyCredential, permission: 'world:delete' })
    .input(worldRestoreInput)
    .mutation(({ ctx, input }) => restoreWorld(ctx.db, actorIn(ctx), ctx.principal.user.id, input.id)),
})
