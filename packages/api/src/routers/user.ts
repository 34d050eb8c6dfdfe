import { giveRole, setUserActive, takeRole } from '@worldloom/auth'
import { userByIdInput, userListInput, userRoleInput } from '@worldloom/schema'
import { anyCredential } from '../access.ts'
import { actorIn, procedure, router } from '../trpc.ts'
import { findUserById, listUsers } from '../users/read.ts'

const reads = { credentials: anyCredential, permission: 'user:read' } as const
const updates = { credentials: anyCredential, permission: 'user:update' } as const

/** Everybody who has an account, for administrators. */
export const userRouter = router({
  list: procedure(reads)
    .input(userListInput)
    .query(({ ctx, input }) => listUsers(ctx.db, input)),

  byId: procedure(reads)
    .input(userByIdInput)
    .query(({ ctx, input }) => findUserById(ctx.db, input.id)),

  activate: procedure(updates)
    .input(userByIdInput)
    .mutation(async ({ ctx, input }) => {
      await setUserActive(ctx.db, actorIn(ctx), ctx.principal.permissions, input.id, true)
      return await findUserById(ctx.db, input.id)
    }),

  deactivate: procedure(updates)
    .input(userByIdInput)
    .mutation(async ({ ctx, input }) => {
      await setUserActive(ctx.db, actorIn(ctx), ctx.principal.permissions, input.id, false)
      return await findUserById(ctx.db, input.id)
    }),

  assignRole: procedure(updates)
    .input(userRoleInput)
    .mutation(async ({ ctx, input }) => {
      await giveRole(ctx.db, actorIn(ctx), ctx.principal.permissions, input)
      return await findUserById(ctx.db, input.userId)
    }),

  removeRole: procedure(updates)
    .input(userRoleInput)
    .mutation(async ({ ctx, input }) => {
      await takeRole(ctx.db, actorIn(ctx), ctx.principal.permissions, input)
      return await findUserById(ctx.db, input.userId)
    }),
})
