import {
  book,
  bookAddStoryInput,
  bookRemoveStoryInput,
  bookReorderInput,
  entityByIdInput,
  listOf,
  story,
} from '@worldloom/schema'
import { addStory, listBookStories, readsEntities, removeStory, reorderBook, updatesEntities } from '@worldloom/worlds'
import { entityProcedures } from '../entityProcedures.ts'
import { procedure, router, writerIn } from '../trpc.ts'

const answer = listOf(story.summary)

export const bookRouter = router({
  ...entityProcedures(book),

  stories: procedure(readsEntities, {
    method: 'GET',
    path: '/books/{id}/stories',
    summary: 'List the stories of a book',
    answer,
  })
    .input(entityByIdInput)
    .query(({ ctx, input }) => listBookStories(ctx.db, ctx.principal, input.id)),

  addStory: procedure(updatesEntities, {
    method: 'POST',
    path: '/books/{id}/stories',
    summary: 'Add a story to a book',
    answer,
  })
    .input(bookAddStoryInput)
    .mutation(({ ctx, input }) => addStory(ctx.db, writerIn(ctx), input)),

  removeStory: procedure(updatesEntities, {
    method: 'DELETE',
    path: '/books/{id}/stories/{storyId}',
    summary: 'Remove a story from a book',
    answer,
  })
    .input(bookRemoveStoryInput)
    .mutation(({ ctx, input }) => removeStory(ctx.db, writerIn(ctx), input)),

  reorder: procedure(updatesEntities, {
    method: 'POST',
    path: '/books/{id}/stories/{storyId}/move',
    summary: 'Move a story within a book',
    answer,
  })
    .input(bookReorderInput)
    .mutation(({ ctx, input }) => reorderBook(ctx.db, writerIn(ctx), input)),
})
