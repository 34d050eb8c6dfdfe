import { listSessions, revokeOtherSessions, revokeSession } from '@worldloom/auth'
import { NotFoundError, sessionRevokeInput } from '@worldloom/schema'
import { procedure, router } from '../trpc.ts'

/** The devices one is signed in on. Signing out here is `POST /auth/sign-out`, which also clears the cookie. */
export const sessionRouter = router({
  list: procedure({ credentials: ['session'], permission: 'session:read' }).query(async ({ ctx }) => {
    const sessions = await listSessions(ctx.db, ctx.principal.user.id)
    return sessions.map((session) => ({ ...session, isCurrent: session.id === ctx.principal.sessionId }))
  }),

  revoke: procedure({ credentials: ['session'], permission: 'session:delete' })
    .input(sessionRevokeInput)
    .mutation(async ({ ctx, input }) => {
      if (!(await revokeSession(ctx.db, ctx.principal.user.id, input.id))) throw new NotFoundError('session')
      return { id: input.id }
    }),

  revokeOthers: procedure({ credentials: ['session'], permission: 'session:delete' }).mutation(async ({ ctx }) => ({
    revoked: await revokeOtherSessions(ctx.db, ctx.principal.user.id, ctx.principal.sessionId),
  })),
})
