import { linkPath, listAccounts, unlinkAccount } from '@worldloom/auth'
import { accountLinkInput, accountUnlinkInput, NotFoundError } from '@worldloom/schema'
import { actorIn, procedure, router } from '../trpc.ts'

/** The caller's ways to sign in. Passwords are set at `/auth/password`, which gives the browser a new session. */
export const accountRouter = router({
  list: procedure({ credentials: ['session'], permission: 'account:read' }).query(({ ctx }) =>
    listAccounts(ctx.db, ctx.principal.user.id),
  ),

  /** Where to send the browser, which comes back with the account linked. */
  link: procedure({ credentials: ['session'], permission: 'account:update', fresh: true })
    .input(accountLinkInput)
    .mutation(async ({ ctx, input }) => {
      if (!ctx.signInMethods.includes(input.provider)) throw new NotFoundError('provider')
      return { path: await linkPath(ctx.db, ctx.principal.user.id, input.provider, input.redirect) }
    }),

  unlink: procedure({ credentials: ['session'], permission: 'account:update', fresh: true })
    .input(accountUnlinkInput)
    .mutation(async ({ ctx, input }) => {
      const userId = ctx.principal.user.id
      await unlinkAccount(ctx.db, actorIn(ctx), ctx.signInMethods, { userId, ...input })
      return input
    }),
})
