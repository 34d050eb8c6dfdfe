import { anyCredential, listGrants, revokeGrant } from '@worldloom/auth'
import { grantAnswer, grantIdInput, idAnswer, listOf } from '@worldloom/schema'
import { actorIn, procedure, router } from '../trpc.ts'

/** The apps that the caller has given access. Giving it is below `/oauth`, where apps send people. docs/apps.md. */
export const grantRouter = router({
  list: procedure(
    { credentials: anyCredential, permission: 'grant:read' },
    {
      method: 'GET',
      path: '/grants',
      summary: 'List the apps that you have given access',
      answer: listOf(grantAnswer),
    },
  ).query(async ({ ctx }) => ({ items: await listGrants(ctx.db, ctx.principal.user.id) })),

  revoke: procedure(
    { credentials: anyCredential, permission: 'grant:delete' },
    {
      method: 'DELETE',
      path: '/grants/{id}',
      summary: 'Take access from an app; its tokens end at once',
      answer: idAnswer,
    },
  )
    .input(grantIdInput)
    .mutation(({ ctx, input }) => revokeGrant(ctx.db, actorIn(ctx), ctx.principal.user.id, input.id)),
})
