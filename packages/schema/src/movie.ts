import { z } from 'zod'
import { idField } from './ids.ts'
import { pageInput } from './pagination.ts'

export const movieByIdInput = z.strictObject({ movieId: idField })

export const movieListInput = z
  .strictObject({
    ...pageInput,
    /** Released in or after this year. */
    releasedSince: z.int('Must be a year').min(1, 'Must be a year').max(9999, 'Must be a year').default(1),
    minRating: z.number('Must be a number').min(0, 'Must be 0 or more').max(10, 'Must be at most 10').default(0),
  })
  .prefault({})

export const movieAnswer = z
  .object({
    movieId: idField,
    title: z.string(),
    released: z.iso.date(),
    rating: z.number(),
  })
  .meta({ id: 'Movie' })
