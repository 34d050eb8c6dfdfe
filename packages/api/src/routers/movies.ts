import { anyCredential } from '@worldloom/auth'
import { movieAnswer, movieByIdInput, movieListInput, pageOf } from '@worldloom/schema'
import { findMovie, listMovies } from '@worldloom/services'
import { procedure, router } from '../trpc.ts'

/** Any signed-in caller, whatever their permissions. */
const reads = { credentials: anyCredential } as const

/** The worked example of a service: docs/adding-a-service.md. */
export const moviesRouter = router({
  byId: procedure(reads, {
    method: 'GET',
    path: '/movies/{movieId}',
    summary: 'Get a movie',
    answer: movieAnswer,
  })
    .input(movieByIdInput)
    .query(({ ctx, input }) => findMovie(ctx.db, input.movieId)),

  list: procedure(reads, {
    method: 'GET',
    path: '/movies',
    summary: 'List movies by year and rating, latest first',
    answer: pageOf(movieAnswer),
  })
    .input(movieListInput)
    .query(({ ctx, input }) => listMovies(ctx.db, input)),
})
