import { createPermission, deletePermission, listPermissions } from '@worldloom/auth'
import { permissionCreateInput, permissionDeleteInput } from '@worldloom/schema'
import { anyCredential } from '../access.ts'
import { actorIn, procedure, router } from '../trpc.ts'

/** What can be permitted: Worldloom's own, and those that services beside it check in access tokens. */
export const permissionRouter = router({
  list: procedure({ credentials: anyCredential, permission: 'permission:read' }).query(async ({ ctx }) => ({
    items: await listPermissions(ctx.db),
  })),

  create: procedure({ credentials: anyCredential, permission: 'permission:create' })
    .input(permissionCreateInput)
    .mutation(({ ctx, input }) => createPermission(ctx.db, actorIn(ctx), input)),

  delete: procedure({ credentials: anyCredential, permission: 'permission:delete' })
    .input(permissionDeleteInput)
    .mutation(({ ctx, input }) => deletePermission(ctx.db, actorIn(ctx), input.name)),
})
