import {
  changeSetAnswer,
  changeSetByIdInput,
  changeSetConfirmInput,
  changeSetCount,
  changeSetCountInput,
  changeSetCreateInput,
  changeSetDetails,
  changeSetDismissInput,
  changeSetListInput,
  changeSetProposed,
  pageOf,
} from '@worldloom/schema'
import {
  confirmChangeSet,
  confirmsChanges,
  countChangeSets,
  dismissChangeSet,
  listChangeSets,
  proposeChanges,
  proposesChanges,
  readChangeSet,
  readsEntities,
} from '@worldloom/worlds'
import { once } from '../idempotency.ts'
import { procedure, router, writerIn } from '../trpc.ts'

const answer = changeSetAnswer
/** Proposals name people. */
const forMembers = { ...readsEntities, worldRole: 'viewer' } as const

/** Changes that are proposed, also by programs, and that people confirm. docs/changes.md. */
export const changeSetRouter = router({
  create: procedure(
    { ...proposesChanges, cost: 5 },
    {
      method: 'POST',
      path: '/worlds/{worldId}/change-sets',
      summary: 'Propose changes to several entries at once',
      answer: changeSetProposed,
      creates: '/change-sets/{id}',
      once: true,
    },
    {
      name: 'propose_changes',
      description:
        'Proposes to create, change, link or delete entries of a world, up to 50 at once. Nothing is written: a person sees what would be different and confirms or dismisses it as a whole. Do so only when whoever you work for has asked for it.',
      isProposal: true,
    },
  )
    .input(changeSetCreateInput)
    .mutation(({ ctx, input }) =>
      once(ctx, 'changeSet.create', input, (db) => proposeChanges(db, writerIn(ctx), ctx.publicUrl, input)),
    ),

  list: procedure(
    forMembers,
    {
      method: 'GET',
      path: '/worlds/{worldId}/change-sets',
      summary: 'List the changes that were proposed in a world',
      answer: pageOf(answer),
    },
    {
      name: 'list_proposals',
      description: 'Lists the changes that were proposed in a world, and whether they were confirmed or dismissed.',
    },
  )
    .input(changeSetListInput)
    .query(({ ctx, input }) => listChangeSets(ctx.db, ctx.principal, input)),

  count: procedure(forMembers, {
    method: 'GET',
    path: '/worlds/{worldId}/change-sets/count',
    summary: 'Count the proposals that wait for a decision',
    answer: changeSetCount,
  })
    .input(changeSetCountInput)
    .query(({ ctx, input }) => countChangeSets(ctx.db, ctx.principal, input.worldId)),

  byId: procedure(
    { ...forMembers, cost: 3 },
    {
      method: 'GET',
      path: '/change-sets/{id}',
      summary: 'Get proposed changes, compared with what is there',
      answer: changeSetDetails,
    },
    { name: 'get_proposal', description: 'Reads proposed changes, compared with what is there now.' },
  )
    .input(changeSetByIdInput)
    .query(({ ctx, input }) => readChangeSet(ctx.db, ctx.principal, input.id)),

  /**
   * Writes them as the person who confirms, in one transaction that the change log can undo. Without a REST route, as what only
   * sessions may do is done in the app.
   */
  confirm: procedure({ ...confirmsChanges, cost: 5 })
    .input(changeSetConfirmInput)
    .mutation(({ ctx, input }) => confirmChangeSet(ctx.db, writerIn(ctx), input)),

  dismiss: procedure(
    proposesChanges,
    { method: 'POST', path: '/change-sets/{id}/dismiss', summary: 'Dismiss proposed changes', answer },
    {
      name: 'withdraw_proposal',
      description: 'Takes back changes that you proposed and nobody has decided on yet.',
      isProposal: true,
    },
  )
    .input(changeSetDismissInput)
    .mutation(({ ctx, input }) => dismissChangeSet(ctx.db, writerIn(ctx), input.id)),
})
