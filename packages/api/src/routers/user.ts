import {
  anyCredential,
  createUserFor,
  deleteUser,
  findUserById,
  findUserGrants,
  giveRole,
  listUsers,
  resetSecondFactors,
  setUserActive,
  takeRole,
  updateUser,
} from '@worldloom/auth'
import {
  idAnswer,
  mayAnswer,
  pageOf,
  userAnswer,
  userByIdInput,
  userCreateInput,
  userDeleteInput,
  userListInput,
  userMayInput,
  userRoleInput,
  userSummary,
  userUpdateInput,
} from '@worldloom/schema'
import { findWorldById } from '@worldloom/worlds'
import { mayCall } from '../mayCall.ts'
import { actorIn, procedure, router } from '../trpc.ts'

const reads = { credentials: anyCredential, permission: 'user:read' } as const
const updates = { credentials: anyCredential, permission: 'user:update' } as const
const answer = userAnswer

/** All accounts, for administrators. */
export const userRouter = router({
  list: procedure(reads, {
    method: 'GET',
    path: '/users',
    summary: 'List users',
    answer: pageOf(userSummary),
  })
    .input(userListInput)
    .query(({ ctx, input }) => listUsers(ctx.db, input)),

  byId: procedure(reads, { method: 'GET', path: '/users/{id}', summary: 'Get a user', answer })
    .input(userByIdInput)
    .query(({ ctx, input }) => findUserById(ctx.db, input.id)),

  /** The same as `me.may` for anybody, as if they had just signed in with a browser; in worlds that the caller may see. */
  may: procedure(reads, {
    method: 'GET',
    path: '/users/{id}/may',
    summary: 'Ask whether somebody may call a procedure, and why not',
    answer: mayAnswer,
  })
    .input(userMayInput)
    .query(async ({ ctx, input: { id, ...asked } }) => {
      await findUserById(ctx.db, id)
      if (asked.worldId) await findWorldById(ctx.db, ctx.principal, asked.worldId)
      const grants = await findUserGrants(ctx.db, id, ctx.secondFactors.requiredFor)
      return await mayCall(ctx, { ...grants, kind: 'session', sessionId: '', confirmedAt: Date.now() }, asked)
    }),

  create: procedure(
    { credentials: anyCredential, permission: 'user:create' },
    { method: 'POST', path: '/users', summary: 'Create a user', answer, creates: '/users/{id}' },
  )
    .input(userCreateInput)
    .mutation(async ({ ctx, input }) => {
      const { id } = await createUserFor(ctx.db, actorIn(ctx), ctx.principal.permissions, input)
      return await findUserById(ctx.db, id)
    }),

  update: procedure(updates, { method: 'PATCH', path: '/users/{id}', summary: 'Update a user’s names', answer })
    .input(userUpdateInput)
    .mutation(async ({ ctx, input }) => {
      await updateUser(ctx.db, actorIn(ctx), ctx.principal.permissions, input)
      return await findUserById(ctx.db, input.id)
    }),

  delete: procedure(
    { credentials: anyCredential, permission: 'user:delete', fresh: true },
    {
      method: 'DELETE',
      path: '/users/{id}',
      summary: 'Delete a user who owns no worlds',
      answer: idAnswer,
    },
  )
    .input(userDeleteInput)
    .mutation(({ ctx, input }) => deleteUser(ctx.db, actorIn(ctx), ctx.principal.permissions, input.id)),

  activate: procedure(updates, {
    method: 'POST',
    path: '/users/{id}/activate',
    summary: 'Activate a user',
    answer,
  })
    .input(userByIdInput)
    .mutation(async ({ ctx, input }) => {
      await setUserActive(ctx.db, actorIn(ctx), ctx.principal.permissions, input.id, true)
      return await findUserById(ctx.db, input.id)
    }),

  deactivate: procedure(updates, {
    method: 'POST',
    path: '/users/{id}/deactivate',
    summary: 'Deactivate a user and end their sessions',
    answer,
  })
    .input(userByIdInput)
    .mutation(async ({ ctx, input }) => {
      await setUserActive(ctx.db, actorIn(ctx), ctx.principal.permissions, input.id, false)
      return await findUserById(ctx.db, input.id)
    }),

  /** For somebody who has lost them. */
  resetSecondFactors: procedure(
    { ...updates, fresh: true },
    {
      method: 'POST',
      path: '/users/{id}/second-factors/reset',
      summary: 'Take the second factors of a user away and end their sessions',
      answer: idAnswer,
    },
  )
    .input(userByIdInput)
    .mutation(({ ctx, input }) => {
      const mailer = ctx.mailer.in(ctx.language())
      return resetSecondFactors(ctx.db, mailer, actorIn(ctx), ctx.principal.permissions, input.id)
    }),

  assignRole: procedure(
    { ...updates, fresh: true },
    {
      method: 'PUT',
      path: '/users/{userId}/roles/{role}',
      summary: 'Give a user a role',
      answer,
    },
  )
    .input(userRoleInput)
    .mutation(async ({ ctx, input }) => {
      await giveRole(ctx.db, actorIn(ctx), ctx.principal.permissions, input)
      return await findUserById(ctx.db, input.userId)
    }),

  removeRole: procedure(
    { ...updates, fresh: true },
    {
      method: 'DELETE',
      path: '/users/{userId}/roles/{role}',
      summary: 'Remove a role from a user',
      answer,
    },
  )
    .input(userRoleInput)
    .mutation(async ({ ctx, input }) => {
      await takeRole(ctx.db, actorIn(ctx), ctx.principal.permissions, input)
      return await findUserById(ctx.db, input.userId)
    }),
})
