import {
  entityTags,
  idAnswer,
  listOf,
  pageOf,
  tagAnswer,
  tagByIdInput,
  tagCreateInput,
  tagDeleteInput,
  tagEntriesInput,
  taggedEntry,
  tagListInput,
  tagMerged,
  tagMergeInput,
  tagSetInput,
  tagSummary,
  tagsOfInput,
  tagUpdateInput,
} from '@worldloom/schema'
import {
  createsEntities,
  createTag,
  deletesEntities,
  deleteTag,
  findTag,
  findTagsOf,
  listTagged,
  listTags,
  mergeTag,
  readsEntities,
  setTags,
  updatesEntities,
  updateTag,
} from '@worldloom/worlds'
import { once } from '../idempotency.ts'
import { procedure, router, writerIn } from '../trpc.ts'

const answer = tagAnswer

/** Tags of a world, and which entries have them. */
export const tagRouter = router({
  list: procedure(
    readsEntities,
    {
      method: 'GET',
      path: '/worlds/{worldId}/tags',
      summary: 'List the tags of a world',
      answer: listOf(tagSummary),
    },
    { name: 'list_tags', description: 'Lists the tags of a world.' },
  )
    .input(tagListInput)
    .query(({ ctx, input }) => listTags(ctx.db, ctx.principal, input.worldId)),

  byId: procedure(readsEntities, { method: 'GET', path: '/tags/{id}', summary: 'Get a tag', answer })
    .input(tagByIdInput)
    .query(({ ctx, input }) => findTag(ctx.db, ctx.principal, input.id)),

  create: procedure(createsEntities, {
    method: 'POST',
    path: '/worlds/{worldId}/tags',
    summary: 'Create a tag',
    answer,
    creates: '/tags/{id}',
    once: true,
  })
    .input(tagCreateInput)
    .mutation(({ ctx, input }) => once(ctx, 'tag.create', input, (db) => createTag(db, writerIn(ctx), input))),

  update: procedure(updatesEntities, {
    method: 'PATCH',
    path: '/tags/{id}',
    summary: 'Rename a tag, or give it another color',
    answer,
  })
    .input(tagUpdateInput)
    .mutation(({ ctx, input }) => updateTag(ctx.db, writerIn(ctx), input)),

  delete: procedure(deletesEntities, {
    method: 'DELETE',
    path: '/tags/{id}',
    summary: 'Delete a tag',
    answer: idAnswer,
  })
    .input(tagDeleteInput)
    .mutation(({ ctx, input }) => deleteTag(ctx.db, writerIn(ctx), input)),

  merge: procedure(updatesEntities, {
    method: 'POST',
    path: '/tags/{id}/merge',
    summary: 'Give all entries of a tag another tag instead',
    answer: tagMerged,
  })
    .input(tagMergeInput)
    .mutation(({ ctx, input }) => mergeTag(ctx.db, writerIn(ctx), input)),

  entries: procedure(readsEntities, {
    method: 'GET',
    path: '/tags/{id}/entries',
    summary: 'List the entries that have a tag, by name',
    answer: pageOf(taggedEntry),
  })
    .input(tagEntriesInput)
    .query(({ ctx, input }) => listTagged(ctx.db, ctx.principal, input)),

  of: procedure(readsEntities, {
    method: 'GET',
    path: '/entries/{id}/tags',
    summary: 'Get the tags of an entry',
    answer: entityTags,
  })
    .input(tagsOfInput)
    .query(({ ctx, input }) => findTagsOf(ctx.db, ctx.principal, input.id)),

  set: procedure(updatesEntities, {
    method: 'PUT',
    path: '/entries/{id}/tags',
    summary: 'Set the tags of an entry',
    answer: entityTags,
  })
    .input(tagSetInput)
    .mutation(({ ctx, input }) => setTags(ctx.db, writerIn(ctx), input)),
})
