import { listOf, searchPage, searchQueryInput, searchSuggestInput, suggestion } from '@worldloom/schema'
import { readsEntities, searchEntries, suggestEntries } from '@worldloom/worlds'
import { procedure, router } from '../trpc.ts'

/** Search in one world, or in all that the caller may read. */
export const searchRouter = router({
  query: procedure(
    { ...readsEntities, cost: 5 },
    {
      method: 'GET',
      path: '/search',
      summary: 'Search entries by words in their names and texts',
      answer: searchPage,
    },
    {
      name: 'search_entries',
      description:
        'Finds entries by words in their names and texts, the best first, also with typos; in one world, or in all that one may read. Answers ids, names and the words around what was found.',
    },
  )
    .input(searchQueryInput)
    .query(({ ctx, input }) => searchEntries(ctx.db, ctx.principal, input)),

  suggest: procedure(
    { ...readsEntities, cost: 2 },
    {
      method: 'GET',
      path: '/search/suggestions',
      summary: 'Suggest entries by the beginning of their name',
      answer: listOf(suggestion),
    },
  )
    .input(searchSuggestInput)
    .query(({ ctx, input }) => suggestEntries(ctx.db, ctx.principal, input)),
})
