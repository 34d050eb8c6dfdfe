import {
  addPasskey,
  confirmTotp,
  listSecondFactors,
  passkeyCreationOptions,
  removePasskey,
  removeTotp,
  renamePasskey,
  replaceRecoveryCodes,
  type SecondFactorDependencies,
  setUpTotp,
} from '@worldloom/auth'
import { passkeyAddInput, passkeyRemoveInput, passkeyRenameInput, totpConfirmInput } from '@worldloom/schema'
import type { Context } from '../context.ts'
import { actorIn, procedure, router } from '../trpc.ts'

const reads = { credentials: ['session'], permission: 'account:read' } as const
const updates = { credentials: ['session'], permission: 'account:update' } as const
const changes = { ...updates, fresh: true } as const

/** What the caller shows besides their first way of signing in. Signing in with it is below `/auth`. docs/second-factors.md. */
export const secondFactorRouter = router({
  list: procedure(reads).query(({ ctx }) => listSecondFactors(factorsIn(ctx), ctx.principal)),

  /** What the browser needs to make a passkey. */
  passkeyOptions: procedure(changes).mutation(({ ctx: { db, publicUrl, principal } }) => {
    const { id: userId, email, displayName } = principal.user
    const owner = { userId, sessionId: principal.sessionId, name: email ?? displayName, displayName }
    return passkeyCreationOptions(db, publicUrl, owner)
  }),

  addPasskey: procedure(changes)
    .input(passkeyAddInput)
    .mutation(({ ctx, input }) =>
      addPasskey(factorsIn(ctx), ctx.principal, { ...actorIn(ctx), userAgent: ctx.origin().userAgent }, input),
    ),

  renamePasskey: procedure(updates)
    .input(passkeyRenameInput)
    .mutation(({ ctx, input }) => renamePasskey(ctx.db, ctx.principal.user.id, input)),

  removePasskey: procedure(changes)
    .input(passkeyRemoveInput)
    .mutation(({ ctx, input }) =>
      removePasskey(factorsIn(ctx), ctx.principal, actorIn(ctx), ctx.signInMethods, input.id),
    ),

  /** Makes a secret for an authenticator app, which counts once a code is confirmed. */
  beginTotp: procedure(changes).mutation(({ ctx }) => setUpTotp(factorsIn(ctx), ctx.principal)),

  confirmTotp: procedure(changes)
    .input(totpConfirmInput)
    .mutation(({ ctx, input }) => confirmTotp(factorsIn(ctx), ctx.principal, actorIn(ctx), input.code)),

  removeTotp: procedure(changes).mutation(({ ctx }) => removeTotp(factorsIn(ctx), ctx.principal, actorIn(ctx))),

  createRecoveryCodes: procedure(changes).mutation(({ ctx }) =>
    replaceRecoveryCodes(factorsIn(ctx), ctx.principal, actorIn(ctx)),
  ),
})

function factorsIn({
  db,
  mailer,
  publicUrl,
  secondFactors,
  language,
}: Pick<Context, 'db' | 'mailer' | 'publicUrl' | 'secondFactors' | 'language'>): SecondFactorDependencies {
  return { ...secondFactors, db, publicUrl, mailer: mailer.in(language()) }
}
