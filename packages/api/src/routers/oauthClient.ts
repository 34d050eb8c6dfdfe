import { anyCredential, createClient, deleteClient, listClients } from '@worldloom/auth'
import { clientAnswer, clientCreateInput, clientDeleted, clientIdInput, clientMade, listOf } from '@worldloom/schema'
import { actorIn, procedure, router } from '../trpc.ts'

/** The apps that are registered here (OAuth clients). Only `create` returns a secret. docs/apps.md. */
export const oauthClientRouter = router({
  list: procedure(
    { credentials: anyCredential, permission: 'oauthClient:read' },
    {
      method: 'GET',
      path: '/oauth-clients',
      summary: 'List the apps that are registered',
      answer: listOf(clientAnswer),
    },
  ).query(async ({ ctx: { db, sealedClients: sealed } }) => ({ items: await listClients({ db, sealed }) })),

  create: procedure(
    { credentials: anyCredential, permission: 'oauthClient:create', fresh: true },
    {
      method: 'POST',
      path: '/oauth-clients',
      summary: 'Register an app; its secret is shown once, if it has one',
      answer: clientMade,
    },
  )
    .input(clientCreateInput)
    .mutation(({ ctx, input }) => createClient({ db: ctx.db, sealed: ctx.sealedClients }, actorIn(ctx), input)),

  delete: procedure(
    { credentials: anyCredential, permission: 'oauthClient:delete', fresh: true },
    {
      method: 'DELETE',
      path: '/oauth-clients/{id}',
      summary: 'Remove an app, and what people have granted it',
      answer: clientDeleted,
    },
  )
    .input(clientIdInput)
    .mutation(({ ctx, input }) => deleteClient(ctx.db, actorIn(ctx), input.id)),
})
