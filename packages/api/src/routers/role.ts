import {
  addPermission,
  anyCredential,
  createRole,
  deleteRole,
  findRole,
  listRoles,
  removePermission,
  tryRole,
  updateRole,
} from '@worldloom/auth'
import {
  listOf,
  nameAnswer,
  roleAnswer,
  roleByNameInput,
  roleCreateInput,
  rolePermissionInput,
  roleTrial,
  roleTryInput,
  roleUpdateInput,
} from '@worldloom/schema'
import { actorIn, procedure, router } from '../trpc.ts'

const reads = { credentials: anyCredential, permission: 'role:read' } as const
const updates = { credentials: anyCredential, permission: 'role:update', fresh: true } as const

/** Roles group permissions. `user.assignRole` grants them. */
export const roleRouter = router({
  list: procedure(reads, {
    method: 'GET',
    path: '/roles',
    summary: 'List roles',
    answer: listOf(roleAnswer),
  }).query(async ({ ctx }) => ({ items: await listRoles(ctx.db) })),

  byName: procedure(reads, { method: 'GET', path: '/roles/{name}', summary: 'Get a role', answer: roleAnswer })
    .input(roleByNameInput)
    .query(({ ctx, input }) => findRole(ctx.db, input.name)),

  /** Compares a change of a role with the last 30 days, before it is made. */
  tryOut: procedure(
    { credentials: anyCredential, permission: 'audit:read', cost: 10 },
    {
      method: 'POST',
      path: '/roles/{name}/try',
      summary: 'See what a change of a role would have refused in the last 30 days',
      answer: roleTrial,
    },
  )
    .input(roleTryInput)
    .query(({ ctx, input }) => tryRole(ctx.db, input)),

  create: procedure(
    { credentials: anyCredential, permission: 'role:create', fresh: true },
    { method: 'POST', path: '/roles', summary: 'Create a role', answer: roleAnswer, creates: '/roles/{name}' },
  )
    .input(roleCreateInput)
    .mutation(({ ctx, input }) => createRole(ctx.db, actorIn(ctx), ctx.principal.permissions, input)),

  update: procedure(updates, {
    method: 'PATCH',
    path: '/roles/{name}',
    summary: 'Update a role’s description',
    answer: roleAnswer,
  })
    .input(roleUpdateInput)
    .mutation(({ ctx, input }) => updateRole(ctx.db, actorIn(ctx), input)),

  addPermission: procedure(updates, {
    method: 'PUT',
    path: '/roles/{role}/permissions/{permission}',
    summary: 'Add a permission to a role',
    answer: roleAnswer,
  })
    .input(rolePermissionInput)
    .mutation(({ ctx, input }) => addPermission(ctx.db, actorIn(ctx), ctx.principal.permissions, input)),

  removePermission: procedure(updates, {
    method: 'DELETE',
    path: '/roles/{role}/permissions/{permission}',
    summary: 'Remove a permission from a role',
    answer: roleAnswer,
  })
    .input(rolePermissionInput)
    .mutation(({ ctx, input }) => removePermission(ctx.db, actorIn(ctx), ctx.principal.permissions, input)),

  delete: procedure(
    { credentials: anyCredential, permission: 'role:delete', fresh: true },
    { method: 'DELETE', path: '/roles/{name}', summary: 'Delete an unused role', answer: nameAnswer },
  )
    .input(roleByNameInput)
    .mutation(({ ctx, input }) => deleteRole(ctx.db, actorIn(ctx), input.name)),
})
