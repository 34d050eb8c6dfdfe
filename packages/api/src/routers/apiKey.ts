import {
  anyCredential,
  createApiKey,
  deleteApiKey,
  dropApiKeyPermissions,
  findApiKeyById,
  findApiKeyUsage,
  listApiKeys,
  rotateApiKey,
  setApiKeyActive,
  updateApiKey,
} from '@worldloom/auth'
import {
  apiKeyAnswer,
  apiKeyCreateInput,
  apiKeyDropInput,
  apiKeyIdInput,
  apiKeyMade,
  apiKeyRotateInput,
  apiKeyUpdateInput,
  apiKeyUsageAnswer,
  idAnswer,
  listOf,
} from '@worldloom/schema'
import { actorIn, procedure, router } from '../trpc.ts'

const updates = { credentials: anyCredential, permission: 'apiKey:update' } as const

/** The caller's own keys for programs. Only `create` and `rotate` return the key itself. */
export const apiKeyRouter = router({
  list: procedure(
    { credentials: anyCredential, permission: 'apiKey:read' },
    { method: 'GET', path: '/api-keys', summary: 'List your API keys', answer: listOf(apiKeyAnswer) },
  ).query(async ({ ctx }) => ({
    items: await listApiKeys(ctx.db, ctx.principal.user.id),
  })),

  byId: procedure(
    { credentials: anyCredential, permission: 'apiKey:read' },
    {
      method: 'GET',
      path: '/api-keys/{id}',
      summary: 'Get an API key, without its secret',
      answer: apiKeyAnswer,
    },
  )
    .input(apiKeyIdInput)
    .query(({ ctx, input }) => findApiKeyById(ctx.db, ctx.principal.user.id, input.id)),

  create: procedure(
    { credentials: anyCredential, permission: 'apiKey:create', fresh: true },
    {
      method: 'POST',
      path: '/api-keys',
      summary: 'Create an API key; the secret is shown once',
      answer: apiKeyMade,
      creates: '/api-keys/{id}',
    },
  )
    .input(apiKeyCreateInput)
    .mutation(({ ctx, input }) => createApiKey(ctx.db, actorIn(ctx), ctx.principal, input)),

  update: procedure(
    { ...updates, fresh: true },
    {
      method: 'PATCH',
      path: '/api-keys/{id}',
      summary: 'Rename an API key, and change where and how much it may be used',
      answer: apiKeyAnswer,
    },
  )
    .input(apiKeyUpdateInput)
    .mutation(({ ctx, input }) => updateApiKey(ctx.db, actorIn(ctx), ctx.principal.user.id, input)),

  usage: procedure(
    { credentials: anyCredential, permission: 'apiKey:read' },
    {
      method: 'GET',
      path: '/api-keys/{id}/usage',
      summary: 'Get what an API key was used for, from where, and how much this month',
      answer: apiKeyUsageAnswer,
    },
  )
    .input(apiKeyIdInput)
    .query(({ ctx, input }) => findApiKeyUsage(ctx.db, ctx.principal.user.id, input.id)),

  dropPermissions: procedure(updates, {
    method: 'POST',
    path: '/api-keys/{id}/drop-permissions',
    summary: 'Take permissions away from an API key',
    answer: apiKeyAnswer,
  })
    .input(apiKeyDropInput)
    .mutation(({ ctx, input }) => dropApiKeyPermissions(ctx.db, actorIn(ctx), ctx.principal.user.id, input)),

  activate: procedure(updates, {
    method: 'POST',
    path: '/api-keys/{id}/activate',
    summary: 'Activate an API key',
    answer: apiKeyAnswer,
  })
    .input(apiKeyIdInput)
    .mutation(({ ctx, input }) => setApiKeyActive(ctx.db, actorIn(ctx), ctx.principal.user.id, input.id, true)),

  deactivate: procedure(updates, {
    method: 'POST',
    path: '/api-keys/{id}/deactivate',
    summary: 'Deactivate an API key',
    answer: apiKeyAnswer,
  })
    .input(apiKeyIdInput)
    .mutation(({ ctx, input }) => setApiKeyActive(ctx.db, actorIn(ctx), ctx.principal.user.id, input.id, false)),

  rotate: procedure(
    { ...updates, fresh: true },
    {
      method: 'POST',
      path: '/api-keys/{id}/rotate',
      summary: 'Rotate an API key; the new secret is shown once',
      answer: apiKeyMade,
    },
  )
    .input(apiKeyRotateInput)
    .mutation(({ ctx, input }) => rotateApiKey(ctx.db, actorIn(ctx), ctx.principal.user.id, input)),

  delete: procedure(
    { credentials: anyCredential, permission: 'apiKey:delete' },
    { method: 'DELETE', path: '/api-keys/{id}', summary: 'Delete an API key', answer: idAnswer },
  )
    .input(apiKeyIdInput)
    .mutation(({ ctx, input }) => deleteApiKey(ctx.db, actorIn(ctx), ctx.principal.user.id, input.id)),
})
