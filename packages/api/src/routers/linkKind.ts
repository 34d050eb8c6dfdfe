import {
  idAnswer,
  linkKindAnswer,
  linkKindByIdInput,
  linkKindCreateInput,
  linkKindDeleteInput,
  linkKindListInput,
  linkKindSummary,
  linkKindUpdateInput,
  listOf,
} from '@worldloom/schema'
import {
  createLinkKind,
  createsEntities,
  deleteLinkKind,
  deletesEntities,
  findLinkKind,
  listLinkKinds,
  readsEntities,
  updateLinkKind,
  updatesEntities,
} from '@worldloom/worlds'
import { once } from '../idempotency.ts'
import { procedure, router, writerIn } from '../trpc.ts'

const answer = linkKindAnswer

/** The kinds of links that a world has. */
export const linkKindRouter = router({
  list: procedure(
    readsEntities,
    {
      method: 'GET',
      path: '/worlds/{worldId}/link-kinds',
      summary: 'List the kinds of links of a world',
      answer: listOf(linkKindSummary),
    },
    { name: 'list_link_kinds', description: 'Lists the kinds of links that a world has.' },
  )
    .input(linkKindListInput)
    .query(({ ctx, input }) => listLinkKinds(ctx.db, ctx.principal, input.worldId)),

  byId: procedure(readsEntities, {
    method: 'GET',
    path: '/link-kinds/{id}',
    summary: 'Get a kind of link',
    answer,
  })
    .input(linkKindByIdInput)
    .query(({ ctx, input }) => findLinkKind(ctx.db, ctx.principal, input.id)),

  create: procedure(createsEntities, {
    method: 'POST',
    path: '/worlds/{worldId}/link-kinds',
    summary: 'Create a kind of link',
    answer,
    creates: '/link-kinds/{id}',
    once: true,
  })
    .input(linkKindCreateInput)
    .mutation(({ ctx, input }) =>
      once(ctx, 'linkKind.create', input, (db) => createLinkKind(db, writerIn(ctx), input)),
    ),

  update: procedure(updatesEntities, {
    method: 'PATCH',
    path: '/link-kinds/{id}',
    summary: 'Update a kind of link',
    answer,
  })
    .input(linkKindUpdateInput)
    .mutation(({ ctx, input }) => updateLinkKind(ctx.db, writerIn(ctx), input)),

  delete: procedure(deletesEntities, {
    method: 'DELETE',
    path: '/link-kinds/{id}',
    summary: 'Delete a kind of link that no link is of',
    answer: idAnswer,
  })
    .input(linkKindDeleteInput)
    .mutation(({ ctx, input }) => deleteLinkKind(ctx.db, writerIn(ctx), input)),
})
