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
import { procedure, router } from '../trpc.ts'

const answer = listOf(story.summary)

export const bookRouter = router({
  ...entityProcedures(book),

  stories: procedure(readsEntities, {
    method: 'GET',
    path: '/books/{id}/stories',
    summary: 'Lists the stories that a book binds, in its order',
    answer,
  })
    .input(entityByIdInput)
    .query(({ ctx, input }) => listBookStories(ctx.db, ctx.principal, input.id)),

  addStory: procedure(updatesEntities, {
    method: 'POST',
    path: '/books/{id}/stories',
    summary: 'Binds a story into a book',
    answer,
  })
    .input(bookAddStoryInput)
    .mutation(({ ctx, input }) => addStory(ctx.db, ctx.principal, input)),

  removeStory: procedure(updatesEntities, {
    method: 'DELETE',
    path: '/books/{id}/stories/{storyId}',
    summary: 'Takes a story out of a book; the story stays',
    answer,
  })
    .input(bookRemoveStoryInput)
    .mutation(({ ctx, input }) => removeStory(ctx.db, ctx.principal, input)),

  reorder: procedure(updatesEntities, {
    method: 'POST',
    path: '/books/{id}/stories/{storyId}/move',
    summary: 'Puts a story of a book after another one',
    answer,
  })
    .input(bookReorderInput)
    .mutation(({ ctx, input }) => reorderBook(ctx.db, ctx.principal, input)),
})
