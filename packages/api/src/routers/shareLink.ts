import { anyCredential } from '@worldloom/auth'
import {
  listOf,
  shareLinkAnswer,
  shareLinkByIdInput,
  shareLinkCreateInput,
  shareLinkListInput,
  shareLinkMade,
  shareVisitAnswer,
} from '@worldloom/schema'
import { createShareLink, listShareLinks, listShareVisits, revokeShareLink } from '@worldloom/worlds'
import { procedure, router, writerIn } from '../trpc.ts'

const updates = { credentials: anyCredential, permission: 'member:update' } as const

/** Links with which people without an account read a world, or a part of it. */
export const shareLinkRouter = router({
  create: procedure(updates, {
    method: 'POST',
    path: '/worlds/{worldId}/share-links',
    summary: 'Create a share link, for a world or one entry',
    answer: shareLinkMade,
    creates: '/worlds/{worldId}/share-links',
  })
    .input(shareLinkCreateInput)
    .mutation(({ ctx, input }) => createShareLink(ctx.db, writerIn(ctx), ctx.publicUrl, input)),

  list: procedure(updates, {
    method: 'GET',
    path: '/worlds/{worldId}/share-links',
    summary: 'List share links, also those that have ended',
    answer: listOf(shareLinkAnswer),
  })
    .input(shareLinkListInput)
    .query(({ ctx, input }) => listShareLinks(ctx.db, ctx.principal, input.worldId)),

  visits: procedure(updates, {
    method: 'GET',
    path: '/share-links/{id}/visits',
    summary: 'List the browsers that a share link was opened in',
    answer: listOf(shareVisitAnswer),
  })
    .input(shareLinkByIdInput)
    .query(({ ctx, input }) => listShareVisits(ctx.db, ctx.principal, input.id)),

  revoke: procedure(updates, {
    method: 'POST',
    path: '/share-links/{id}/revoke',
    summary: 'Revoke a share link',
    answer: shareLinkAnswer,
  })
    .input(shareLinkByIdInput)
    .mutation(({ ctx, input }) => revokeShareLink(ctx.db, writerIn(ctx), input.id)),
})
