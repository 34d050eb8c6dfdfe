import { anyCredential, updateProfile } from '@worldloom/auth'
import { mayAnswer, meAnswer, meMayInput, profileAnswer, profileUpdateInput } from '@worldloom/schema'
import { mayCall } from '../mayCall.ts'
import { actorIn, procedure, router } from '../trpc.ts'

export const meRouter = router({
  get: procedure(
    { credentials: anyCredential, permission: 'profile:read' },
    { method: 'GET', path: '/me', summary: 'Get the caller, with roles and permissions', answer: meAnswer },
  ).query(({ ctx: { principal } }) => ({
    ...principal.user,
    /** Whether the welcome page is still to be shown. */
    isComplete: principal.user.firstName !== null && principal.user.lastName !== null,
    roles: principal.roles,
    permissions: [...principal.permissions].sort(),
    signedInWith: principal.kind,
    /** Whether a role of theirs requires a second factor that they do not have: until then they may do nothing else. */
    needsSecondFactor: principal.needsSecondFactor ?? false,
  })),

  /** Answers without trying. */
  may: procedure(
    { credentials: anyCredential, permission: 'profile:read' },
    { method: 'GET', path: '/me/may', summary: 'Ask whether you may call a procedure, and why not', answer: mayAnswer },
  )
    .input(meMayInput)
    .query(({ ctx, input }) => mayCall(ctx, ctx.principal, input)),

  updateProfile: procedure(
    { credentials: anyCredential, permission: 'profile:update' },
    { method: 'PATCH', path: '/me', summary: 'Update your profile', answer: profileAnswer },
  )
    .input(profileUpdateInput)
    .mutation(({ ctx, input }) => updateProfile(ctx.db, actorIn(ctx), ctx.principal.user.id, input)),
})
