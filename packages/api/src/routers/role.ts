import {
  addPermission,
  createRole,
  deleteRole,
  findRole,
  listRoles,
  removePermission,
  updateRole,
} from '@worldloom/auth'
import { roleByNameInput, roleCreateInput, rolePermissionInput, roleUpdateInput } from '@worldloom/schema'
import { anyCredential } from '../access.ts'
import { actorIn, procedure, router } from '../trpc.ts'

const reads = { credentials: anyCredential, permission: 'role:read' } as const
const updates = { credentials: anyCredential, permission: 'role:update' } as const

/** Roles group permissions. Who has which is said by `user.assignRole`. */
export const roleRouter = router({
  list: procedure(reads).query(async ({ ctx }) => ({ items: await listRoles(ctx.db) })),

  byName: procedure(reads)
    .input(roleByNameInput)
    .query(({ ctx, input }) => findRole(ctx.db, input.name)),

  create: procedure({ credentials: anyCredential, permission: 'role:create' })
    .input(roleCreateInput)
    .mutation(({ ctx, input }) => createRole(ctx.db, actorIn(ctx), ctx.principal.permissions, input)),

  update: procedure(updates)
    .input(roleUpdateInput)
    .mutation(({ ctx, input }) => updateRole(ctx.db, actorIn(ctx), input)),

  addPermission: procedure(updates)
    .input(rolePermissionInput)
    .mutation(({ ctx, input }) => addPermission(ctx.db, actorIn(ctx), ctx.principal.permissions, input)),

  removePermission: procedure(updates)
    .input(rolePermissionInput)
    .mutation(({ ctx, input }) => removePermission(ctx.db, actorIn(ctx), ctx.principal.permissions, input)),

  delete: procedure({ credentials: anyCredential, permission: 'role:delete' })
    .input(roleByNameInput)
    .mutation(({ ctx, input }) => deleteRole(ctx.db, actorIn(ctx), input.name)),
})
