import { anyCredential, createPermission, deletePermission, listPermissions } from '@worldloom/auth'
import { listOf, nameAnswer, permissionAnswer, permissionCreateInput, permissionDeleteInput } from '@worldloom/schema'
import { actorIn, procedure, router } from '../trpc.ts'

/** All permissions: Worldloom's own, and those that other services check in access tokens. */
export const permissionRouter = router({
  list: procedure(
    { credentials: anyCredential, permission: 'permission:read' },
    { method: 'GET', path: '/permissions', summary: 'List permissions', answer: listOf(permissionAnswer) },
  ).query(async ({ ctx }) => ({
    items: await listPermissions(ctx.db),
  })),

  create: procedure(
    { credentials: anyCredential, permission: 'permission:create' },
    {
      method: 'POST',
      path: '/permissions',
      summary: 'Create a permission for your own services',
      answer: permissionAnswer,
      creates: '/permissions',
    },
  )
    .input(permissionCreateInput)
    .mutation(({ ctx, input }) => createPermission(ctx.db, actorIn(ctx), input)),

  delete: procedure(
    { credentials: anyCredential, permission: 'permission:delete' },
    { method: 'DELETE', path: '/permissions/{name}', summary: 'Delete a permission', answer: nameAnswer },
  )
    .input(permissionDeleteInput)
    .mutation(({ ctx, input }) => deletePermission(ctx.db, actorIn(ctx), input.name)),
})
