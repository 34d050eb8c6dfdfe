import { anyCredential } from '@worldloom/auth'
import {
  idAnswer,
  invitationAnswer,
  invitationCreateInput,
  invitationListInput,
  invitationMade,
  invitationRevokeInput,
  invitationShown,
  invitationTokenInput,
  listOf,
  worldAnswer,
} from '@worldloom/schema'
import {
  acceptInvitation,
  createInvitation,
  listInvitations,
  revokeInvitation,
  showInvitation,
} from '@worldloom/worlds'
import { actorIn, procedure, router, writerIn } from '../trpc.ts'

const updates = { credentials: anyCredential, permission: 'member:update' } as const
/** Only people join, not programs. */
const joins = { credentials: ['session', 'bearer'], permission: 'world:read' } as const

/** Links for joining a world. */
export const invitationRouter = router({
  create: procedure(updates, {
    method: 'POST',
    path: '/worlds/{worldId}/invitations',
    summary: 'Create an invitation, and mail it if an address is given',
    answer: invitationMade,
    creates: '/worlds/{worldId}/invitations',
  })
    .input(invitationCreateInput)
    .mutation(({ ctx, input }) => {
      const post = { mailer: ctx.mailer.in(ctx.language()), publicUrl: ctx.publicUrl }
      return createInvitation(ctx.db, post, actorIn(ctx), ctx.principal, input)
    }),

  list: procedure(updates, {
    method: 'GET',
    path: '/worlds/{worldId}/invitations',
    summary: 'List open invitations',
    answer: listOf(invitationAnswer),
  })
    .input(invitationListInput)
    .query(({ ctx, input }) => listInvitations(ctx.db, ctx.principal, input.worldId)),

  revoke: procedure(updates, {
    method: 'DELETE',
    path: '/invitations/{id}',
    summary: 'Revoke an invitation',
    answer: idAnswer,
  })
    .input(invitationRevokeInput)
    .mutation(({ ctx, input }) => revokeInvitation(ctx.db, actorIn(ctx), ctx.principal, input.id)),

  show: procedure(joins, {
    method: 'GET',
    path: '/invitations/by-token',
    summary: 'Get an invitation by its token',
    answer: invitationShown,
  })
    .input(invitationTokenInput)
    .query(({ ctx, input }) => showInvitation(ctx.db, ctx.principal, input.token)),

  accept: procedure(joins, {
    method: 'POST',
    path: '/invitations/accept',
    summary: 'Accept an invitation',
    answer: worldAnswer,
  })
    .input(invitationTokenInput)
    .mutation(({ ctx, input }) => acceptInvitation(ctx.db, writerIn(ctx), input.token)),
})
