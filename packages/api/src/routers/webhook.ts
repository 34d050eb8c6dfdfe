import { anyCredential } from '@worldloom/auth'
import {
  idAnswer,
  pageOf,
  webhookAnswer,
  webhookCreateInput,
  webhookDeliveriesInput,
  webhookDelivery,
  webhookIdInput,
  webhookList,
  webhookListInput,
  webhookMade,
  webhookUpdateInput,
} from '@worldloom/schema'
import {
  createWebhook,
  deleteWebhook,
  findWebhook,
  listDeliveries,
  listWebhooks,
  rotateWebhookSecret,
  updateWebhook,
} from '@worldloom/worlds'
import { procedure, router, writerIn } from '../trpc.ts'

const reads = { credentials: anyCredential, permission: 'world:read', worldRole: 'owner' } as const
const changes = { credentials: anyCredential, permission: 'world:update', worldRole: 'owner' } as const

/** Addresses that are told what happens in a world; for its owner. docs/changes.md. */
export const webhookRouter = router({
  list: procedure(reads, {
    method: 'GET',
    path: '/worlds/{worldId}/webhooks',
    summary: 'List the webhooks of a world',
    answer: webhookList,
  })
    .input(webhookListInput)
    .query(({ ctx, input }) => listWebhooks(ctx.db, ctx.principal, input.worldId)),

  byId: procedure(reads, { method: 'GET', path: '/webhooks/{id}', summary: 'Get a webhook', answer: webhookAnswer })
    .input(webhookIdInput)
    .query(({ ctx, input }) => findWebhook(ctx.db, ctx.principal, input.id)),

  create: procedure(changes, {
    method: 'POST',
    path: '/worlds/{worldId}/webhooks',
    summary: 'Create a webhook; its secret is shown once',
    answer: webhookMade,
    creates: '/webhooks/{id}',
  })
    .input(webhookCreateInput)
    .mutation(({ ctx, input }) => createWebhook(ctx.db, writerIn(ctx), ctx.webhooks.sealed, input)),

  update: procedure(changes, {
    method: 'PATCH',
    path: '/webhooks/{id}',
    summary: 'Update a webhook, or switch it on or off',
    answer: webhookAnswer,
  })
    .input(webhookUpdateInput)
    .mutation(({ ctx, input }) => updateWebhook(ctx.db, writerIn(ctx), input)),

  rotate: procedure(changes, {
    method: 'POST',
    path: '/webhooks/{id}/rotate',
    summary: 'Give a webhook another secret, which is shown once',
    answer: webhookMade,
  })
    .input(webhookIdInput)
    .mutation(({ ctx, input }) => rotateWebhookSecret(ctx.db, writerIn(ctx), ctx.webhooks.sealed, input.id)),

  delete: procedure(changes, {
    method: 'DELETE',
    path: '/webhooks/{id}',
    summary: 'Delete a webhook',
    answer: idAnswer,
  })
    .input(webhookIdInput)
    .mutation(({ ctx, input }) => deleteWebhook(ctx.db, writerIn(ctx), input.id)),

  ping: procedure(changes, {
    method: 'POST',
    path: '/webhooks/{id}/ping',
    summary: 'Send a webhook an event to try it out',
    answer: webhookDelivery,
  })
    .input(webhookIdInput)
    .mutation(({ ctx, input }) => ctx.webhooks.ping(ctx.principal, input.id)),

  deliveries: procedure(reads, {
    method: 'GET',
    path: '/webhooks/{id}/deliveries',
    summary: 'List what was delivered to a webhook, or could not be',
    answer: pageOf(webhookDelivery),
  })
    .input(webhookDeliveriesInput)
    .query(({ ctx, input }) => listDeliveries(ctx.db, ctx.principal, input)),

  /** By the id of a delivery. */
  resend: procedure(changes, {
    method: 'POST',
    path: '/webhook-deliveries/{id}/resend',
    summary: 'Deliver something once more',
    answer: webhookDelivery,
  })
    .input(webhookIdInput)
    .mutation(({ ctx, input }) => ctx.webhooks.resend(ctx.principal, input.id)),
})
