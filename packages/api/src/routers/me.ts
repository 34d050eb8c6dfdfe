import { updateProfile } from '@worldloom/auth'
import { profileUpdateInput } from '@worldloom/schema'
import { anyCredential } from '../access.ts'
import { actorIn, procedure, router } from '../trpc.ts'

export const meRouter = router({
  get: procedure({ credentials: anyCredential, permission: 'profile:read' }).query(({ ctx: { principal } }) => ({
    ...principal.user,
    /** Whether anything is left to ask a newcomer. */
    isComplete: principal.user.firstName !== null && principal.user.lastName !== null,
    roles: principal.roles,
    permissions: [...principal.permissions].sort(),
    signedInWith: principal.kind,
  })),

  updateProfile: procedure({ credentials: anyCredential, permission: 'profile:update' })
    .input(profileUpdateInput)
    .mutation(({ ctx, input }) => updateProfile(ctx.db, actorIn(ctx), ctx.principal.user.id, input)),
})
