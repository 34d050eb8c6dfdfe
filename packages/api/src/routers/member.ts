import { anyCredential } from '@worldloom/auth'
import {
  idAnswer,
  listOf,
  memberAnswer,
  memberLeaveInput,
  memberListInput,
  memberRemoveInput,
  memberUpdateInput,
} from '@worldloom/schema'
import { leaveWorld, listMembers, removeMember, updateMember } from '@worldloom/worlds'
import { procedure, router, writerIn } from '../trpc.ts'

const updates = { credentials: anyCredential, permission: 'member:update' } as const
const answer = listOf(memberAnswer)

/** The members of a world, who join by invitation. */
export const memberRouter = router({
  list: procedure(
    { credentials: anyCredential, permission: 'member:read' },
    { method: 'GET', path: '/worlds/{worldId}/members', summary: 'List the members of a world', answer },
  )
    .input(memberListInput)
    .query(({ ctx, input }) => listMembers(ctx.db, ctx.principal, input.worldId)),

  update: procedure(updates, {
    method: 'PATCH',
    path: '/worlds/{worldId}/members/{userId}',
    summary: 'Change a member’s role',
    answer,
  })
    .input(memberUpdateInput)
    .mutation(({ ctx, input }) => updateMember(ctx.db, writerIn(ctx), input)),

  remove: procedure(updates, {
    method: 'DELETE',
    path: '/worlds/{worldId}/members/{userId}',
    summary: 'Remove a member',
    answer,
  })
    .input(memberRemoveInput)
    .mutation(({ ctx, input }) => removeMember(ctx.db, writerIn(ctx), input)),

  leave: procedure(
    { credentials: ['session', 'bearer'], permission: 'world:read' },
    { method: 'POST', path: '/worlds/{worldId}/leave', summary: 'Leave a world', answer: idAnswer },
  )
    .input(memberLeaveInput)
    .mutation(({ ctx, input }) => leaveWorld(ctx.db, writerIn(ctx), input.worldId)),
})
