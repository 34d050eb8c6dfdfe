import { deviceName, listSessions, recordEvent, revokeOtherSessions, revokeSession } from '@worldloom/auth'
import { NotFoundError, sessionRevokeInput } from '@worldloom/schema'
import { actorIn, procedure, router } from '../trpc.ts'

/** The devices the caller is signed in on. `POST /auth/sign-out` ends the current session and clears the cookie. */
export const sessionRouter = router({
  list: procedure({ credentials: ['session'], permission: 'session:read' }).query(async ({ ctx }) => {
    const sessions = await listSessions(ctx.db, ctx.principal.user.id)
    return sessions.map(({ userAgent, ...session }) => ({
      ...session,
      device: deviceName(userAgent),
      isCurrent: session.id === ctx.principal.sessionId,
    }))
  }),

  revoke: procedure({ credentials: ['session'], permission: 'session:delete' })
    .input(sessionRevokeInput)
    .mutation(({ ctx, input }) =>
      ctx.db.transaction().execute(async (trx) => {
        if (!(await revokeSession(trx, ctx.principal.user.id, input.id))) throw new NotFoundError('session')
        await recordEvent(trx, actorIn(ctx), { action: 'session.revoke', subject: { kind: 'session', id: input.id } })
        return { id: input.id }
      }),
    ),

  revokeOthers: procedure({ credentials: ['session'], permission: 'session:delete' }).mutation(({ ctx }) =>
    ctx.db.transaction().execute(async (trx) => {
      const { user, sessionId } = ctx.principal
      const revoked = await revokeOtherSessions(trx, user.id, sessionId)
      await recordEvent(trx, actorIn(ctx), { action: 'session.revokeOthers', details: { revoked } })
      return { revoked }
    }),
  ),
})
