import {
  foundNames,
  mentionApplyInput,
  mentionFindInput,
  mentionItem,
  mentionListInput,
  mentionsApplied,
  pageOf,
} from '@worldloom/schema'
import { applyNames, findNames, listMentions, readsEntities, updatesEntities } from '@worldloom/worlds'
import { procedure, router, writerIn } from '../trpc.ts'

/** Where texts mention entries. */
export const mentionRouter = router({
  list: procedure(
    readsEntities,
    {
      method: 'GET',
      path: '/entries/{id}/mentions',
      summary: 'List what mentions an entry, or what it mentions',
      answer: pageOf(mentionItem),
    },
    {
      name: 'list_mentions',
      description: 'Lists the texts that mention an entry, with the sentence around, or what an entry mentions.',
    },
  )
    .input(mentionListInput)
    .query(({ ctx, input }) => listMentions(ctx.db, ctx.principal, input)),

  find: procedure(
    { ...readsEntities, cost: 20 },
    {
      method: 'GET',
      path: '/entries/{id}/names',
      summary: 'Find names of entries in the texts of an entry that are not mentions yet',
      answer: foundNames,
    },
  )
    .input(mentionFindInput)
    .query(({ ctx, input }) => findNames(ctx.db, ctx.principal, input.id)),

  convert: procedure(
    { ...updatesEntities, cost: 20 },
    {
      method: 'POST',
      path: '/entries/{id}/names',
      summary: 'Turn names in the texts of an entry into mentions',
      answer: mentionsApplied,
    },
  )
    .input(mentionApplyInput)
    .mutation(({ ctx, input }) => applyNames(ctx.db, writerIn(ctx), input)),
})
