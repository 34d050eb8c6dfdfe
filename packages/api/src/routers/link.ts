import {
  connection,
  connectionListInput,
  idAnswer,
  linkAnswer,
  linkByIdInput,
  linkCreateInput,
  linkDeleteInput,
  linkUpdateInput,
  pageOf,
} from '@worldloom/schema'
import {
  createLink,
  createsEntities,
  deleteLink,
  deletesEntities,
  findLink,
  listConnections,
  readsEntities,
  updateLink,
  updatesEntities,
} from '@worldloom/worlds'
import { once } from '../idempotency.ts'
import { procedure, router, writerIn } from '../trpc.ts'

const answer = linkAnswer

/** Links between any two entries of a world. */
export const linkRouter = router({
  /** With what the model itself connects: casts, places, owners. */
  list: procedure(
    readsEntities,
    {
      method: 'GET',
      path: '/entries/{id}/links',
      summary: 'List what an entry is linked with',
      answer: pageOf(connection),
    },
    { name: 'list_links', description: 'Lists what an entry is linked with, such as its mother or what it owes.' },
  )
    .input(connectionListInput)
    .query(({ ctx, input }) => listConnections(ctx.db, ctx.principal, input)),

  byId: procedure(readsEntities, { method: 'GET', path: '/links/{id}', summary: 'Get a link', answer })
    .input(linkByIdInput)
    .query(({ ctx, input }) => findLink(ctx.db, ctx.principal, input.id)),

  create: procedure(
    createsEntities,
    {
      method: 'POST',
      path: '/worlds/{worldId}/links',
      summary: 'Link two entries',
      answer,
      creates: '/links/{id}',
      once: true,
    },
    {
      name: 'create_link',
      description: 'Links two entries of a world. Do so only when whoever you work for has asked for it.',
    },
  )
    .input(linkCreateInput)
    .mutation(({ ctx, input }) => once(ctx, 'link.create', input, (db) => createLink(db, writerIn(ctx), input))),

  update: procedure(updatesEntities, {
    method: 'PATCH',
    path: '/links/{id}',
    summary: 'Change the note or the dates of a link',
    answer,
  })
    .input(linkUpdateInput)
    .mutation(({ ctx, input }) => updateLink(ctx.db, writerIn(ctx), input)),

  delete: procedure(deletesEntities, {
    method: 'DELETE',
    path: '/links/{id}',
    summary: 'Delete a link',
    answer: idAnswer,
  })
    .input(linkDeleteInput)
    .mutation(({ ctx, input }) => deleteLink(ctx.db, writerIn(ctx), input)),
})
