import {
  createApiKey,
  deleteApiKey,
  findApiKeyById,
  listApiKeys,
  rotateApiKey,
  setApiKeyActive,
  updateApiKey,
} from '@worldloom/auth'
import { apiKeyCreateInput, apiKeyIdInput, apiKeyRotateInput, apiKeyUpdateInput } from '@worldloom/schema'
import { anyCredential } from '../access.ts'
import { actorIn, procedure, router } from '../trpc.ts'

const updates = { credentials: anyCredential, permission: 'apiKey:update' } as const

/** One's own keys for programs. A key itself is in the answer to `create` and `rotate`, and nowhere else. */
export const apiKeyRouter = router({
  list: procedure({ credentials: anyCredential, permission: 'apiKey:read' }).query(async ({ ctx }) => ({
    items: await listApiKeys(ctx.db, ctx.principal.user.id),
  })),

  byId: procedure({ credentials: anyCredential, permission: 'apiKey:read' })
    .input(apiKeyIdInput)
    .query(({ ctx, input }) => findApiKeyById(ctx.db, ctx.principal.user.id, input.id)),

  create: procedure({ credentials: anyCredential, permission: 'apiKey:create' })
    .input(apiKeyCreateInput)
    .mutation(({ ctx, input }) => createApiKey(ctx.db, actorIn(ctx), ctx.principal, input)),

  update: procedure(updates)
    .input(apiKeyUpdateInput)
    .mutation(({ ctx, input }) => updateApiKey(ctx.db, actorIn(ctx), ctx.principal.user.id, input)),

  activate: procedure(updates)
    .input(apiKeyIdInput)
    .mutation(({ ctx, input }) => setApiKeyActive(ctx.db, actorIn(ctx), ctx.principal.user.id, input.id, true)),

  deactivate: procedure(updates)
    .input(apiKeyIdInput)
    .mutation(({ ctx, input }) => setApiKeyActive(ctx.db, actorIn(ctx), ctx.principal.user.id, input.id, false)),

  rotate: procedure(updates)
    .input(apiKeyRotateInput)
    .mutation(({ ctx, input }) => rotateApiKey(ctx.db, actorIn(ctx), ctx.principal.user.id, input)),

  delete: procedure({ credentials: anyCredential, permission: 'apiKey:delete' })
    .input(apiKeyIdInput)
    .mutation(({ ctx, input }) => deleteApiKey(ctx.db, actorIn(ctx), ctx.principal.user.id, input.id)),
})
